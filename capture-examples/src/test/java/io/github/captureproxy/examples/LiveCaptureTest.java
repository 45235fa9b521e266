package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole program but for its process: a real client, a real origin, and what is written. */
class LiveCaptureTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path home;

    private HttpServer origin;

    @BeforeEach
    void startOrigin() throws IOException {
        origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(UTF_8));
            exchange.close();
        });
        origin.start();
    }

    @AfterEach
    void stopOrigin() {
        origin.stop(0);
    }

    @Test
    void listsAnExchangeAndCountsItInTheTotals() throws Exception {
        try (LiveCapture capture = start("--port", "0")) {
            get(capture, "/greeting");
        }

        assertThat(lines())
                .anyMatch(line -> line.matches(".* GET +" + url("/greeting") + " +200 +text/plain +5 B +\\d+ ms"))
                .contains("exchanges  1 (1 x 2xx)");
    }

    @Test
    void listsOnlyWhatIsAskedForAndCountsAll() throws Exception {
        try (LiveCapture capture = start("--port", "0", "--url-contains", "/wanted", "--method", "get")) {
            get(capture, "/wanted");
            get(capture, "/other");
            send(capture, HttpRequest.newBuilder(URI.create(url("/wanted/not"))).DELETE());
        }

        assertThat(lines())
                .anyMatch(line -> line.contains("/wanted "))
                .noneMatch(line -> line.contains("/other") || line.contains("DELETE"))
                .contains("exchanges  3 (3 x 2xx)");
    }

    @Test
    void listsOnlyWhatAFilterLetsIn() throws Exception {
        try (LiveCapture capture = start("--port", "0", "--filter", "type:text/* -path:/other or method:PUT")) {
            get(capture, "/wanted");
            get(capture, "/other");
        }

        assertThat(lines())
                .anyMatch(line -> line.contains("/wanted "))
                .noneMatch(line -> line.contains("/other"))
                .contains("exchanges  2 (2 x 2xx)");
    }

    @Test
    void quietListsNothingButStillTellsWhereItIsAndTheTotals() throws Exception {
        int port;
        try (LiveCapture capture = start("--port", "0", "--quiet")) {
            port = capture.address().getPort();
            get(capture, "/greeting");
        }

        assertThat(lines())
                .contains("Capture Proxy listens on 127.0.0.1:" + port + ", for programs on this machine alone.")
                .noneMatch(line -> line.contains("/greeting") || line.contains("curl"))
                .contains("exchanges  1 (1 x 2xx)");
    }

    @Test
    void thisMachineMayUseAProxyThatAnotherNetworkIsAllowedOn() throws Exception {
        try (LiveCapture capture = start("--port", "0", "--bind", "0.0.0.0", "--allow", "198.51.100.0/24")) {
            assertThat(get(capture, "/greeting").body()).isEqualTo("hello");
        }
    }

    @Test
    void onAllAddressesItListsNoneThatIsForTheBrowsersThatItStarts() {
        int port;
        try (LiveCapture capture = start(
                "--port", "0", "--bind", "0.0.0.0", "--allow", "198.51.100.0/24", "--ui-port", "0", "--no-open")) {
            port = capture.address().getPort();
            assertThat(capture.proxy().addresses()).hasSize(2);
        }

        assertThat(lines().stream().filter(line -> line.startsWith("  ")).toList())
                .anyMatch(line -> line.matches(" +127\\.0\\.0\\.1:" + port + " +this machine"))
                .filteredOn(line -> line.endsWith(" this machine"))
                .allMatch(line -> line.contains(":" + port + " "));
    }

    @Test
    void aSecondCloseWritesNothing() {
        LiveCapture capture = start("--port", "0");
        capture.close();
        capture.close();

        assertThat(lines()).containsOnlyOnce("Totals");
    }

    @Test
    void noProxyLeadsToThePageOfAnotherProgramOfThisUserWhicheverCameFirst() throws Exception {
        String history = home.resolve("other.db").toString();
        try (LiveCapture first = start("--port", "0", "--ui-port", "0", "--no-open");
                LiveCapture withoutPage = start("--port", "0", "--no-ui");
                LiveCapture second = start("--port", "0", "--ui-port", "0", "--no-open", "--history", history)) {
            assertThat(status(first, second)).isEqualTo(403);
            assertThat(status(second, first)).isEqualTo(403);
            assertThat(status(withoutPage, first)).isEqualTo(403);
            assertThat(get(first, "/greeting").statusCode()).isEqualTo(200);
        }
    }

    private static int status(LiveCapture through, LiveCapture to) throws Exception {
        String page = to.page().orElseThrow().newLink().resolve("/").toString();
        return send(through, HttpRequest.newBuilder(URI.create(page))).statusCode();
    }

    private LiveCapture start(String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return LiveCapture.start(options, Folders.machine(home), new PrintStream(written, true, UTF_8), Layout.PLAIN);
    }

    private HttpResponse<String> get(LiveCapture capture, String path) throws Exception {
        return send(capture, HttpRequest.newBuilder(URI.create(url(path))));
    }

    private static HttpResponse<String> send(LiveCapture capture, HttpRequest.Builder request) throws Exception {
        InetSocketAddress proxy = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), capture.address().getPort());
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy))
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + origin.getAddress().getPort() + path;
    }

    private List<String> lines() {
        return written.toString(UTF_8).lines().toList();
    }
}
