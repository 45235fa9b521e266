package io.github.captureproxy.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.CancelledKeyException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One connection's end, or defect, is no other one's: all of a proxy's deadlines hang on one timer. */
class DeadlinesTest {
    private static final long PATIENCE_SECONDS = 10;

    /** A value of the clock that has passed whenever it is looked at; zero would be none. */
    private static final long PASSED = Math.max(1, System.nanoTime());

    private final ProtocolIOSession session = mock(ProtocolIOSession.class);
    private final CompletableFuture<Channel> fake = new CompletableFuture<>();
    private final CompletableFuture<Channel> accepted = new CompletableFuture<>();
    private final Reactor reactor =
            new Reactor("deadlines-test", 1, new Worker.BufferSizes(65_536, 65_536), this::accepted);

    /** Puts another connection beside the one that is accepted, which no socket is behind. */
    private void accepted(Channel channel, Object listener) {
        fake.complete((Channel) reactor.handlerFor(session, listener));
        accepted.complete(channel);
    }

    @AfterEach
    void close() throws InterruptedException {
        assertThat(reactor.close(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }

    @Test
    void aConnectionThatFailsAtItsDeadlineLeavesTheOthersTheirs() throws Exception {
        doThrow(new IllegalStateException("a defect")).when(session).setEvent(anyInt());
        InetSocketAddress address = reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test");
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            assertThat(client.isConnected()).isTrue();
            soon(fake).deadline(PASSED);
            verify(session, timeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)))
                    .setEvent(anyInt());

            CompletableFuture<Boolean> told = new CompletableFuture<>();
            Channel channel = soon(accepted);
            channel.execute(() -> {
                channel.handler(telling(told));
                channel.deadline(PASSED);
            });
            assertThat(soon(told)).isTrue();
        }
    }

    @Test
    void aTaskForASocketThatIsBeingClosedIsDropped() throws Exception {
        doThrow(new CancelledKeyException()).when(session).setEvent(anyInt());
        InetSocketAddress address = reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test");
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            assertThat(client.isConnected()).isTrue();
            Channel channel = soon(fake);
            CompletableFuture<Boolean> ran = new CompletableFuture<>();
            assertThatCode(() -> channel.execute(() -> ran.complete(true))).doesNotThrowAnyException();

            channel.disconnected(session);
            channel.outputReady(session);
            assertThat(ran).isNotDone();
        }
    }

    private static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static ChannelHandler telling(CompletableFuture<Boolean> deadline) {
        ChannelHandler handler = mock(ChannelHandler.class);
        doAnswer(call -> deadline.complete(true)).when(handler).deadlinePassed();
        return handler;
    }
}
