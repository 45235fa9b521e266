package io.github.captureproxy.examples;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.pathLike;
import static io.github.captureproxy.history.ExchangeFilter.requestJsonAt;
import static io.github.captureproxy.history.ExchangeFilter.withoutMedia;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.history.CaptureSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of a session: it compiles, it runs, and it is the one that the README shows. */
class SessionExampleTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleRuns() throws Exception {
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        origin.start();
        URI pay = URI.create("http://127.0.0.1:" + origin.getAddress().getPort() + "/pay/7");
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
            HttpRequest.Builder order = HttpRequest.newBuilder(pay).POST(BodyPublishers.ofString("{\"cents\": 995}"));
            HttpClient app =
                    HttpClient.newBuilder().proxy(proxy.proxySelector()).build();
            // The README's example starts here.
            try (CaptureSession session = proxy.session("checkout")
                    .filter(pathLike("/pay/*").and(withoutMedia()))
                    .to(Export.jsonLines(), folder.resolve("checkout.jsonl")) // if it is to be kept in a file
                    .start()) {
                app.send(order.build(), BodyHandlers.ofString());

                session.history().single(requestJsonAt("/cents", 995));
                session.pause();
                app.send(order.build(), BodyHandlers.ofString());
                assertThat(session.history().find(any())).hasSize(1);
                assertThat(session.counts().methods().of("POST")).isEqualTo(1);
            }
            // The README's example ends here.
        } finally {
            origin.stop(0);
        }
        assertThat(Files.readString(folder.resolve("checkout.jsonl"))).contains("/pay/7");
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        assertThat(ReadmeExample.inReadme("session-example")).isEqualTo(ReadmeExample.inTest(SessionExampleTest.class));
    }
}
