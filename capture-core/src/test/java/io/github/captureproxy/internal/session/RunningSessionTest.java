package io.github.captureproxy.internal.session;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static io.github.captureproxy.history.ExchangeFilter.urlDoesNotContain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.CaptureSession.State;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.FilterStalledException;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.history.SessionCounts;
import io.github.captureproxy.internal.dispatch.Deadline;
import io.github.captureproxy.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions over traffic that never was. */
class RunningSessionTest {
    private static final Binding ALL = new Binding(Optional.empty(), Optional.empty(), Optional.empty());

    private final AtomicLong lastId = new AtomicLong();
    private final List<InFlightExchange> inFlight = new CopyOnWriteArrayList<>();
    private final Sessions sessions = new Sessions();
    private final SessionFeed feed = new SessionFeed(sessions, lastId::get, () -> inFlight, "test");

    /** Those that hang until the test is over at the latest. */
    private final List<HangingFilter> hanging = new ArrayList<>();

    @AfterEach
    void end() {
        hanging.forEach(HangingFilter::goOn);
        sessions.finish().accept(Deadline.in(Duration.ofSeconds(10)));
    }

    @Test
    void whatBeganWhileItRanBelongsToIt() {
        Exchange before = begins("/before");
        CaptureSession session = start(any());
        Exchange first = begins("/first");
        session.pause();
        Exchange meanwhile = begins("/meanwhile");
        sessions.exchange(first);
        session.resume();
        Exchange second = begins("/second");
        sessions.exchange(second);
        sessions.exchange(meanwhile);
        sessions.exchange(before);

        assertThat(session.history().snapshot()).containsExactly(first, second);
        assertThat(session.counts().exchanges()).isEqualTo(2);
    }

