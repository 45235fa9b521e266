package io.github.captureproxy.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The naps of a worker here take an hour: what comes before that was woken for. */
class ListenerWorkerTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final int PATIENCE_SECONDS = 20;
    private static final int LIGHT = 1;
    private static final int HALF = (int) (ListenerWorker.MAX_QUEUED_BYTES / 2);

    private final LinkedBlockingQueue<Long> heard = new LinkedBlockingQueue<>();
    private @Nullable ListenerWorker worker;

    @AfterEach
    void end() {
        if (worker != null) {
            assertEnds(worker);
        }
    }

    @Test
    void moreThanHalfOfTheQueueEndsANap() throws InterruptedException {
        ListenerWorker napping = napping(4);

        napping.offer(exchange(1), LIGHT);
        napping.offer(exchange(2), LIGHT);
        assertThat(heard).isEmpty();
        napping.offer(exchange(3), LIGHT);

        assertHeard(1, 2, 3);
    }

    @Test
    void moreThanHalfOfTheBytesEndsANap() throws InterruptedException {
        ListenerWorker napping = napping(1_000);

        napping.offer(exchange(1), HALF);
        assertThat(heard).isEmpty();
        napping.offer(exchange(2), LIGHT);

        assertHeard(1, 2);
    }

    @Test
    void oneIsMoreThanHalfOfAQueueForOne() throws InterruptedException {
        ListenerWorker napping = napping(1);

        for (int id = 1; id < 100; id++) {
            napping.offer(exchange(id), LIGHT);
            assertHeard(id);
        }
    }

    @Test
    void theEndEndsANap() throws InterruptedException {
        ListenerWorker napping = napping(1_000);
        napping.offer(exchange(1), LIGHT);

        assertEnds(napping);

        assertHeard(1);
    }

    @Test
    void noNapFollowsACallInWhichTheEndCame() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ListenerWorker busy = new ListenerWorker(
                exchange -> {
                    called.countDown();
                    await(goOn);
                    heard.add(exchange.id());
                },
                1,
                "busy-worker",
                HOUR);
        worker = busy;
        busy.start();
        busy.offer(exchange(1), LIGHT);
        await(called);

        busy.finish();
        goOn.countDown();

        assertEnds(busy);
        assertHeard(1);
    }

    /** A worker that has begun its first nap. */
    private ListenerWorker napping(int capacity) {
        ListenerWorker made =
                new ListenerWorker(exchange -> heard.add(exchange.id()), capacity, "napping-worker", HOUR);
        worker = made;
        made.start();
        Deadline patience = Deadline.in(Duration.ofSeconds(PATIENCE_SECONDS));
        while (!made.isResting()) {
            assertThat(patience.left()).isPositive();
            Thread.onSpinWait();
        }
        return made;
    }

    private void assertHeard(long... ids) throws InterruptedException {
        for (long id : ids) {
            assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(id);
        }
    }

    private static void assertEnds(ListenerWorker ended) {
        ended.finish();
        assertThat(ended.join(Deadline.in(Duration.ofSeconds(PATIENCE_SECONDS))))
                .isTrue();
        assertThat(ended.isStuck()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Exchange exchange(long id) {
        CapturedRequest request = new CapturedRequest(
                "GET",
                "/",
                "HTTP/1.1",
                new HttpOrigin("http", "a.test", 80),
                HeaderList.empty(),
                CapturedBody.empty(),
                HeaderList.empty());
        ClientInfo client = new ClientInfo(new InetSocketAddress("127.0.0.1", 1), 1, "main", Optional.empty());
        return Exchange.builder(id, client, request).build();
    }
}
