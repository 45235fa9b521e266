package io.github.captureproxy.clients;

import io.github.captureproxy.CaptureProxy;
import java.time.Duration;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.ProxyProvider;

/** A Reactor Netty client with threads and connections of its own, so that they can be ended. */
final class ReactorResources implements AutoCloseable {
    private final LoopResources loops = LoopResources.create("reactor-test", 1, 2, true);
    private final ConnectionProvider connections = ConnectionProvider.create("test", 100);
    private final HttpClient client;

    ReactorResources(CaptureProxy proxy) {
        this.client = HttpClient.create(connections)
                .runOn(loops, false)
                .disableRetry(true)
                .proxy(it -> it.type(ProxyProvider.Proxy.HTTP).host("127.0.0.1").port(proxy.port()));
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        connections.disposeLater().block(Duration.ofSeconds(10));
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block(Duration.ofSeconds(20));
    }
}
