package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import picocli.CommandLine;

/** The page in more tabs of one browser than that has connections to a server. */
class ManyTabsTest {
    private static final int TABS = 8;

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void theTabThatIsLookedAtIsUpToDateHoweverManyAreOpen() throws Exception {
        Optional<String> missing = PageBrowser.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        Options options = new Options();
        new CommandLine(options).parseArgs("--port", "0", "--ui-port", "0", "--no-open", "--quiet");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (DemoOrigin origin = DemoOrigin.start();
                LiveCapture capture = LiveCapture.start(options, Folders.machine(folder), nowhere, Layout.PLAIN);
                PageBrowser browser = PageBrowser.start(folder.resolve("profile"))) {
            DemoTraffic traffic = new DemoTraffic(capture.address(), origin);
            ChromeDriver driver = browser.driver();
            List<String> tabs = new ArrayList<>(List.of(driver.getWindowHandle()));
            while (tabs.size() < TABS) {
                tabs.add(driver.switchTo().newWindow(WindowType.TAB).getWindowHandle());
            }
            for (String tab : tabs) {
                driver.switchTo().window(tab);
                browser.open(capture.page().orElseThrow().newLink());
                browser.see("traffic-view");
            }
            for (String tab : List.of(tabs.get(TABS - 1), tabs.get(0), tabs.get(1))) {
                driver.switchTo().window(tab);
                String path = "/in-tab-" + tabs.indexOf(tab);
                traffic.send(traffic.request(path));
                browser.seeText("traffic-view", path);
            }
            assertThat(browser.text()).contains("/in-tab-" + (TABS - 1), "/in-tab-0", "/in-tab-1");
        }
    }
}
