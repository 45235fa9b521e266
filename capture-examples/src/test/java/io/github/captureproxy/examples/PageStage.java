package io.github.captureproxy.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The app with its page in a browser, and with something captured of each kind. */
final class PageStage implements AutoCloseable {
    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final DemoOrigin origin;
    private final SecureOrigin secure;
    private final LiveCapture capture;
    private final HostileTraffic hostile;
    private final PageBrowser browser;
    private final DemoTraffic traffic;
    private final WebSocket socket;

    private PageStage(Path folder) throws Exception {
        this.folder = folder;
        try {
            origin = opened(DemoOrigin.start());
            secure = opened(SecureOrigin.start(folder));
            capture = opened(started());
            traffic = new DemoTraffic(capture.address(), origin);
            traffic.calls();
            traffic.events();
            traffic.webSocket("ended")
                    .sendClose(WebSocket.NORMAL_CLOSURE, "enough")
                    .get();
            socket = traffic.webSocket("open");
            get("/secret");
            hostile = opened(new HostileTraffic(capture.address()));
            browser = opened(PageBrowser.start(folder));
            browser.open(capture.page().orElseThrow().newLink());
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    static PageStage open(Path folder) throws Exception {
        return new PageStage(folder);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.add(0, part);
        return part;
    }

    private LiveCapture started() {
        List<String> words =
                new ArrayList<>(List.of("--port", "0", "--ui-port", "0", "--no-open", "--quiet", "--https"));
        if (HomeNetwork.find().isPresent()) {
            words.add("--lan");
        }
        Options options = new Options();
        new CommandLine(options).parseArgs(words.toArray(String[]::new));
        options.https.upstreamCa = secure.file();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return LiveCapture.start(options, Folders.machine(folder), nowhere, Layout.PLAIN);
    }

    Path folder() {
        return folder;
    }

    DemoOrigin origin() {
        return origin;
    }

    LiveCapture capture() {
        return capture;
    }

    PageBrowser browser() {
        return browser;
    }

    DemoTraffic traffic() {
        return traffic;
    }

    HostileTraffic hostile() {
        return hostile;
    }

    /** One that stays open. */
    WebSocket socket() {
        return socket;
    }

    /** Calls the origin that speaks HTTPS, as a client that trusts the app's authority. */
    void get(String path) throws Exception {
        secure.get(capture.address(), path, capture.authority().orElseThrow());
    }

    /** Calls it as a client that trusts its own certificate alone. */
    void getUntouched(String path) throws Exception {
        secure.get(capture.address(), path, secure.certificate());
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.abort();
        }
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IOException("closing " + part, e);
            }
        }
    }
}
