package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recorded exchanges in the order in which they ended, oldest first, as far as its {@link HistoryLimits} let it keep
 * them. Safe for any thread. Filters and callbacks run on the thread that calls, never under its lock.
 *
 * <p>The history of a {@link CaptureSession} is filled through the session's filter, for which whoever reads waits a moment.
 * Where that filter hangs or is slower than the traffic, all that reads what is held ends in a {@link FilterStalledException}
 * after 10 seconds; the methods that await keep to their time, and {@code toString} and what is {@link #inFlight()} never
 * wait.
 */
public final class History {
    private final HistoryLimits limits;
    private final long maxAgeNanos;
    private final Supplier<List<InFlightExchange>> inFlight;
    private final LongSupplier nanoClock;
    private final @Nullable Consumer<Exchange> onForgotten;
    private final Stillness stillness = new Stillness();
    private final @Nullable HistoryFeed feed;

    // Guards all below; what is done under it is a step or two, or the copying of references.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private boolean someoneWaits;
    private final ExchangeRing exchanges = new ExchangeRing();
    private final ArrayDeque<Tunnel> tunnels = new ArrayDeque<>();
    private long evictedByCount;
    private long evictedByBytes;
    private long evictedByAge;
    private long tunnelsAdded;
    private long tunnelsEvicted;

    private History(
            HistoryLimits limits,
            Supplier<List<InFlightExchange>> inFlight,
            LongSupplier nanoClock,
            @Nullable Consumer<Exchange> onForgotten,
            @Nullable HistoryFeed feed) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.maxAgeNanos = limits.maxAge().map(Nanos::of).orElse(0L);
        this.inFlight = Objects.requireNonNull(inFlight, "inFlight");
        this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock");
        this.onForgotten = onForgotten;
        this.feed = feed;
    }

    /**
     * An empty history for exchanges from elsewhere, such as imported ones: nothing is ever in flight in it.
     *
     * @param limits how much it keeps
     * @return the history
     */
    public static History withLimits(HistoryLimits limits) {
        return new History(limits, List::of, System::nanoTime, null, null);
    }

    /**
     * An empty history with all that it depends on.
     *
     * @param limits how much it keeps
     * @param inFlight what {@link #inFlight()} asks, on the thread that calls that
     * @param nanoClock the clock for the age of exchanges: monotonic, in nanoseconds, like {@link System#nanoTime()}
     * @param onForgotten is given each exchange that a limit or {@link #clear()} made this history forget, after the
     *     fact, on the thread that caused it: in {@link #add} that is a thread that moves traffic, so it must not block
     *     or throw
     * @return the history
     */
    public static History create(
            HistoryLimits limits,
            Supplier<List<InFlightExchange>> inFlight,
            LongSupplier nanoClock,
            Consumer<Exchange> onForgotten) {
        return new History(limits, inFlight, nanoClock, Objects.requireNonNull(onForgotten, "onForgotten"), null);
    }

    /**
     * An empty history that others fill, for whom it waits when it is read.
     *
     * @param limits how much it keeps
     * @param feed what fills it
     * @return the history
     */
    public static History fed(HistoryLimits limits, HistoryFeed feed) {
        return new History(limits, feed::inFlight, System::nanoTime, feed::forgotten, feed);
    }

    /**
     * Adds an exchange that has ended, and lets go of what that leaves no room for. Takes constant time on average and
     * wakes who waits in {@link #await}.
     *
     * @param exchange the exchange
     */
    public void add(Exchange exchange) {
        long weight = Weight.ofItsOwn(exchange);
        List<SharedBodies.Weighed> shared = Weight.shared(exchange);
        long now = now();
        List<Exchange> forgotten;
        lock.lock();
        try {
            exchanges.add(exchange, weight, shared, now);
            forgotten = evict(now);
            wakeWaiting();
        } finally {
            lock.unlock();
        }
        stillness.stir();
        report(forgotten);
    }

    /**
     * Adds a tunnel that has ended. Takes constant time and wakes who waits in {@link #awaitTunnel}.
     *
     * @param tunnel the tunnel
     */
    public void addTunnel(Tunnel tunnel) {
        Objects.requireNonNull(tunnel, "tunnel");
        lock.lock();
        try {
            tunnels.addLast(tunnel);
            tunnelsAdded++;
            if (tunnels.size() > limits.maxTunnels()) {
                tunnels.removeFirst();
                tunnelsEvicted++;
            }
            wakeWaiting();
        } finally {
            lock.unlock();
        }
        stillness.stir();
    }

    /**
     * Tells that something {@link #inFlight()} has begun, gone on or ended, for those who wait in {@link #awaitIdle}. Takes
     * one read of a variable while nobody does.
     */
    public void stirred() {
        stillness.stir();
    }

    /** Under the lock. */
    private void wakeWaiting() {
        if (someoneWaits) {
            someoneWaits = false;
            added.signalAll();
        }
    }

    /**
     * All exchanges held now.
     *
     * @return an unmodifiable copy of the list, oldest first
     */
    public List<Exchange> snapshot() {
        fetch();
        return held();
    }

    /** A snapshot without those that wait for a session's filter. */
    List<Exchange> held() {
        return read(() -> Collections.unmodifiableList(exchanges.from(0)));
    }

    /**
     * All exchanges held now.
     *
     * @return a stream over a {@link #snapshot()}, oldest first
     */
    public Stream<Exchange> stream() {
        return snapshot().stream();
    }

    /**
     * How many exchanges are held now.
     *
     * @return their number
     */
    public int size() {
        fetch();
        return read(exchanges::size);
    }

    /**
     * Tells if no exchange is held now.
     *
     * @return true if there is none
     */
    public boolean isEmpty() {
        return size() == 0;
    }

    /**
     * The exchanges that a filter lets in.
     *
     * @param filter which are meant
     * @return an unmodifiable list of them, oldest first
     */
    public List<Exchange> find(ExchangeFilter filter) {
        return stream().filter(filter::matches).toList();
    }

    /**
     * The one exchange that a filter lets in.
     *
     * @param filter which is meant
     * @return the exchange
     * @throws UnexpectedHistoryException if there is none, or more than one; its message shows what was captured
     */
    public Exchange single(ExchangeFilter filter) {
        List<Exchange> found = find(filter);
        if (found.size() != 1) {
            String finding =
                    found.isEmpty() ? "no exchange matches" : "expected one exchange, but " + found.size() + " match";
            throw new UnexpectedHistoryException(HistoryDescription.of(this, filter, finding));
        }
        return found.get(0);
    }

    /**
     * The oldest exchange that a filter lets in.
     *
     * @param filter which are meant
     * @return the exchange, if there is one
     */
    public Optional<Exchange> first(ExchangeFilter filter) {
        return stream().filter(filter::matches).findFirst();
    }

    /**
     * The newest exchange that a filter lets in.
     *
     * @param filter which are meant
     * @return the exchange, if there is one
     */
    public Optional<Exchange> last(ExchangeFilter filter) {
        List<Exchange> held = snapshot();
        for (int i = held.size() - 1; i >= 0; i--) {
            if (filter.matches(held.get(i))) {
                return Optional.of(held.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Waits for an exchange. What is held already is looked at first, oldest first; then each that is added. One that a
     * limit makes this history forget before the filter gets to it is not seen: then {@link #counts()} tells of it.
     *
     * @param filter which is meant; called on this thread
     * @param timeout how long to wait at most; zero or less only looks, as {@link #find} does
     * @return the first exchange that the filter lets in
     * @throws TimeoutException if none came in time; its message shows what was captured
     * @throws InterruptedException if this thread was interrupted while it waited
     */
    public Exchange await(ExchangeFilter filter, Duration timeout) throws TimeoutException, InterruptedException {
        return new Newcomers<>(exchanges::nextNumber, exchanges::from)
                .first(filter::matches, timeout)
                .orElseThrow(() -> new TimeoutException(
                        HistoryDescription.of(this, filter, "after " + timeout + " no exchange matches")));
    }

    /**
     * Waits for a tunnel to end. What is held already is looked at first, oldest first; then each that is added. One
     * that the limit makes this history forget before the filter gets to it is not seen: then {@link #counts()} tells
     * of it. A tunnel that is still open is {@link #inFlight()}.
     *
     * @param filter which is meant; called on this thread
     * @param timeout how long to wait at most; zero or less only looks, as {@link #tunnels} does
     * @return the first tunnel that the filter lets in
     * @throws TimeoutException if none came in time; its message shows the tunnels that there are
     * @throws InterruptedException if this thread was interrupted while it waited
     */
    public Tunnel awaitTunnel(Predicate<Tunnel> filter, Duration timeout)
            throws TimeoutException, InterruptedException {
        return new Newcomers<>(() -> tunnelsAdded, this::tunnelsFrom)
                .first(filter, timeout)
                .orElseThrow(() -> new TimeoutException(
                        HistoryDescription.ofTunnels(this, "after " + timeout + " no tunnel that has ended matches")));
    }

    /**
     * Waits until traffic has ceased: until nothing has been in flight, and nothing has begun, ended or been added, for a
     * time that begins with this call at the earliest. Woken by what happens, without polling. For tests of what an app
     * must not do, or does on threads of its own an unknown number of times.
     *
     * <p>A connection that is kept open in between is idle. So is an open tunnel that nobody looks into, whatever passes in
     * it, and an open WebSocket while no message passes. A response that streams on is in flight until it ends.
     *
     * @param quiet how long nothing may happen; zero waits for what is in flight alone
     * @param timeout how long to wait at most, no less than {@code quiet}
     * @throws TimeoutException if there was no such time within the timeout; its message shows what is in flight
     * @throws InterruptedException if this thread was interrupted while it waited
     * @throws IllegalArgumentException if one is negative, or the quiet time is longer than the timeout
     */
    public void awaitIdle(Duration quiet, Duration timeout) throws TimeoutException, InterruptedException {
        if (quiet.isNegative() || quiet.compareTo(timeout) > 0) {
            throw new IllegalArgumentException("awaitIdle for " + quiet + " within " + timeout
                    + " can't be: give a quiet time from zero up to the timeout");
        }
        if (!stillness.await(this::isBusy, Nanos.of(quiet), Nanos.of(timeout))) {
            throw new TimeoutException(HistoryDescription.of(
                    this, "within " + timeout + " there were no " + quiet + " in which nothing happened"));
        }
    }

    /** What waits for its own end alone may stay open as long as it likes. */
    private boolean isBusy() {
        return inFlight().stream().anyMatch(in -> in.waitingFor() != InFlightExchange.WaitingFor.CLOSE);
    }

    /** The tunnels held of those added since there were so many; under the lock. */
    private List<Tunnel> tunnelsFrom(long number) {
        long unseen = Math.min(tunnelsAdded - number, tunnels.size());
        return tunnels.stream().skip(tunnels.size() - unseen).toList();
    }

    /**
     * What has not ended yet.
     *
     * @return exchanges, tunnels and WebSockets as they are at this moment
     */
    public List<InFlightExchange> inFlight() {
        return inFlight.get();
    }

    /**
     * The tunnels that have ended.
     *
     * @return an unmodifiable copy of the list, oldest first
     */
    public List<Tunnel> tunnels() {
        fetch();
        return heldTunnels();
    }

    List<Tunnel> heldTunnels() {
        lock.lock();
        try {
            return List.copyOf(tunnels);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all exchanges and tunnels. What is in flight still comes in when it ends. */
    public void clear() {
        fetch();
        List<Exchange> forgotten;
        lock.lock();
        try {
            forgotten = onForgotten == null ? List.of() : exchanges.from(0);
            exchanges.clear();
            tunnels.clear();
        } finally {
            lock.unlock();
        }
        report(forgotten);
    }

    /**
     * How much it keeps.
     *
     * @return the limits that it was made with
     */
    public HistoryLimits limits() {
        return limits;
    }

    /**
     * What was taken in and let go so far.
     *
     * @return the counts at this moment
     */
    public HistoryCounts counts() {
        fetch();
        return countsOfHeld();
    }

    HistoryCounts countsOfHeld() {
        return read(() -> new HistoryCounts(
                exchanges.nextNumber(),
                evictedByCount,
                evictedByBytes,
                evictedByAge,
                tunnelsAdded,
                tunnelsEvicted,
                exchanges.weight()));
    }

    /**
     * What a test or a person wants to see where a look-up went wrong: the exchanges that come nearest to a filter and
     * which of its {@link ExchangeFilter#parts() parts} they fail, all that was captured, what is in flight, the tunnels
     * and why they were relayed, and what the limits made it forget. Each list has its newest 20. No query, no field
     * value and no body is shown. What is missing as a session's filter hangs is told, rather than thrown.
     *
     * @param filter what was looked for
     * @param finding what came of it, as the first words
     * @return several lines
     */
    public String explain(ExchangeFilter filter, String finding) {
        fetched();
        return HistoryDescription.of(this, filter, finding);
    }

    /**
     * All that is held and in flight, as {@link #explain(ExchangeFilter, String)} shows it.
     *
     * @param finding the first words
     * @return several lines
     */
    public String explain(String finding) {
        fetched();
        return HistoryDescription.of(this, finding);
    }

    @Override
    public String toString() {
        return "History of " + read(exchanges::size) + " exchanges";
    }

    /** What else there is to say of it where a look-up failed, a line each. */
    List<String> notes() {
        return feed == null ? List.of() : feed.notes();
    }

    /** Waits until all that has ended is here. */
    private void fetch() {
        if (!fetched()) {
            throw new FilterStalledException("the history can't be read whole: " + String.join("; ", notes()));
        }
    }

    /** Likewise; false if some is not here after all. */
    private boolean fetched() {
        return feed == null || feed.fetch();
    }

    /** Reads under the lock, after what is too old has gone. */
    private <T> T read(Supplier<T> reading) {
        long now = now();
        T result;
        List<Exchange> forgotten;
        lock.lock();
        try {
            forgotten = evict(now);
            result = reading.get();
        } finally {
            lock.unlock();
        }
        report(forgotten);
        return result;
    }

    private long now() {
        return maxAgeNanos == 0 ? 0 : nanoClock.getAsLong();
    }

    /** Brings the exchanges within the limits; returns those that went, if anyone wants to know. */
    private List<Exchange> evict(long now) {
        List<Exchange> forgotten = List.of();
        Limit exceeded = exceeded(now);
        while (exceeded != Limit.NONE) {
            Exchange oldest = exchanges.removeOldest();
            count(exceeded);
            if (onForgotten != null) {
                forgotten = forgotten.isEmpty() ? new ArrayList<>(1) : forgotten;
                forgotten.add(oldest);
            }
            exceeded = exceeded(now);
        }
        return forgotten;
    }

    private Limit exceeded(long now) {
        if (exchanges.size() == 0) {
            return Limit.NONE;
        }
        if (maxAgeNanos > 0 && now - exchanges.oldestTime() > maxAgeNanos) {
            return Limit.AGE;
        }
        if (exchanges.size() > limits.maxExchanges()) {
            return Limit.COUNT;
        }
        return exchanges.weight() > limits.maxBytes() && exchanges.size() > 1 ? Limit.BYTES : Limit.NONE;
    }

    private void count(Limit exceeded) {
        switch (exceeded) {
            case AGE -> evictedByAge++;
            case COUNT -> evictedByCount++;
            case BYTES -> evictedByBytes++;
            case NONE -> throw new IllegalStateException("evicted for no reason");
        }
    }

    private void report(List<Exchange> forgotten) {
        if (onForgotten != null) {
            forgotten.forEach(onForgotten);
        }
    }

    /** The limits that an exchange can fall to. */
    private enum Limit {
        NONE,
        AGE,
        COUNT,
        BYTES
    }

    /** What one waiting thread has not looked at yet, of exchanges or of tunnels. */
    private final class Newcomers<T> {
        private final LongSupplier count;
        private final LongFunction<List<T>> from;
        private long seen;

        /** What counts those that were ever added, and what copies those from a number on; called under the lock. */
        Newcomers(LongSupplier count, LongFunction<List<T>> from) {
            this.count = count;
            this.from = from;
        }

        /** The first that is wanted of those that are there and those that come, up to a time. */
        Optional<T> first(Predicate<? super T> wanted, Duration timeout) throws InterruptedException {
            long start = System.nanoTime();
            long limit = Nanos.of(timeout);
            if (limit <= 0) {
                fetched(); // if not, what comes of it tells so
            }
            while (true) {
                for (T next : next(limit - (System.nanoTime() - start))) {
                    if (wanted.test(next)) {
                        return Optional.of(next);
                    }
                }
                if (System.nanoTime() - start >= limit) {
                    return Optional.empty();
                }
            }
        }

        /** Those added since the last call; if there are none, waits for some, up to a time. */
        private List<T> next(long maxNanos) throws InterruptedException {
            if (feed != null) {
                feed.hasten();
            }
            lock.lockInterruptibly();
            try {
                long left = maxNanos;
                while (seen == count.getAsLong() && left > 0) {
                    someoneWaits = true;
                    left = added.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
            return read(this::unseen);
        }

        private List<T> unseen() {
            List<T> unseen = from.apply(seen);
            seen = count.getAsLong();
            return unseen;
        }
    }
}
