package io.github.captureproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A tunnel is recorded when it ends, which no response tells a test of: it waits for the record. */
class AwaitTunnelTest extends ProxyTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void isWokenByTheTunnelThatItWaitsFor() throws Exception {
        CaptureProxy proxy = start();
        CountDownLatch looked = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Tunnel> awaited = threads.submit(() -> proxy.history()
                    .awaitTunnel(
                            tunnel -> {
                                looked.countDown();
                                return tunnel.bytesReceived() == 2;
                            },
                            LONG));
            passTunnel(proxy, "1");
            assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(awaited.isDone()).isFalse();
            passTunnel(proxy, "22");

            assertThat(awaited.get(10, TimeUnit.SECONDS).bytesReceived()).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void givesTheOldestThatIsThereAlready() throws Exception {
        CaptureProxy proxy = start();
        passTunnel(proxy, "1");
        proxy.history().awaitTunnel(tunnel -> tunnel.bytesReceived() == 1, LONG);
        passTunnel(proxy, "22");
        Tunnel second = proxy.history().awaitTunnel(tunnel -> tunnel.bytesReceived() == 2, LONG);

        Tunnel first = proxy.history().awaitTunnel(tunnel -> true, Duration.ZERO);

        assertThat(proxy.history().tunnels()).containsExactly(first, second);
    }

    @Test
    void seesOneThatCameAfterOthersHadToGo() throws Exception {
        CaptureProxy proxy = start(builder().history(HistoryLimits.defaults().withMaxTunnels(1)));
        passTunnel(proxy, "1");
        proxy.history().awaitTunnel(tunnel -> tunnel.bytesReceived() == 1, LONG); // tunnels may end on two threads
        passTunnel(proxy, "22");
        proxy.history().awaitTunnel(tunnel -> tunnel.bytesReceived() == 2, LONG);
        passTunnel(proxy, "333");

        assertThat(proxy.history()
                        .awaitTunnel(tunnel -> tunnel.bytesReceived() == 3, LONG)
                        .bytesReceived())
                .isEqualTo(3);
        assertThat(proxy.history().counts().tunnelsEvicted()).isEqualTo(2);
    }

    @Test
    void showsTheTunnelsThatThereAreWhenTimeIsUp() throws Exception {
        CaptureProxy proxy = start();
        passTunnel(proxy, "1");
        proxy.history().awaitTunnel(tunnel -> true, LONG);
        RawSocket open = openTunnel(proxy);

        assertThatThrownBy(() -> proxy.history().awaitTunnel(tunnel -> false, Duration.ofMillis(10)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContainingAll(
                        "after PT0.01S no tunnel that has ended matches",
                        "in flight: 1",
                        "tunnels: 1",
                        "CONNECT " + origin.authority() + " SERVER_SPEAKS_FIRST 0 B sent, 1 B received");
        assertThat(open.socket().isClosed()).isFalse();
    }

    @Test
    void whatWasClearedIsNotSeen() throws Exception {
        CaptureProxy proxy = start();
        passTunnel(proxy, "1");
        proxy.history().awaitTunnel(tunnel -> true, LONG);
        proxy.history().clear();

        assertThatThrownBy(() -> proxy.history().awaitTunnel(tunnel -> true, Duration.ZERO))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("tunnels: nothing");
    }

    private RawSocket openTunnel(CaptureProxy proxy) throws IOException {
        RawSocket client = connect(proxy);
        client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        client.readHead();
        return client;
    }

    private void passTunnel(CaptureProxy proxy, String sent) throws IOException {
        RawSocket client = openTunnel(proxy);
        try (RawSocket server = origin.accept()) {
            server.send(sent);
            client.read(sent.length());
        }
        client.close();
    }
}
