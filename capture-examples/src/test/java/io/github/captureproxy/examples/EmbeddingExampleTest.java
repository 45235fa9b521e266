package io.github.captureproxy.examples;

import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The README's example of a test: it compiles, it runs, and it is the one that the README shows. */
class EmbeddingExampleTest {
    @Test
    void theExampleRuns() throws Exception {
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/orders", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        origin.start();
        URI orders = URI.create("http://127.0.0.1:" + origin.getAddress().getPort() + "/orders");
        try {
            // The README's example starts here.
            try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) { // any free port
                HttpClient app =
                        HttpClient.newBuilder().proxy(proxy.proxySelector()).build();
                HttpRequest.Builder order = HttpRequest.newBuilder(orders).POST(BodyPublishers.ofString("{\"sku\":7}"));
                app.send(order.build(), BodyHandlers.ofString());

                Exchange call = proxy.history().single(method("POST").and(path("/orders")));
                assertThat(call.response().orElseThrow().status()).isEqualTo(201);
                assertThat(call.request().body().text()).isEqualTo("{\"sku\":7}");
            }
            // The README's example ends here.
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        assertThat(ReadmeExample.inReadme("embedding-example"))
                .isEqualTo(ReadmeExample.inTest(EmbeddingExampleTest.class));
    }
}
