package io.github.captureproxy.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Reactor;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.spi.ClientArrival;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wait of a connection for a look at its client, apart from a proxy. */
@Timeout(60)
class ArrivalsTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final int LONG_MILLIS = 600_000;
    private static final int SHORT_MILLIS = 20;

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Socket> clients = new ArrayList<>();
    private final Reactor reactor =
            new Reactor("arrivals-test", 1, new Worker.BufferSizes(65_536, 65_536), (channel, listener) -> {
                channel.handler(new Reading(channel));
                arrivals().look(channel, new ClientInfo(channel.remoteAddress(), 1, "", Optional.empty()));
                accepted.add(channel);
            });
    private Arrivals arrivals;
    private InetSocketAddress address;

    /** Tells of the first bytes that are read. */
    private final class Reading implements ChannelHandler {
        private final Channel channel;

        Reading(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void readable() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            int count = channel.read(buffer);
            events.add(count < 0 ? "end" : new String(buffer.array(), 0, count, StandardCharsets.US_ASCII));
        }

        @Override
        public void drained() {
            // nothing is sent
        }

        @Override
        public void deadlinePassed() {
            events.add("late");
        }

        @Override
        public void failed(Throwable cause) {
            events.add("failed: " + cause);
        }

        @Override
        public void closed() {
            // the reactor ends
        }
    }

    private Arrivals arrivals() {
        return arrivals;
    }

    private void with(ClientArrival arrival, int maxWaitMillis) {
        arrivals = new Arrivals(Optional.of(arrival), reactor, "arrivals-test", maxWaitMillis);
    }

    private void waitForGoOn(ClientInfo client) {
        events.add("looked");
        try {
            goOn.await();
        } catch (InterruptedException e) {
            events.add("interrupted");
        }
    }

    private void connect() throws IOException {
        if (clients.isEmpty()) {
            address = reactor.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "test");
        }
        Socket client = new Socket(address.getAddress(), address.getPort());
        clients.add(client);
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
    }

    private String next() throws InterruptedException {
        return String.valueOf(events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @AfterEach
    void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        reactor.close(Duration.ofSeconds(PATIENCE_SECONDS));
        assertThat(arrivals.close(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))).isTrue();
    }

    @Test
    void nothingIsReadUntilTheProgramHasLooked() throws Exception {
        with(this::waitForGoOn, LONG_MILLIS);
        connect();
        assertThat(next()).isEqualTo("looked");
        Channel channel = accepted.take();
        CountDownLatch later = new CountDownLatch(1);
        channel.execute(later::countDown); // an event of the channel passes, and still nothing is read
        later.await();
        assertThat(events).isEmpty();

        goOn.countDown();
        assertThat(next()).isEqualTo("hello");
    }

    @Test
    void whatTakesTooLongIsNotWaitedForAndWhatNeverBeganIsLeftOut() throws Exception {
        with(this::waitForGoOn, SHORT_MILLIS);
        for (int i = 0; i < 5; i++) {
            connect();
        }
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            seen.add(next());
        }
        assertThat(seen).containsOnly("looked", "hello");
        assertThat(seen.stream().filter("hello"::equals)).hasSize(5);

        goOn.countDown();
        reactor.close(Duration.ofSeconds(PATIENCE_SECONDS));
        assertThat(arrivals.close(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))).isTrue();
        assertThat(events).as("those that waited for a thread").doesNotContain("looked");
    }

    @Test
    void aConnectionOfAReactorThatHasEndedIsNoDefect() throws Exception {
        with(client -> {}, LONG_MILLIS);
        connect();
        assertThat(next()).isEqualTo("hello");
        Channel channel = accepted.take();
        reactor.close(Duration.ofSeconds(PATIENCE_SECONDS));

        arrivals.look(channel, new ClientInfo(address, 2, "", Optional.empty())); // would throw
        assertThat(events).noneMatch(event -> event.startsWith("failed"));
    }
}
