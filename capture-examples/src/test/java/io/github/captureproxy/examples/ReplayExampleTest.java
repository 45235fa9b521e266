package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.replay.Replay;
import io.github.captureproxy.replay.ReplayResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's example of a replay: it compiles, it runs, and it is the one that the README shows. */
class ReplayExampleTest {
    private static HttpServer server(String updatedAt) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] json = ("{\"items\":[{\"sku\":7,\"updatedAt\":\"" + updatedAt + "\"}]}").getBytes(UTF_8);
        server.createContext("/orders", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("ETag", updatedAt);
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI uri(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void theExampleRuns() throws Exception {
        HttpServer production = server("monday");
        HttpServer other = server("tuesday");
        URI orders = uri(production, "/orders");
        URI staging = uri(other, "");
        try {
            // The README's example starts here.
            try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
                HttpClient app =
                        HttpClient.newBuilder().proxy(proxy.proxySelector()).build();
                app.send(HttpRequest.newBuilder(orders).build(), BodyHandlers.discarding());

                List<ReplayResult> results = Replay.to(staging)
                        .ignoringHeaders("ETag")
                        .ignoringJson("/items/*/updatedAt")
                        .runAll(proxy.history().snapshot());
                for (ReplayResult result : results) {
                    System.out.println(result); // both answers, and what differs
                }
                assertThat(results).allMatch(ReplayResult::isSame);
            }
            // The README's example ends here.
        } finally {
            production.stop(0);
            other.stop(0);
        }
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        assertThat(ReadmeExample.inReadme("replay-example")).isEqualTo(ReadmeExample.inTest(ReplayExampleTest.class));
    }
}
