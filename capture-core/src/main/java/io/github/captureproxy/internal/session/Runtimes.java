package io.github.captureproxy.internal.session;

import io.github.captureproxy.history.CaptureSession.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * When a session ran: in time, and in ids of requests, which tell without a clock what came in meanwhile. Changed under
 * its own lock, which guards no more than a few steps; read without one.
 */
final class Runtimes {
    /** Earlier stretches are forgotten: what came in during them has long ended. */
    private static final int MAX_STRETCHES = 1000;

    private final LongSupplier lastId;
    private final LongSupplier nanoClock;
    private volatile List<Stretch> stretches = List.of();
    private volatile State state = State.PAUSED;
    private long nanosBefore;
    private long since;

    /** The ids of requests that came in from a start or a resume to a pause or the stop. */
    private record Stretch(long after, long last) {
        boolean has(long id) {
            return id > after && id <= last;
        }
    }

    Runtimes(LongSupplier lastId, LongSupplier nanoClock) {
        this.lastId = lastId;
        this.nanoClock = nanoClock;
    }

    State state() {
        return state;
    }

    /** Tells if a request came in while it ran. */
    boolean has(long id) {
        List<Stretch> all = stretches;
        for (int i = all.size() - 1; i >= 0; i--) { // most are of the last one
            if (all.get(i).has(id)) {
                return true;
            }
        }
        return false;
    }

    synchronized void run() {
        if (state == State.PAUSED) {
            List<Stretch> all = new ArrayList<>(stretches);
            if (all.size() == MAX_STRETCHES) {
                all.remove(0);
            }
            all.add(new Stretch(lastId.getAsLong(), Long.MAX_VALUE));
            stretches = List.copyOf(all);
            since = nanoClock.getAsLong();
            state = State.RUNNING;
        }
    }

    synchronized void pause() {
        end(State.PAUSED);
    }

    /** False if it was stopped before. */
    synchronized boolean stop() {
        boolean first = state != State.STOPPED;
        end(State.STOPPED);
        return first;
    }

    private void end(State next) {
        if (state == State.RUNNING) {
            List<Stretch> all = new ArrayList<>(stretches);
            Stretch open = all.remove(all.size() - 1);
            all.add(new Stretch(open.after(), lastId.getAsLong()));
            stretches = List.copyOf(all);
            nanosBefore += nanoClock.getAsLong() - since;
        }
        if (state != State.STOPPED) {
            state = next;
        }
    }

    synchronized Duration total() {
        return Duration.ofNanos(nanosBefore + (state == State.RUNNING ? nanoClock.getAsLong() - since : 0));
    }
}
