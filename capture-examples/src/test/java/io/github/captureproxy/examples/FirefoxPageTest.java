package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.captureproxy.examples.browser.InstalledBrowser;
import io.github.captureproxy.examples.browser.PageFirefox;
import io.github.captureproxy.testkit.Eventually;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The page in the installed Firefox: once through all of it. What each view has to show is checked in Chromium. */
@Timeout(120)
class FirefoxPageTest {
    private static final List<String> VIEWS =
            List.of("overview", "sessions", "hosts", "cookies", "devices", "settings");

    @TempDir
    Path folder;

    @Test
    void thePageWorksInFirefox() throws Exception {
        Optional<InstalledBrowser> installed = PageFirefox.installed();
        assumeThat(installed).as("Firefox is installed").isPresent();
        Options options = new Options();
        new CommandLine(options).parseArgs("--port", "0", "--ui-port", "0", "--no-open", "--quiet");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (DemoOrigin origin = DemoOrigin.start();
                LiveCapture capture = LiveCapture.start(options, Folders.machine(folder), nowhere, Layout.PLAIN);
                PageFirefox firefox = PageFirefox.start(installed.orElseThrow(), folder.resolve("profile"))) {
            DemoTraffic traffic = new DemoTraffic(capture.address(), origin);
            traffic.calls();
            WebSocket socket = traffic.webSocket("open");
            firefox.open(capture.page().orElseThrow().newLink());
            watch(firefox);

            theListFollowsWhatIsCaptured(firefox, traffic);
            theListIsNarrowed(firefox);
            aBodyIsShown(firefox);
            twoCallsAreCompared(firefox);
            messagesAreShown(firefox);
            allViewsFit(firefox);
            assertThat(firefox.script("return window.wrongs")).isEmpty();
            socket.abort();
        }
    }

    private static void watch(PageFirefox firefox) {
        firefox.script("""
                window.wrongs = [];
                document.addEventListener('securitypolicyviolation', (event) => wrongs.push(event.violatedDirective));
                window.addEventListener('error', (event) => wrongs.push(event.message));
                window.addEventListener('unhandledrejection', (event) => wrongs.push(String(event.reason)));
                """);
    }

    private static void theListFollowsWhatIsCaptured(PageFirefox firefox, DemoTraffic traffic) throws Exception {
        firefox.see("[data-row] .cell-path", "/page.html");
        traffic.send(traffic.request("/just-now"));
        firefox.see("[data-row] .cell-path", "/just-now");
    }

    private static void theListIsNarrowed(PageFirefox firefox) {
        firefox.type("[name=filter]", "status:404");
        Eventually.holds(
                "the one row",
                () -> firefox.script("return document.querySelectorAll('[data-row]').length")
                                .asInt()
                        == 1);
        firefox.see("[data-row] .cell-path", "/missing");
        firefox.click("[aria-label='Clear the filter']", "");
    }

    private static void aBodyIsShown(PageFirefox firefox) {
        firefox.click("[data-row]", "/api/items");
        firefox.see("exchange-detail .url", "/api/items");
        firefox.see("json-tree", "9007199254740993");
        firefox.click("[role=tab]", "Timing");
        firefox.see(".timings", "Waiting for the response");
        firefox.click("[data-action=copy-as]", "");
        firefox.click(".copy-forms label", "Leave secrets out");
        firefox.click("[data-action=copy-as]", "");
    }

    private static void twoCallsAreCompared(PageFirefox firefox) {
        firefox.script("location.hash = '#/traffic?filter=path:/api/*'");
        firefox.see("[data-count]", "2 of ");
        firefox.click("[data-row]", "/api/items");
        firefox.script("document.querySelector('.grid').dispatchEvent(new KeyboardEvent('keydown',"
                + " { key: 'a', ctrlKey: true, bubbles: true }))");
        firefox.click("[data-action=compare]:enabled", "");
        firefox.see(".line-diff .added", "placed");
    }

    private static void messagesAreShown(PageFirefox firefox) {
        firefox.script("location.hash = '#/traffic?filter=path:/ws'");
        firefox.click("[data-row]", "/ws?open");
        firefox.see(".message.from-server", "hello");
    }

    private static void allViewsFit(PageFirefox firefox) {
        for (String view : VIEWS) {
            firefox.script("location.hash = '#/' + arguments[0]", view);
            firefox.see(view + "-view h1", "");
            assertThat(firefox.script("return document.querySelector('main').scrollWidth - innerWidth")
                            .asInt())
                    .as(view + " is no wider than the window")
                    .isNotPositive();
        }
    }
}
