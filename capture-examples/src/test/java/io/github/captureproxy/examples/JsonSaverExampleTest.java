package io.github.captureproxy.examples;

import static io.github.captureproxy.history.ExchangeFilter.contentType;
import static io.github.captureproxy.history.ExchangeFilter.host;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.ExchangeFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of a tool: it compiles, it runs, and it is the one that the README shows. */
class JsonSaverExampleTest {
    private static final byte[] ORDER = "{\"sku\":7}".getBytes(UTF_8);

    // The README's example starts here.
    /** Saves every JSON response from a host into a folder. */
    record JsonSaver(String origin, Path folder) {
        CaptureProxy start(int port) {
            ExchangeFilter wanted = host(origin).and(contentType("application/json"));
            return CaptureProxy.builder()
                    .port(port)
                    .listener(exchange -> {
                        if (wanted.matches(exchange)) {
                            save(
                                    exchange.id(),
                                    exchange.response().orElseThrow().body().decoded());
                        }
                    })
                    .start();
        }

        private void save(long id, byte[] json) {
            try {
                Files.write(folder.resolve(id + ".json"), json);
            } catch (IOException e) { // the proxy logs it, counts it, and goes on
                throw new UncheckedIOException(e);
            }
        }
    }
    // The README's example ends here.

    @Test
    void theExampleRuns(@TempDir Path folder) throws Exception {
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            boolean json = exchange.getRequestURI().getPath().equals("/order");
            exchange.getResponseHeaders().set("Content-Type", json ? "application/json; charset=utf-8" : "text/plain");
            exchange.sendResponseHeaders(200, ORDER.length);
            exchange.getResponseBody().write(ORDER);
            exchange.close();
        });
        origin.start();
        try {
            CaptureProxy proxy = new JsonSaver("127.0.0.1", folder).start(0);
            try (proxy) {
                HttpClient app =
                        HttpClient.newBuilder().proxy(proxy.proxySelector()).build();
                URI base = URI.create("http://127.0.0.1:" + origin.getAddress().getPort());
                for (String path : List.of("/page", "/order", "/order")) {
                    app.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.discarding());
                }
            } // which waits for the listener
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).hasSize(2).allSatisfy(file -> assertThat(file).hasBinaryContent(ORDER));
            }
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        String shown = ReadmeExample.inReadme("tool-example");

        assertThat(shown).isEqualTo(ReadmeExample.inTest(JsonSaverExampleTest.class));
        assertThat(shown.lines()).hasSizeLessThan(25);
    }
}