    @Test
    void whatIsUnderWayWhenItStopsIsCounted() {
        CaptureSession session = start(any());
        Exchange open = begins("/open");
        inFlight.add(underWay(open));

        assertThat(session.history().inFlight()).hasSize(1);
        session.stop();
        sessions.exchange(open);

        assertThat(session.history().isEmpty()).isTrue();
        assertThat(session.counts().unfinished()).isEqualTo(1);
        assertThat(session.state()).isEqualTo(State.STOPPED);
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void whatEndsWhileItIsStoppedIsCountedOnce() {
        CaptureSession session = start(any());
        Exchange ending = begins("/ending");
        inFlight.add(underWay(ending));
        sessions.exchange(ending); // and is under way for a moment more
        assertThat(session.counts().exchanges()).isEqualTo(1);
        session.stop();

        assertThat(session.counts().exchanges()).isEqualTo(1);
        assertThat(session.counts().unfinished()).isZero();
    }

    @Test
    void pausesDoNotCountAsTime() {
        AtomicLong clock = new AtomicLong();
        Runtimes runtimes = new Runtimes(lastId::get, clock::get);
        runtimes.run();
        clock.set(5);
        runtimes.pause();
        clock.set(100);
        runtimes.pause();
        assertThat(runtimes.total()).isEqualTo(Duration.ofNanos(5));

        runtimes.run();
        clock.set(103);
        assertThat(runtimes.total()).isEqualTo(Duration.ofNanos(8));
        assertThat(runtimes.stop()).isTrue();
        runtimes.run();
        clock.set(200);

        assertThat(runtimes.total()).isEqualTo(Duration.ofNanos(8));
        assertThat(runtimes.stop()).isFalse();
        assertThat(runtimes.state()).isEqualTo(State.STOPPED);
    }

    @Test
    void anyNumberOfPausesIsForgottenInTheEnd() {
        Runtimes runtimes = new Runtimes(lastId::get, System::nanoTime);
        for (int i = 0; i < 3_000; i++) {
            runtimes.run();
            lastId.incrementAndGet();
            runtimes.pause();
            lastId.incrementAndGet();
        }

        assertThat(runtimes.has(1)).isFalse();
        assertThat(runtimes.has(5_999)).isTrue();
        assertThat(runtimes.has(5_998)).isFalse();
        assertThat(runtimes.has(4_001)).isTrue();
    }

    @Test
    void whatIsLeftOutIsCountedByTheFirstPartThatDoesNotHold() {
        ExchangeFilter odd = exchange -> {
            throw new IllegalStateException("not me");
        };
        CaptureSession session = start(
                method("GET").and(urlDoesNotContain("debug")).and(path("/a").or(odd)));
        sessions.exchange(begins("/a"));
        sessions.exchange(begins("/debug"));
        sessions.exchange(begins("/b"));
        sessions.exchange(begins("/debug"));
        sessions.exchange(begins("POST", "/debug", 200));

        SessionCounts counts = session.counts();
        assertThat(counts.leftOut())
                .containsEntry("method is GET", 1L)
                .containsEntry("URL does not contain 'debug'", 2L)
                .containsEntry("path is /a or a custom filter", 1L);
        assertThat(counts.leftOutInAll()).isEqualTo(4);
        assertThat(counts.exchanges()).isEqualTo(1);
        assertThat(session.history().explain(path("/b"), "nothing"))
                .contains("left out by the filter of session test: 4", "2 as not: URL does not contain 'debug'");
    }

    @Test
    void itCountsByMethodStatusAndHost() {
        CaptureSession session = start(any());
        assertThat(session.history().explain("nothing")).doesNotContain("session");
        sessions.exchange(begins("GET", "/", 200));
        sessions.exchange(begins("POST", "/", 404));
        sessions.exchange(begins("GET", "/", 410));
        sessions.exchange(begins("GET", "/", 0));

        SessionCounts counts = session.counts();
        assertThat(counts.methods().of("GET")).isEqualTo(3);
        assertThat(counts.statuses().counts())
                .containsOnlyKeys("200", "404", "410", "none")
                .containsEntry("none", 1L);
        assertThat(counts.statusClass(4)).isEqualTo(2);
        assertThat(counts.hosts().of("shop.example")).isEqualTo(4);
    }

    @Test
    void pastAThousandMethodsTheOthersAreCountedTogether() {
        CaptureSession session = start(any());
        for (int i = 0; i < 1_200; i++) {
            sessions.exchange(begins("M" + i, "/", 200));
        }
        sessions.exchange(begins("M7", "/", 200));

        assertThat(session.counts().methods().counts()).hasSize(1_000);
        assertThat(session.counts().methods().of("M7")).isEqualTo(2);
        assertThat(session.counts().methods().others()).isEqualTo(200);
        assertThat(session.counts().methods().total()).isEqualTo(1_201);
    }

    @Test
    void whoAwaitsIsWokenByWhatComesLater() throws Exception {
        CaptureSession session = start(path("/late"));
        CountDownLatch looked = new CountDownLatch(1);
        ExchangeFilter late = exchange -> true;
        CompletableFuture<Exchange> found = CompletableFuture.supplyAsync(() -> {
            try {
                looked.countDown();
                return session.history().await(late, Duration.ofSeconds(20));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        looked.await();
        sessions.exchange(begins("/early"));
        Exchange wanted = begins("/late");
        sessions.exchange(wanted);

        assertThat(found.get(20, TimeUnit.SECONDS)).isSameAs(wanted);
    }

    @Test
    void aFilterMayReadTheHistoryThatItFills() {
        List<CaptureSession> self = new CopyOnWriteArrayList<>();
        CaptureSession session = start(
                exchange -> self.isEmpty() || self.get(0).history().find(any()).size() < 2);
        self.add(session);
        for (int i = 0; i < 5; i++) {
            sessions.exchange(begins("/"));
        }

        assertThat(session.history().size()).isEqualTo(2);
    }

    @Test
    void aFilterThatHangsCostsWhatWaitsAndNotTheEnd() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CaptureSession session = start(exchange -> {
            inside.countDown();
            try {
                never.await();
            } catch (InterruptedException e) { // the end of the session
                return false;
            }
            return true;
        });
        sessions.exchange(begins("/"));
        Eventually.holds("the filter is called", () -> inside.getCount() == 0);
        sessions.finish().accept(Deadline.in(Duration.ofMillis(1)));

        assertThat(session.history().isEmpty()).isTrue();
        assertThat(session.counts().leftOutInAll()).isEqualTo(1);
    }

    @Test
    void readersOfAHistoryWhoseFilterHangsAreTold() {
        HangingFilter filter = hangs();
        CaptureSession session = start(filter, Duration.ofMillis(20));
        Exchange first = begins("/first");
        sessions.exchange(first);
        filter.untilCalled();
        sessions.exchange(begins("/second"));

        for (ThrowingCallable read : List.<ThrowingCallable>of(
                () -> session.history().snapshot(),
                () -> session.history().size(),
                () -> session.history().single(any()),
                () -> session.history().last(any()),
                () -> session.history().tunnels(),
                () -> session.history().counts(),
                () -> session.history().clear())) {
            assertThatExceptionOfType(FilterStalledException.class)
                    .isThrownBy(read)
                    .withMessageContaining("the filter of session test, which has been in one call for")
                    .withMessageContaining("2 that have ended");
        }
        assertThat(session.counts().waiting()).isEqualTo(2);
        assertThat(session.history().toString()).contains("0 exchanges");
        assertThat(session.toString()).contains("0 exchanges");
        assertThat(session.history().explain(any(), "looked")).contains("which has been in one call for");

        filter.goOn();
        Eventually.holds("both are there", () -> session.counts().waiting() == 0);
        assertThat(session.history().first(any())).containsSame(first);
        assertThat(session.history().size()).isEqualTo(2);
    }

    @Test
    void whoAwaitsAHistoryWhoseFilterHangsIsToldWhenItsOwnTimeIsOver() {
        HangingFilter filter = hangs();
        CaptureSession session = start(filter, Duration.ofMinutes(10)); // more than this test may take
        sessions.exchange(begins("/first"));
        filter.untilCalled();
        inFlight.add(underWay(begins("/open")));
        Duration time = Duration.ofMillis(20);

        for (ThrowingCallable wait : List.<ThrowingCallable>of(
                () -> session.history().await(any(), time),
                () -> session.history().awaitTunnel(tunnel -> true, time),
                () -> session.history().awaitIdle(Duration.ZERO, time))) {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(wait)
                    .withMessageContaining("the filter of session test, which has been in one call for")
                    .withMessageContaining("1 that have ended");
        }
    }

    @Test
    void whoOnlyLooksIsToldAsWell() {
        HangingFilter filter = hangs();
        CaptureSession session = start(filter, Duration.ofMillis(20));
        sessions.exchange(begins("/first"));
        filter.untilCalled();

        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> session.history().await(any(), Duration.ZERO))
                .withMessageContaining("the filter of session test");
        filter.goOn();
        Eventually.holds("it is there", () -> session.counts().waiting() == 0);
        assertThatNoException().isThrownBy(() -> session.history().await(any(), Duration.ZERO));
    }

    @Test
    void whatAFilterComesBackWithAfterTheEndIsDropped() {
        HangingFilter filter = hangs();
        RecordingWriter writer = new RecordingWriter(10);
        CaptureSession session = start(filter, writer);
        sessions.exchange(begins("/first"));
        filter.untilCalled();
        sessions.exchange(begins("/second"));
        sessions.finish().accept(Deadline.in(Duration.ofMillis(1)));

        assertThat(session.history().isEmpty()).isTrue();
        assertThat(session.counts().dropped()).isEqualTo(1);
        assertThat(session.counts().waiting()).isEqualTo(1);
        filter.goOn();
        Eventually.holds("it has come back", () -> session.counts().waiting() == 0);
        assertThat(session.counts().dropped()).isEqualTo(2);
        assertThat(session.history().isEmpty()).isTrue();
        assertThat(writer.written).isEmpty();
    }

    @Test
    void aFilterThatRunsOutOfMemoryLeavesOutAndTheSessionGoesOn() {
        CaptureSession session = start(exchange -> {
            if (exchange.request().target().equals("/large")) {
                throw new OutOfMemoryError("not really");
            }
            return true;
        });
        sessions.exchange(begins("/large"));
        sessions.exchange(begins("/small"));

        assertThat(session.history().size()).isEqualTo(1);
        assertThat(session.counts().leftOutInAll()).isEqualTo(1);
    }

    @Test
    void aReaderKeepsItsInterruptAndReadsNonetheless() {
        CaptureSession session = start(any());
        sessions.exchange(begins("/"));
        Thread.currentThread().interrupt();

        assertThat(session.history().size()).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void moreThanItCanTakeIsDroppedAndCounted() {
        Intake intake = new Intake();
        byte[] mebibyte = new byte[1 << 20];
        for (int i = 0; i < 70; i++) {
            intake.offer(exchange("GET", "/", 200, mebibyte));
        }

        assertThat(intake.dropped()).isBetween(6L, 70L);
        assertThat(intake.added()).isEqualTo(70 - intake.dropped());
        intake.poll();
        intake.offer(begins("/"));
        assertThat(intake.added()).isEqualTo(71 - intake.dropped());
    }

    @Test
    void whatIsThereCountsThoughAThreadBeforeItHasGotNoFurther() throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Intake intake = new Intake(new ConcurrentLinkedQueue<>() {
            @Override
            public boolean add(Object item) {
                boolean added = super.add(item);
                if (there.getCount() > 0) {
                    there.countDown();
                    awaitQuietly(goOn);
                }
                return added;
            }
        });
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> intake.offer(begins("/first")));
        there.await();
        intake.offer(exchange("GET", "/second", 200, new byte[0]));

        assertThat(intake.added()).isEqualTo(2);
        goOn.countDown();
        first.get(20, TimeUnit.SECONDS);
        assertThat(intake.added()).isEqualTo(2);
    }

    @Test
    void whatComesAfterTheEndIsNotHeldAndNotCountedAsDropped() {
        Intake intake = new Intake();
        intake.offer(begins("/in-time"));
        intake.close();
        intake.offer(begins("/late"));

        assertThat(intake.added()).isEqualTo(1);
        assertThat(intake.poll()).isNotNull();
        assertThat(intake.poll()).isNull();
        assertThat(intake.dropped()).isZero();
    }

    @Test
    void aWriterThatIsGivenUpIsClosedNonetheless() {
        CountDownLatch inside = new CountDownLatch(1);
        RecordingWriter writer = new RecordingWriter(Integer.MAX_VALUE) {
            @Override
            public void write(Exchange exchange) throws IOException {
                inside.countDown();
                awaitQuietly(new CountDownLatch(1));
                throw new IOException("interrupted");
            }
        };
        CaptureSession session = start(any(), writer);
        sessions.exchange(begins("/"));
        Eventually.holds("the writer is called", () -> inside.getCount() == 0);
        sessions.finish().accept(Deadline.in(Duration.ofMillis(1)));

        assertThat(writer.closed).isEqualTo(1);
        assertThat(session.problem()).isPresent();
        assertThat(session.counts().unwritten()).isEqualTo(1);
    }

    @Test
    void aWriterGetsWhatIsKeptInOrderFlushedBetweenAndItsEnd() {
        RecordingWriter writer = new RecordingWriter(Integer.MAX_VALUE);
        CaptureSession session = start(path("/kept"), writer);
        Exchange first = begins("/kept");
        sessions.exchange(first);
        sessions.exchange(begins("/left"));
        Eventually.holds("the first is flushed", () -> writer.flushed.get() == 1);
        Exchange second = begins("/kept");
        sessions.exchange(second);
        session.close();

        assertThat(writer.written).containsExactly(first, second);
        assertThat(writer.closed).isEqualTo(1);
        assertThat(session.counts().written()).isEqualTo(2);
        assertThat(session.problem()).isEmpty();
    }

    @Test
    void aWriterThatFailsIsGivenUpAndTheSessionGoesOn() {
        RecordingWriter writer = new RecordingWriter(1);
        CaptureSession session = start(any(), writer);
        for (int i = 0; i < 3; i++) {
            sessions.exchange(begins("/"));
            assertThat(session.history().size()).isEqualTo(i + 1);
        }
        session.stop();

        assertThat(session.problem())
                .hasValueSatisfying(problem -> assertThat(problem).hasMessage("disk full"));
        assertThat(session.counts().written()).isEqualTo(1);
        assertThat(session.counts().unwritten()).isEqualTo(2);
        assertThat(writer.closed).isEqualTo(1);
    }

    @Test
    void aWriterThatThrowsSomethingElseIsGivenUpToo() {
        RecordingWriter writer = new RecordingWriter(Integer.MAX_VALUE) {
            @Override
            public void write(Exchange exchange) {
                throw new AssertionError("a defect");
            }
        };
        CaptureSession session = start(any(), writer);
        sessions.exchange(begins("/"));
        session.close();

        assertThat(session.problem())
                .hasValueSatisfying(problem -> assertThat(problem).hasRootCauseMessage("a defect"));
    }

    @Test
    void noneCanBeStartedOnceTheProxyIsClosed() {
        RecordingWriter writer = new RecordingWriter(1);
        end();

        assertThatIllegalStateException()
                .isThrownBy(() -> start(any(), writer))
                .withMessageContaining("its proxy is closed");
        assertThat(writer.closed).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InFlightExchange underWay(Exchange exchange) {
        return new InFlightExchange(
                exchange.id(),
                exchange.client(),
                exchange.request(),
                Optional.empty(),
                Instant.EPOCH,
                Duration.ZERO,
                InFlightExchange.WaitingFor.RESPONSE_HEAD,
                Optional.empty(),
                "");
    }

    private CaptureSession start(ExchangeFilter filter) {
        return start(filter, (ExchangeWriter) null);
    }

    private CaptureSession start(ExchangeFilter filter, Duration readLimit) {
        return RunningSession.start(plan(filter, null), feed, readLimit);
    }

    private CaptureSession start(ExchangeFilter filter, @Nullable ExchangeWriter writer) {
        return RunningSession.start(plan(filter, writer), feed);
    }

    private static RunningSession.Plan plan(ExchangeFilter filter, @Nullable ExchangeWriter writer) {
        return new RunningSession.Plan("test", filter, ALL, HistoryLimits.defaults(), writer);
    }

    private HangingFilter hangs() {
        HangingFilter filter = new HangingFilter();
        hanging.add(filter);
        return filter;
    }

    private Exchange begins(String path) {
        return begins("GET", path, 200);
    }

    private Exchange begins(String method, String path, int status) {
        return exchange(method, path, status, new byte[0]);
    }

    private Exchange exchange(String method, String path, int status, byte[] body) {
        CapturedRequest request = new CapturedRequest(
                method,
                path,
                "HTTP/1.1",
                new HttpOrigin("http", "shop.example", 80),
                HeaderList.empty(),
                CapturedBody.of(body),
                HeaderList.empty());
        ClientInfo client = new ClientInfo(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), 1, "default", Optional.empty());
        Exchange.Builder builder = Exchange.builder(lastId.incrementAndGet(), client, request);
        if (status > 0) {
            builder.response(new CapturedResponse(
                    status, "", "HTTP/1.1", HeaderList.empty(), CapturedBody.empty(), HeaderList.empty()));
        }
        return builder.build();
    }

    /** Comes back from no call, whatever interrupts it, until it is told to; then it lets all in. */
    private static final class HangingFilter implements ExchangeFilter {
        private final CountDownLatch called = new CountDownLatch(1);
        private final Semaphore goOn = new Semaphore(0);

        @Override
        public boolean matches(Exchange exchange) {
            called.countDown();
            goOn.acquireUninterruptibly();
            goOn.release();
            return true;
        }

        void untilCalled() {
            Eventually.holds("the filter is called", () -> called.getCount() == 0);
        }

        void goOn() {
            goOn.release();
        }
    }

    /** Keeps what is written, up to a number at which its disk is full. */
    private static class RecordingWriter implements ExchangeWriter {
        final List<Exchange> written = new ArrayList<>();
        final int room;
        final AtomicInteger flushed = new AtomicInteger();
        int closed;

        RecordingWriter(int room) {
            this.room = room;
        }

        @Override
        public void write(Exchange exchange) throws IOException {
            if (written.size() == room) {
                throw new IOException("disk full");
            }
            written.add(exchange);
        }

        @Override
        public void flush() {
            flushed.incrementAndGet();
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
