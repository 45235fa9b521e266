package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.export.JsonLines;
import io.github.captureproxy.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole program with {@code --record} but for its process. */
class RecordingTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private HttpServer origin;

    @BeforeEach
    void startOrigin() throws Exception {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        origin.start();
    }

    @AfterEach
    void stopOrigin() {
        origin.stop(0);
    }

    @Test
    void whatIsListedIsWrittenWithoutSecretsAndAddedToTheFile() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        try (LiveCapture capture = start(file, "--filter", "path:/a")) {
            get(capture, "/a");
            get(capture, "/b");
        }
        assertThat(written.toString(UTF_8))
                .endsWith("capture-proxy: 1 exchange recorded in " + file + System.lineSeparator());
        try (LiveCapture capture = start(file, "--with-secrets", "--quiet")) {
            get(capture, "/c");
        }

        assertThat(JsonLines.read(file).toList())
                .extracting(call -> call.request().path())
                .containsExactly("/a", "/c");
        assertThat(Files.readAllLines(file).get(0)).doesNotContain("Bearer abc");
        assertThat(Files.readAllLines(file).get(1)).contains("Bearer abc");
    }

    @Test
    void aFileThatIsThereStaysUnlessItIsToBeReplaced() throws Exception {
        Path file = Files.writeString(folder.resolve("calls.har"), "mine");
        assertThatThrownBy(() -> start(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it is there already")
                .hasMessageEndingWith(", or give --replace");
        assertThat(file).content().isEqualTo("mine");

        start(file, "--replace").close();

        assertThat(file).content().contains("\"entries\":[");
    }

    @Test
    void aFileThatCantBeWrittenIsSaidBeforeAnythingStarts() {
        assertThatThrownBy(() -> start(folder.resolve("nowhere/calls.har")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("its folder is not there");
        assertThat(written.toString(UTF_8)).isEmpty();
    }

    @Test
    void nothingAtAllIsExplained() throws Exception {
        Path file = folder.resolve("calls.har");
        LiveCapture capture = start(file);
        capture.close();
        assertThat(written.toString(UTF_8))
                .contains("capture-proxy: 0 exchanges recorded")
                .contains("capture-proxy: nothing connected to 127.0.0.1:"
                        + capture.address().getPort() + ": have programs use it as their proxy");
    }

    @Test
    void nothingButWhatAFilterLeavesOutIsExplained() throws Exception {
        try (LiveCapture capture = start(folder.resolve("calls.har"), "--filter", "path:/a")) {
            get(capture, "/b");
        }
        assertThat(written.toString(UTF_8))
                .contains(
                        "capture-proxy: 1 exchange or tunnel passed, and --filter, --method or --url-contains left all of "
                                + "it out");
    }

    /** A tunnel to nowhere is none that passed unseen. */
    @Test
    void whatCouldNotBeOpenedIsExplained() throws Exception {
        int free;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closedAtOnce.getLocalPort();
        }
        try (LiveCapture capture = start(folder.resolve("calls.har"));
                RawSocket client = RawSocket.connect(capture.address())) {
            client.send("CONNECT 127.0.0.1:" + free + " HTTP/1.1\r\nHost: 127.0.0.1:" + free + "\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
        }
        assertThat(written.toString(UTF_8))
                .contains("; 1 tunnel could not be opened")
                .contains("capture-proxy: 1 tunnel (127.0.0.1:" + free
                        + "): not opened: nothing takes connections at this address: ")
                .doesNotContain("passed unseen");
    }

    /** It comes again and again, for as long as it is answered. */
    @Test
    void whatAdbSendsToFindEmulatorsIsNeitherListedNorRecordedButToldOfOnce() throws Exception {
        Path file = folder.resolve("calls.jsonl");
        try (LiveCapture capture = start(file)) {
            for (int i = 0; i < 2; i++) {
                try (RawSocket adb = RawSocket.connect(capture.address())) {
                    adb.send(
                            "CNXN\u0001\0\0\u0001\0\0\u0010\0w\0\0\0@.\0\0\u00bc\u00b1\u00a7\u00b1host::features=cmd,shell_v2");
                    assertThat(adb.readHead()).startsWith("HTTP/1.1 400 ");
                }
            }
        }
        assertThat(written.toString(UTF_8))
                .containsOnlyOnce("adb on this machine looks for an emulator at this port")
                .contains(
                        "exchanges  0", "0 exchanges recorded", "nothing but adb, which looks for emulators, connected")
                .doesNotContain("CNXN");
        assertThat(file).isEmptyFile();
    }

    private void get(LiveCapture capture, String path) throws Exception {
        URI url = URI.create("http://localhost:" + origin.getAddress().getPort() + path);
        HttpClient.newBuilder()
                .proxy(ProxySelector.of(capture.address()))
                .build()
                .send(
                        HttpRequest.newBuilder(url)
                                .header("Authorization", "Bearer abc")
                                .build(),
                        BodyHandlers.discarding());
    }

    private LiveCapture start(Path file, String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        options.port = 0;
        options.record.file = file;
        options.page.noUi = true;
        return LiveCapture.start(options, Folders.machine(folder), new PrintStream(written, true, UTF_8), Layout.PLAIN);
    }
}
