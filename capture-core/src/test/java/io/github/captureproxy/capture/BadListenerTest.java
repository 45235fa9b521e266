package io.github.captureproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ListenerCounts;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A listener cannot hurt the traffic, the other listeners, or the end of the proxy. */
class BadListenerTest extends ProxyTest {
    static Stream<Runnable> failures() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                () -> {
                    throw new AssertionError("on purpose");
                },
                () -> {
                    throw new NoClassDefFoundError("on purpose");
                },
                () -> {
                    throw new StackOverflowError("on purpose");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void oneThatThrowsIsCountedAndGoesOn(Runnable failure) throws IOException {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        CaptureProxy proxy = start(builder()
                .listener(
                        exchange -> {
                            if (exchange.id() != 2) {
                                failure.run();
                            }
                        },
                        heard::add));
        for (int i = 0; i < 3; i++) {
            pass(proxy, Script.get(origin, "/" + i), Script.ok("", ""));
        }
        proxy.close();

        ListenerCounts counts = proxy.counts().listeners().get(0);
        assertThat(counts.failed()).isEqualTo(2);
        assertThat(counts.delivered()).isEqualTo(1);
        assertThat(counts.dropped()).isZero();
        assertThat(heard).isEqualTo(proxy.history().snapshot()).hasSize(3);
    }

    @Test
    void oneThatThrowsAtItsStartAndItsCloseStillHearsAll() throws IOException {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        CaptureProxy proxy = start(builder().listener(new ExchangeListener() {
            @Override
            public void onStart() {
                throw new IllegalStateException("at the start");
            }

            @Override
            public void onExchange(Exchange exchange) {
                heard.add(exchange);
            }

            @Override
            public void onClose() {
                throw new IllegalStateException("at the close");
            }
        }));
        pass(proxy, Script.get(origin, "/"), Script.ok("", ""));
        proxy.close();

        assertThat(heard).hasSize(1);
        assertThat(proxy.counts().listeners().get(0).failed()).isEqualTo(2);
    }

    @Test
    void oneThatIsSlowLosesWhatItsQueueCannotHoldWhileTrafficGoesOn() throws Exception {
        Stuck stuck = new Stuck();
        CaptureProxy proxy = start(builder().listener(stuck).listenerQueueCapacity(5));
        pass(proxy, Script.get(origin, "/0"), Script.ok("", ""));
        assertThat(stuck.entered.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i < 20; i++) {
            pass(proxy, Script.get(origin, "/" + i), Script.ok("", ""));
        }

        assertThat(proxy.history().size()).isEqualTo(20);
        assertThat(proxy.counts().deliveriesDropped()).isEqualTo(14);
        stuck.released.countDown();
        proxy.close();
        assertThat(stuck.heard).isEqualTo(proxy.history().snapshot().subList(0, 6));
        assertThat(proxy.counts().listeners().get(0).delivered()).isEqualTo(6);
    }

    @Test
    void closingDeliversWhatWaits() throws Exception {
        Stuck stuck = new Stuck();
        CaptureProxy proxy = start(builder().listener(stuck));
        for (int i = 0; i < 20; i++) {
            pass(proxy, Script.get(origin, "/" + i), Script.ok("", ""));
        }
        assertThat(stuck.entered.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(proxy::close);
        closer.start();
        stuck.released.countDown();
        closer.join(10_000);

        assertThat(closer.isAlive()).isFalse();
        assertThat(stuck.heard).isEqualTo(proxy.history().snapshot()).hasSize(20);
    }

    @Test
    void closingGivesUpOnOneThatHangsAndCountsWhatItMissed() throws Exception {
        Stuck stuck = new Stuck();
        CaptureProxy proxy = start(builder().listener(stuck).closeTimeout(Duration.ofMillis(200)));
        for (int i = 0; i < 4; i++) {
            pass(proxy, Script.get(origin, "/" + i), Script.ok("", ""));
        }
        assertThat(stuck.entered.await(10, TimeUnit.SECONDS)).isTrue();

        proxy.close();

        assertThat(stuck.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(proxy.counts().deliveriesDropped()).isEqualTo(3);
        assertThat(stuck.heard).hasSize(1);
    }

    @Test
    void oneMayAskHistoryAndCountsFromItsThread() throws Exception {
        AtomicReference<CaptureProxy> asked = new AtomicReference<>();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        CaptureProxy proxy = start(builder().listener(exchange -> {
            CaptureProxy mine = asked.get();
            mine.history().inFlight();
            mine.counts();
            sizes.add(mine.history().find(it -> it.id() <= exchange.id()).size());
        }));
        asked.set(proxy);
        pass(proxy, Script.get(origin, "/1"), Script.ok("", ""));
        pass(proxy, Script.get(origin, "/2"), Script.ok("", ""));
        proxy.close();

        assertThat(sizes).containsExactly(1, 2);
    }

    @Test
    void oneMayCloseTheProxyFromItsThread() throws Exception {
        AtomicReference<CaptureProxy> closed = new AtomicReference<>();
        CountDownLatch returned = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        CaptureProxy proxy = start(builder().listener(new ExchangeListener() {
            @Override
            public void onExchange(Exchange exchange) {
                closed.get().close();
                returned.countDown();
            }

            @Override
            public void onClose() {
                told.countDown();
            }
        }));
        closed.set(proxy);
        pass(proxy, Script.get(origin, "/"), Script.ok("", ""));

        assertThat(returned.await(4, TimeUnit.SECONDS)).isTrue();
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> RawSocket.connect(proxy.address())).isInstanceOf(IOException.class);
    }

    /** Hangs in its first call until it is released or interrupted. */
    private static final class Stuck implements ExchangeListener {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private final List<Exchange> heard = new CopyOnWriteArrayList<>();

        @Override
        public void onExchange(Exchange exchange) {
            heard.add(exchange);
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) { // the proxy gave up on this call
                interrupted.countDown();
            }
        }
    }
}
