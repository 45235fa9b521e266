package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.export.ExchangeWriter;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.HistoryFeed;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.history.SessionCounts;
import io.github.captureproxy.internal.dispatch.Deadline;
import io.github.captureproxy.internal.dispatch.SpillFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A session at work. Threads that carry traffic only put what has ended into a queue; it is taken through the filter into
 * the history by a thread of the session's own, for which those who read the history wait.
 */
public final class RunningSession implements CaptureSession {
    /** How long a stop waits: longer than a disk takes for what may wait for it. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** How long a reader waits for the filter: one that hangs costs a test this once, and no machine stalls for longer. */
    private static final Duration READ_LIMIT = Duration.ofSeconds(10);

    private final Plan plan;
    private final SessionFeed feed;
    private final Duration readLimit;
    private final Runtimes runtimes;
    private final History history;
    private final Sieve sieve;
    private final FilterThread filter;
    private final @Nullable SessionWriter writer;

    /** Exchanges in the history that have bodies in files, by id: whoever takes one out lets go of its files. */
    private final Map<Long, Exchange> holdsFiles = new ConcurrentHashMap<>();

    /** What was under way when it was stopped. */
    private volatile List<Long> open = List.of();

    private volatile boolean finishing;

    /**
     * What a session is told.
     *
     * @param name what it is called
     * @param filter what it keeps
     * @param binding whose traffic it is about
     * @param limits how much its history keeps
     * @param writer what writes what it keeps, closed by the session; null for none
     */
    public record Plan(
            String name,
            ExchangeFilter filter,
            Binding binding,
            HistoryLimits limits,
            @Nullable ExchangeWriter writer) {}

    private RunningSession(Plan plan, SessionFeed feed, Duration readLimit) {
        this.plan = plan;
        this.feed = feed;
        this.readLimit = readLimit;
        this.runtimes = new Runtimes(feed.lastId(), System::nanoTime);
        this.history = History.fed(plan.limits(), new Feed());
        this.sieve = new Sieve(plan.name(), plan.filter());
        String threadName = feed.threadName() + "-session-" + plan.name();
        this.filter = new FilterThread(sieve, new Keeping(), threadName);
        this.writer =
                plan.writer() == null ? null : new SessionWriter(plan.name(), plan.writer(), threadName + "-writer");
    }

    /**
     * Starts a session.
     *
     * @param plan what it is told
     * @param feed what it hears from
     * @return the session
     * @throws IllegalStateException if the proxy is closed; then the writer is, too
     */
    public static RunningSession start(Plan plan, SessionFeed feed) {
        return start(plan, feed, READ_LIMIT);
    }

    /** For tests: with a limit of their own to how long readers wait for the filter. */
    static RunningSession start(Plan plan, SessionFeed feed, Duration readLimit) {
        RunningSession session = new RunningSession(plan, feed, readLimit);
        session.runtimes.run();
        if (session.writer != null) {
            session.writer.start();
        }
        try {
            feed.sessions().add(session);
        } catch (IllegalStateException e) {
            session.end(Deadline.in(STOP_LIMIT)); // closes the writer
            throw e;
        }
        session.filter.start();
        return session;
    }

    /** An exchange has ended. Never blocks. */
    void offer(Exchange exchange) {
        if (isMeant(exchange.client(), exchange.id())) {
            filter.offer(exchange);
        }
    }

    /** A tunnel has ended. Never blocks. */
    void offer(Tunnel tunnel) {
        if (isMeant(tunnel.client(), tunnel.id())) {
            filter.offer(tunnel);
        }
    }

    /** Something of a client has begun, gone on or ended. */
    void stirred(ClientInfo client) {
        if (plan.binding().fits(client)) {
            history.stirred();
        }
    }

    private boolean isMeant(ClientInfo client, long id) {
        return !finishing && plan.binding().fits(client) && runtimes.has(id);
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public State state() {
        return runtimes.state();
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Duration totalTime() {
        return runtimes.total();
    }

    @Override
    public SessionCounts counts() {
        waitForFilter();
        return countsSoFar();
    }

    private SessionCounts countsSoFar() {
        return sieve.counts(
                filter.dropped(),
                filter.waiting(),
                open.size(),
                writer == null ? 0 : writer.written(),
                writer == null ? 0 : writer.unwritten());
    }

    @Override
    public Optional<IOException> problem() {
        return writer == null ? Optional.empty() : writer.problem();
    }

    @Override
    public void pause() {
        runtimes.pause();
    }

    @Override
    public void resume() {
        runtimes.run();
    }

    @Override
    public void stop() {
        if (finish()) {
            end(Deadline.in(STOP_LIMIT));
        }
    }

    @Override
    public void close() {
        stop();
        holdsFiles.values().forEach(this::letGo);
    }

    /** Takes in no more, and has its thread end; false if that was done before. */
    boolean finish() {
        if (!runtimes.stop()) {
            return false;
        }
        open = inFlight().stream().map(InFlightExchange::id).toList();
        feed.sessions().remove(this);
        finishing = true;
        filter.finish();
        return true;
    }

    /** Has all that waits filtered and written, up to a moment. */
    void end(Deadline end) {
        boolean waited = filter.end(end);
        // For a moment what ends is under way and in the queue, so some may have been taken nonetheless.
        open = open.stream().filter(id -> !filter.took(id)).toList();
        if (writer != null) {
            writer.finish();
            waited &= writer.join(end);
        }
        if (!waited) {
            Thread.currentThread().interrupt();
        }
    }

    SessionGlance glance() {
        return new SessionGlance(name(), state() == State.PAUSED, countsSoFar(), sieve.inCall(), problem());
    }

    private List<InFlightExchange> inFlight() {
        return feed.inFlight().get().stream()
                .filter(open -> plan.binding().fits(open.client()) && runtimes.has(open.id()))
                .toList();
    }

    /** Waits until what had ended by now is in the history, or left out; false if that takes too long. */
    private boolean waitForFilter() {
        return filter.await(readLimit.toNanos());
    }

    /** Whatever the filter lets in. */
    private final class Keeping implements FilterThread.Kept {
        @Override
        public void exchange(Exchange exchange) {
            keep(exchange);
        }

        @Override
        public void tunnel(Tunnel tunnel) {
            history.addTunnel(tunnel);
        }
    }

    private void keep(Exchange exchange) {
        if (writer != null) {
            writer.write(exchange);
        }
        if (SpillFiles.hold(exchange)) {
            holdsFiles.put(exchange.id(), exchange);
        }
        history.add(exchange);
    }

    private void letGo(Exchange exchange) {
        if (holdsFiles.remove(exchange.id()) != null) {
            SpillFiles.release(exchange);
        }
    }

    /** What the history asks. */
    private final class Feed implements HistoryFeed {
        @Override
        public boolean fetch() {
            return waitForFilter();
        }

        @Override
        public void hasten() {
            filter.hasten();
        }

        @Override
        public List<InFlightExchange> inFlight() {
            return RunningSession.this.inFlight();
        }

        @Override
        public void forgotten(Exchange exchange) {
            letGo(exchange);
        }

        @Override
        public List<String> notes() {
            return SessionNotes.of(glance());
        }
    }

    @Override
    public String toString() {
        return "CaptureSession " + name() + ", " + state().name().toLowerCase(Locale.ROOT) + ", "
                + countsSoFar().exchanges() + " exchanges";
    }
}
