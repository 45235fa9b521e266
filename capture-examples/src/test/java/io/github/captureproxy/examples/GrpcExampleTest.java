package io.github.captureproxy.examples;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.GrpcCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The README's example of asserting on a gRPC call: it compiles, it runs, and it is the one that the README shows. */
class GrpcExampleTest {
    private static final byte[] FRAMED = {0, 0, 0, 0, 2, 8, 7};
    private static final byte[] ORDER = {8, 7};

    /** The call is a refused one, which needs no trailers, so that clients and servers without gRPC can make it. */
    @Test
    void theExampleRuns() throws Exception {
        HttpServer origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.createContext("/shop.Orders/Create", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("content-type", "application/grpc");
            exchange.getResponseHeaders().set("grpc-status", "6");
            exchange.getResponseHeaders().set("grpc-message", "there is one already%3A 7");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        origin.start();
        URI create = URI.create("http://127.0.0.1:" + origin.getAddress().getPort() + "/shop.Orders/Create");
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
            HttpClient app =
                    HttpClient.newBuilder().proxy(proxy.proxySelector()).build();
            HttpRequest.Builder request = HttpRequest.newBuilder(create).header("content-type", "application/grpc");
            app.send(request.POST(BodyPublishers.ofByteArray(FRAMED)).build(), BodyHandlers.discarding());

            // The README's example starts here.
            GrpcCall call =
                    proxy.history().single(path("/shop.Orders/Create")).grpc().orElseThrow();
            byte[] order = call.requestMessages().get(0).decoded(); // what Order.parseFrom takes
            assertThat(call.statusName()).contains("ALREADY_EXISTS");
            assertThat(call.message()).contains("there is one already: 7");
            // The README's example ends here.
            assertThat(order).isEqualTo(ORDER);
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        assertThat(ReadmeExample.inReadme("grpc-example")).isEqualTo(ReadmeExample.inTest(GrpcExampleTest.class));
    }
}
