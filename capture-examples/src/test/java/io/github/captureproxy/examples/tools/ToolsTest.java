package io.github.captureproxy.examples.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools, with calls to a server of this machine. */
@Timeout(60)
class ToolsTest {
    @TempDir
    Path folder;

    private HttpServer shop;

    @BeforeEach
    void startShop() throws Exception {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/orders/", exchange -> {
            String id = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            boolean gift = id.equals("18");
            byte[] json = ("{\"id\":" + id + ",\"token\":\"abc-secret\",\"lines\":[{\"sku\":\"a\"}]"
                            + (gift ? ",\"gift\":true" : "") + "}")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
            exchange.close();
        });
        shop.createContext("/cut", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"id\":".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("the shop breaks off");
        });
        shop.createContext("/page", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        shop.start();
    }

    @AfterEach
    void stopShop() {
        shop.stop(0);
    }

    @Test
    void jsonOfTheHostIsSavedAndNothingElse() throws Exception {
        calls(new SaveJson("localhost", folder), "/orders/17?page=1", "/page");
        calls(new SaveJson("other.test", folder), "/orders/17");

        assertThat(names()).singleElement().asString().matches("\\d+-GET-orders-17\\.json");
        assertThat(folder.resolve(names().get(0))).content().contains("\"id\":17");
    }

    @Test
    void jsonThatIsNotWholeIsNotSaved() throws Exception {
        assertThatThrownBy(() -> calls(new SaveJson("localhost", folder), "/cut"))
                .isInstanceOf(IOException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void aCallThatTakesLongerThanTheLimitFailsTheRun() throws Exception {
        FailWhenSlow strict = new FailWhenSlow(Duration.ZERO);
        calls(strict, "/orders/17?token=abc");
        assertThat(strict.exitCode(0)).isEqualTo(1);
        assertThat(strict.exitCode(3)).isEqualTo(3);
        assertThat(strict.report()).hasSize(2).first().isEqualTo("1 slower than 0 ms:");
        assertThat(strict.report().get(1)).contains("/orders/17").doesNotContain("abc");

        FailWhenSlow patient = new FailWhenSlow(Duration.ofMinutes(1));
        calls(patient, "/orders/17");
        assertThat(patient.exitCode(0)).isZero();
        assertThat(patient.report()).isEmpty();
    }

    @Test
    void whatWasRecordedIsServedBackWithoutTheServer() throws Exception {
        Path file = folder.resolve("session.jsonl");
        try (var writer = Export.jsonLines().open(file)) {
            calls(new RecordSession(writer), "/orders/17");
        }
        shop.stop(0);

        try (CaptureProxy stub = ServeStub.start(file, 0)) {
            assertThat(get(HttpClient.newHttpClient(), stub.uri().resolve("/orders/17")))
                    .contains("\"id\":17");
            assertThat(get(HttpClient.newHttpClient(), stub.uri().resolve("/orders/99")))
                    .contains("The nearest is GET /orders/17");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nofile 1           | ServeStub: nofile can't be read: there is no such file
            session.jsonl many | usage: ServeStub FILE.har
            ''                 | usage: ServeStub FILE.har
            a b c              | usage: ServeStub FILE.har
            """)
    void aStubThatCannotStartSaysWhyInOneLine(String arguments, String message) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = arguments.isEmpty() ? new String[0] : arguments.split(" ");

        assertThat(ServeStub.run(args, new PrintStream(err, true, UTF_8))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(message).hasLineCount(1);
    }

    @Test
    void aStubOnAPortThatIsTakenSaysSoInOneLine() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.jsonl"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String port = String.valueOf(shop.getAddress().getPort());

        assertThat(ServeStub.run(new String[] {file.toString(), port}, new PrintStream(err, true, UTF_8)))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("port " + port).hasLineCount(1);
    }

    @Test
    void theDocumentationHasEndpointsShapesAndExamplesWithoutSecrets() throws Exception {
        Path file = folder.resolve("session.har");
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
            call(proxy, "/orders/17?page=1&size=2");
            call(proxy, "/orders/18");
            call(proxy, "/page");
            Export.har().write(proxy.history().snapshot(), file);
        }
        Path out = folder.resolve("api.md");

        ApiDocs.main(new String[] {file.toString(), out.toString(), "localhost"});

        assertThat(out)
                .content()
                .contains(
                        "## localhost",
                        "### GET `/orders/{id}`",
                        "2 calls. Status 200 (2).",
                        "Query: `page`, `size`",
                        "object\n  gift?: boolean\n  id: integer\n  lines: array of object\n    sku: string\n  token: string")
                .contains("\"id\" : 17")
                .doesNotContain("abc-secret", "/page`");
    }

    @Test
    void pathsThatDifferInIdentifiersAloneAreOne() {
        assertThat(PathTemplate.of("/orders/17/lines/3")).isEqualTo("/orders/{id}/lines/{id}");
        assertThat(PathTemplate.of("/u/3f2b8c1e-0000-4000-8000-0123456789ab/")).isEqualTo("/u/{id}/");
        assertThat(PathTemplate.of("/objects/5f43a0c1b2d3e4f5a6b7c8d9")).isEqualTo("/objects/{id}");
        assertThat(PathTemplate.of("/t/eyJhbGciOiJIUzI1NiJ9x1")).isEqualTo("/t/{id}");
        assertThat(PathTemplate.of("/v1/authentication-methods")).isEqualTo("/v1/authentication-methods");
    }

    @Test
    void aCommandGetsTheProxyAndItsExitCodeIsKept() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String url = url("/orders/17").toString();
        FailWhenSlow calls = new FailWhenSlow(Duration.ZERO);

        int code = WrappedCommand.run(
                List.of(java, "-cp", System.getProperty("java.class.path"), OneCall.class.getName(), url), calls);

        assertThat(code).isEqualTo(OneCall.EXIT_CODE);
        assertThat(calls.report().get(0)).startsWith("1 slower");
        assertThat(WrappedCommand.run(List.of("no-such-program-here"))).isEqualTo(127);
    }

    private void calls(ExchangeListener tool, String... paths) throws Exception {
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).listener(tool).start()) {
            for (String path : paths) {
                call(proxy, path);
            }
        } // whose end lets the tool hear of all
    }

    private void call(CaptureProxy proxy, String path) throws Exception {
        get(HttpClient.newBuilder().proxy(proxy.proxySelector()).build(), url(path));
        assertThat(proxy.history().find(ExchangeFilter.any())).isNotEmpty();
    }

    private URI url(String path) {
        return URI.create("http://localhost:" + shop.getAddress().getPort() + path);
    }

    private static String get(HttpClient client, URI url) throws Exception {
        return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
