package io.github.captureproxy.tls.internal.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.tls.TestClock;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeafCacheTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final TestClock clock = new TestClock(NOW);
    private final AtomicInteger made = new AtomicInteger();
    private final LeafCache<String> cache = new LeafCache<>(3, clock, this::make);

    private Made<String> make(LeafName name, LeafKind kind) {
        String value = name + " " + kind + " " + made.incrementAndGet();
        return new Made<>(
                value,
                clock.instant().minus(Duration.ofDays(2)),
                clock.instant().plus(LIFETIME));
    }

    private String get(String name) {
        return cache.get(LeafName.of(name), LeafKind.EC);
    }

    @Test
    void makesOneForEachNameAndKind() {
        assertThat(get("a.test")).isEqualTo("a.test EC 1");
        assertThat(cache.get(LeafName.of("a.test"), LeafKind.RSA)).isEqualTo("a.test RSA 2");
        assertThat(get("A.test.")).isEqualTo("a.test EC 1");
    }

    @Test
    void forgetsTheLeastRecentlyUsed() {
        get("a.test");
        get("b.test");
        get("c.test");
        get("a.test");
        get("d.test");
        assertThat(cache.size()).isEqualTo(3);
        assertThat(get("a.test")).isEqualTo("a.test EC 1");
        assertThat(get("b.test")).isEqualTo("b.test EC 5");
    }

    @Test
    void tenThousandNamesLeaveItBounded() {
        LeafCache<String> usual = new LeafCache<>(LeafCache.DEFAULT_CAPACITY, clock, this::make);
        for (int i = 0; i < 10_000; i++) {
            usual.get(LeafName.of("host" + i + ".test"), LeafKind.EC);
        }
        assertThat(usual.size()).isEqualTo(1_000);
        assertThat(made).hasValue(10_000);
    }

    @Test
    void makesAnotherOneWhenItsTimeIsOver() {
        get("a.test");
        clock.advance(LIFETIME.minusMillis(1));
        assertThat(get("a.test")).isEqualTo("a.test EC 1");
        clock.advance(Duration.ofMillis(1));
        assertThat(get("a.test")).isEqualTo("a.test EC 2");
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void makesAnotherOneWhenTheClockWentBackBeforeItsTime() {
        get("a.test");
        clock.advance(Duration.ofDays(-3));
        assertThat(get("a.test")).isEqualTo("a.test EC 2");
    }

    @Test
    void aFailureIsNotKept() {
        AtomicBoolean broken = new AtomicBoolean(true);
        LeafCache<String> moody = new LeafCache<>(3, clock, (name, kind) -> {
            if (broken.get()) {
                throw new IllegalStateException("no luck");
            }
            return make(name, kind);
        });
        LeafName name = LeafName.of("a.test");
        assertThatThrownBy(() -> moody.get(name, LeafKind.EC)).hasMessage("no luck");
        assertThat(moody.size()).isZero();
        broken.set(false);
        assertThat(moody.get(name, LeafKind.EC)).isEqualTo("a.test EC 1");
    }

    @Test
    void clearForgetsAll() {
        get("a.test");
        cache.clear();
        assertThat(cache.size()).isZero();
        assertThat(get("a.test")).isEqualTo("a.test EC 2");
    }

    @Test
    void refusesToKeepNothing() {
        assertThatThrownBy(() -> new LeafCache<>(0, clock, this::make)).hasMessageContaining("at least 1");
    }

    @Test
    void manyWhoAskAtOnceGetTheSameOne() throws Exception {
        List<String> answers = together(8, () -> get("a.test"));
        assertThat(answers).hasSize(8).containsOnly("a.test EC 1");
    }

    @Test
    void whoAsksForAnotherNameWaitsForNobody() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        LeafCache<String> slow = new LeafCache<>(3, clock, (name, kind) -> {
            if (name.text().equals("slow.test")) {
                started.countDown();
                await(go);
            }
            return make(name, kind);
        });
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<String> first = executor.submit(() -> slow.get(LeafName.of("slow.test"), LeafKind.EC));
            await(started);
            assertThat(slow.get(LeafName.of("fast.test"), LeafKind.EC)).isEqualTo("fast.test EC 1");
            go.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("slow.test EC 2");
        } finally {
            go.countDown();
            stop(executor);
        }
    }

    @Test
    void whoWaitedForAFailureHearsOfIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        LeafCache<String> failing = new LeafCache<>(3, clock, (name, kind) -> {
            started.countDown();
            await(go);
            throw new IllegalStateException("no luck");
        });
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Future<String> maker = executor.submit(() -> failing.get(LeafName.of("a.test"), LeafKind.EC));
            await(started);
            Thread[] waiting = new Thread[1];
            CountDownLatch running = new CountDownLatch(1);
            Future<String> waiter = executor.submit(() -> {
                waiting[0] = Thread.currentThread();
                running.countDown();
                return failing.get(LeafName.of("a.test"), LeafKind.EC);
            });
            await(running);
            while (waiting[0].getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            go.countDown();
            assertThatThrownBy(() -> maker.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("no luck");
            assertThatThrownBy(() -> waiter.get(10, TimeUnit.SECONDS))
                    .rootCause()
                    .hasMessage("no luck");
        } finally {
            go.countDown();
            stop(executor);
        }
    }

    private static List<String> together(int threads, java.util.concurrent.Callable<String> what) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    await(go);
                    return what.call();
                }));
            }
            go.countDown();
            List<String> answers = new ArrayList<>();
            for (Future<String> future : futures) {
                answers.add(future.get(10, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            stop(executor);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void stop(ExecutorService executor) throws InterruptedException {
        executor.shutdownNow();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
