package io.github.captureproxy.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both kinds of connections send TCP's probes, at times of this proxy's own where the platform lets it set them. */
class KeepAliveTest {
    private static final long PATIENCE_SECONDS = 10;

    private static final Map<String, Integer> TIMES =
            Map.of("TCP_KEEPIDLE", 45, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 3);

    private final CompletableFuture<Channel> accepted = new CompletableFuture<>();
    private final Reactor reactor =
            new Reactor("keep-alive-test", 1, new Worker.BufferSizes(65_536, 65_536), (channel, listener) -> {
                accepted.complete(channel);
            });

    @AfterEach
    void close() throws InterruptedException {
        assertThat(reactor.close(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }

    @Test
    void aClientsConnectionSendsProbes() throws Exception {
        InetSocketAddress address = reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test");
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            assertThat(client.isConnected()).isTrue();
            assertProbed(accepted.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void aConnectionToAnOriginSendsProbes() throws Exception {
        CompletableFuture<Channel> connected = new CompletableFuture<>();
        try (ServerSocket origin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            reactor.connect((InetSocketAddress) origin.getLocalSocketAddress(), Duration.ZERO, new Dial.Callback() {
                @Override
                public void connected(Channel channel) {
                    connected.complete(channel);
                }

                @Override
                public void failed(Exception cause) {
                    connected.completeExceptionally(cause);
                }
            });
            assertProbed(connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static void assertProbed(Channel channel) throws Exception {
        SocketChannel socket = channel.socket();
        assertThat(socket).isNotNull();
        assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        for (SocketOption<?> option : socket.supportedOptions()) { // some platforms have none of these
            if (TIMES.containsKey(option.name())) {
                assertThat(socket.getOption(option)).as(option.name()).isEqualTo(TIMES.get(option.name()));
            }
        }
    }
}
