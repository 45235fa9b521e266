package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import picocli.CommandLine;

/** How the page follows what happens, in the installed Chromium. */
@Timeout(180)
class PageNewsTest {
    /** More than a browser has connections to a server. */
    private static final int TABS = 8;

    /** How often a view that isn't the list looks again at most. */
    private static final long PACE_MILLIS = 2_000;

    /** Notes for how long what is paced waits, in seconds, and shortens that. */
    private static final String NOTE_WAITS = """
            window.waits = '';
            const wait = window.setTimeout;
            window.setTimeout = (action, millis, ...more) => {
              if (!String(action).includes('this.now()')) return wait(action, millis, ...more);
              window.waits += ' ' + Math.round(millis / 1000);
              return wait(action, 20);
            };
            """;

    @TempDir
    Path folder = Path.of("");

    private @Nullable DemoOrigin origin;
    private @Nullable LiveCapture capture;
    private @Nullable PageBrowser browser;

    @BeforeEach
    void start() throws Exception {
        Optional<String> missing = PageBrowser.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        Options options = new Options();
        new CommandLine(options).parseArgs("--port", "0", "--ui-port", "0", "--no-open", "--quiet");
        origin = DemoOrigin.start();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        capture = LiveCapture.start(options, Folders.machine(folder), nowhere, Layout.PLAIN);
        browser = PageBrowser.start(folder.resolve("profile"));
    }

    @AfterEach
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (capture != null) {
            capture.close();
        }
        if (origin != null) {
            origin.close();
        }
    }

    @Test
    void theTabThatIsLookedAtIsUpToDateHoweverManyAreOpen() throws Exception {
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
    }

    @Test
    void aTabThatIsReloadedOverAndOverIsNotTakenForManyTabs() throws Exception {
        DemoTraffic traffic = new DemoTraffic(capture.address(), origin);
        browser.open(capture.page().orElseThrow().newLink());
        for (int i = 0; i < 20; i++) {
            browser.driver().navigate().refresh();
            browser.see("footer span");
        }
        traffic.send(traffic.request("/after-all"));
        browser.seeText("traffic-view", "/after-all");
        assertThat(browser.driver().findElements(By.cssSelector(".warnings .warning")))
                .isEmpty();
    }

    @Test
    void allWindowsSideBySideAreUpToDateAndGoOnSoWhenOneOfThemIsClosed() throws Exception {
        DemoTraffic traffic = new DemoTraffic(capture.address(), origin);
        ChromeDriver driver = browser.driver();
        List<String> windows = new ArrayList<>();
        while (windows.size() < TABS) {
            windows.add(
                    windows.isEmpty()
                            ? driver.getWindowHandle()
                            : driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle());
            browser.open(capture.page().orElseThrow().newLink());
            browser.see("traffic-view");
            assertThat(browser.script("return document.hidden")).isEqualTo(false);
        }
        traffic.send(traffic.request("/in-all"));
        allSee(windows, "/in-all");
        while (windows.size() > TABS - 2) { // the first one has the stream, and then the next one
            driver.switchTo().window(windows.remove(0)).close();
            String path = "/in-" + windows.size();
            traffic.send(traffic.request(path));
            allSee(windows, path);
        }
    }

    private void allSee(List<String> windows, String path) {
        for (String window : windows) {
            browser.driver().switchTo().window(window);
            browser.seeText("traffic-view", path);
        }
    }

    @Test
    void theListOfSessionsFollowsBusyTrafficOnlyNowAndThen() throws Exception {
        DemoTraffic traffic = new DemoTraffic(capture.address(), origin);
        browser.open(capture.page().orElseThrow().newLink());
        browser.show("sessions");
        browser.see("sessions-view form");
        for (int rows = 1; rows <= 8; rows++) {
            traffic.send(traffic.request("/" + rows));
            browser.seeText("footer", rows == 1 ? "1 record" : rows + " records");
        }
        Eventually.holds("it has been asked for again", () -> asked() >= 2);
        double millis = ((Number) browser.driver().executeScript("return performance.now()")).doubleValue();
        assertThat(asked()).isLessThanOrEqualTo(2 + (long) millis / PACE_MILLIS);
    }

    /** A client may open a tunnel ahead of time, and use it much later or never; nobody tells when it does. */
    @Test
    void whatWasDecidedForATunnelIsAskedForLessAndLessOftenUntilSomethingHappens() throws Exception {
        DemoTraffic traffic = new DemoTraffic(capture.address(), origin);
        browser.open(capture.page().orElseThrow().newLink());
        browser.see("footer span");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RawSocket client = RawSocket.connect(capture.address())) {
            client.send("CONNECT localhost:" + silent.getLocalPort() + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            browser.driver().executeScript(NOTE_WAITS);
            browser.show("hosts");
            Eventually.holds("it waits ever longer", () -> waits().contains(" 2 4 8 16 32 60 60"));
            traffic.send(traffic.request("/"));
            // perhaps after what is left of the 2 s since it has looked last, if it wasn't just looking
            Eventually.holds("it waits shortly again", () -> waits().matches(".* 60 (.* )?2 4 8 16 32 60 60.*"));
        }
    }

    /** How long the page has meant to wait before it looks again, in seconds. */
    private String waits() {
        return (String) browser.driver().executeScript("return waits");
    }

    /** How often the page has asked for the list of sessions. */
    private long asked() {
        return (long) browser.driver()
                .executeScript("return performance.getEntriesByType('resource')"
                        + ".filter(({ name }) => name.endsWith('/api/sessions')).length");
    }
}
