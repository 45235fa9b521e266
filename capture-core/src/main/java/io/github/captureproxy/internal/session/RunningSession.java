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
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A session at work. Threads that carry traffic only put what has ended into a queue; it is taken through the filter into
 * the history by a thread of the session's own, or by one that reads the history, whichever comes first.
 */
public final class RunningSession implements CaptureSession {
    /** How long a stop waits: longer than a disk takes for what may wait for it. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Plan plan;
    private final SessionFeed feed;
    private final Runtimes runtimes;
    private final History history;
    private final Intake intake = new Intake();
    private final Sieve sieve;
    private final @Nullable SessionWriter writer;
    private final Thread thread;

    /** Exchanges in the history that have bodies in files, by id: whoever takes one out lets go of its files. */
    private final Map<Long, Exchange> holdsFiles = new ConcurrentHashMap<>();

    // Has what waits taken in order, by one thread at a time. The filter runs under it, so nothing that traffic waits
    // for may need it.
    private final ReentrantLock sieving = new ReentrantLock();

    private final LastIds lastTaken = new LastIds();

    /** What was under way when it was stopped. */
    private volatile List<Long> open = List.of();

    private volatile boolean finishing;
    private volatile boolean ended;

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

    private RunningSession(Plan plan, SessionFeed feed) {
        this.plan = plan;
        this.feed = feed;
        this.runtimes = new Runtimes(feed.lastId(), System::nanoTime);
        this.history = History.fed(plan.limits(), new Feed());
        this.sieve = new Sieve(plan.name(), plan.filter());
        String threadName = feed.threadName() + "-session-" + plan.name();
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
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
        RunningSession session = new RunningSession(plan, feed);
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
        session.thread.start();
        return session;
    }

    /** An exchange has ended. Never blocks. */
    void offer(Exchange exchange) {
        if (isMeant(exchange.client(), exchange.id())) {
            intake.offer(exchange);
        }
    }

    /** A tunnel has ended. Never blocks. */
    void offer(Tunnel tunnel) {
        if (isMeant(tunnel.client(), tunnel.id())) {
            intake.offer(tunnel);
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
        takeWhatWaits();
        return countsSoFar();
    }

    private SessionCounts countsSoFar() {
        return sieve.counts(
                intake.dropped(),
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
        intake.wake(thread);
        return true;
    }

    /** Has all that waits filtered and written, up to a moment. */
    void end(Deadline end) {
        boolean waited = Threads.join(thread, end);
        if (thread.isAlive() && Thread.currentThread() != thread) { // it hangs in a filter
            thread.interrupt();
            waited &= Threads.join(thread, Deadline.in(Threads.GRACE));
        }
        ended = true;
        intake.discard();
        // For a moment what ends is under way and in the queue, so some may have been taken nonetheless.
        open = open.stream().filter(id -> !lastTaken.has(id)).toList();
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

    private void run() {
        while (true) {
            if (finishing) {
                takeTheRest();
                return;
            }
            long before = intake.taken();
            takeWhatWaits();
            Thread.interrupted(); // a flag that a filter left set would turn each nap into a spin
            intake.rest(intake.taken() > before);
        }
    }

    /** Takes what was let in before the end, though the thread that brings it may have been put off just then. */
    private void takeTheRest() {
        intake.close();
        takeWhatWaits();
        while (!ended && intake.taken() < intake.added()) {
            Thread.onSpinWait();
            takeWhatWaits();
        }
    }

    /** Takes all that had been put into the queue when it was called. */
    private void takeWhatWaits() {
        // After the end nothing comes in; and a filter may read the history that it fills.
        if (ended || sieving.isHeldByCurrentThread()) {
            return;
        }
        sieving.lock();
        try {
            long upTo = intake.added();
            Object next = item(upTo);
            while (next != null) {
                take(next);
                next = item(upTo);
            }
        } finally {
            sieving.unlock();
        }
    }

    /** The next of the first so many; null if there is none, or none is there yet. */
    private @Nullable Object item(long upTo) {
        return !ended && intake.taken() < upTo ? intake.poll() : null;
    }

    private void take(Object item) {
        if (item instanceof Tunnel tunnel) {
            lastTaken.add(tunnel.id());
            sieve.tunnel();
            history.addTunnel(tunnel);
        } else if (item instanceof Exchange exchange) {
            lastTaken.add(exchange.id());
            if (sieve.keeps(exchange)) {
                keep(exchange);
            } else {
                SpillFiles.release(exchange);
            }
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
        public void fetch() {
            takeWhatWaits();
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
        public String note() {
            SessionCounts counts = counts();
            if (counts.leftOutInAll() + counts.dropped() == 0) {
                return "";
            }
            String parts = counts.leftOut().entrySet().stream()
                    .map(entry -> entry.getValue() + " as not: " + entry.getKey())
                    .collect(Collectors.joining("; "));
            return "left out by the filter of session " + name() + ": " + counts.leftOutInAll()
                    + (parts.isEmpty() ? "" : " (" + parts + ")") + "; dropped by it: " + counts.dropped();
        }
    }

    @Override
    public String toString() {
        return "CaptureSession " + name() + ", " + state().name().toLowerCase(Locale.ROOT) + ", " + history.size()
                + " exchanges";
    }
}
