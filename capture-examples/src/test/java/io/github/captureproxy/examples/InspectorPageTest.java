package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The page as a person sees it, in the installed Chromium. */
class InspectorPageTest {
    @TempDir
    static Path folder;

    private static DemoOrigin origin;
    private static LiveCapture capture;
    private static PageBrowser browser;
    private static DemoTraffic traffic;
    private static WebSocket socket;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = PageBrowser.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        Options options = new Options();
        new CommandLine(options).parseArgs("--port", "0", "--ui-port", "0", "--no-open", "--quiet");
        origin = DemoOrigin.start();
        capture = LiveCapture.start(
                options, Folders.machine(folder), new PrintStream(OutputStream.nullOutputStream()), Layout.PLAIN);
        traffic = new DemoTraffic(capture.address(), origin);
        traffic.calls();
        traffic.events();
        socket = traffic.webSocket();
        browser = PageBrowser.start(folder.resolve("profile"));
        browser.open(capture.page().orElseThrow().newLink());
        browser.see("capture-app main");
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (socket != null) {
            socket.abort();
        }
        if (origin != null) {
            origin.close();
        }
        if (capture != null) {
            capture.close();
        }
    }

    @Test
    void whatIsCapturedWhileThePageIsOpenShowsInIt() throws Exception {
        browser.show("traffic");
        traffic.send(traffic.request("/just-now"));
        browser.seeText("traffic-view", "/just-now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic", "overview", "sessions", "hosts", "cookies", "devices", "settings"})
    void nothingKeepsAnyoneFromUsingAView(String view) throws IOException {
        browser.show(view);
        browser.see(view + "-view");
        assertThat(browser.axeViolations()).isEmpty();
    }

    @Test
    void aCapturedScriptNeverRuns() {
        browser.show("traffic");
        browser.seeText("traffic-view", "/page.html");
        assertThat(browser.driver().getTitle()).startsWith("Capture Proxy");
    }
}
