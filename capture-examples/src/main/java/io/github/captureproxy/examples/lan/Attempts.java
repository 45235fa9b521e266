package io.github.captureproxy.examples.lan;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong codes, of each client and of all. Not safe for several threads: whoever owns it has a lock. */
final class Attempts {
    /** Wrong codes of one client within {@link #WINDOW}: a person mistypes a few times. */
    static final int MAX_OF_CLIENT = 5;

    /** Wrong codes of all clients against one code: then a new one takes its place, and nobody may try for a while. */
    static final int MAX_IN_ALL = 20;

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** Clients that are remembered; a network of more than these is no home's, and the limit for all holds anyway. */
    static final int MAX_CLIENTS = 256;

    private final Map<InetAddress, Count> counts = new LinkedHashMap<>();
    private int inAll;
    private Instant pausedUntil = Instant.MIN;

    private record Count(Instant start, int wrong) {
        boolean isOver(Instant now) {
            return !now.isBefore(start.plus(WINDOW));
        }
    }

    /** The client may try a code. */
    boolean mayTry(InetAddress client, Instant now) {
        Count count = counts.get(client);
        return !now.isBefore(pausedUntil) && (count == null || count.isOver(now) || count.wrong() < MAX_OF_CLIENT);
    }

    /** Counts a wrong code. Returns true if a new code has to take the old one's place. */
    boolean wrong(InetAddress client, Instant now) {
        Count before = counts.remove(client);
        counts.put(
                client,
                before == null || before.isOver(now)
                        ? new Count(now, 1)
                        : new Count(before.start(), before.wrong() + 1));
        if (counts.size() > MAX_CLIENTS) {
            counts.remove(counts.keySet().iterator().next());
        }
        inAll++;
        if (inAll < MAX_IN_ALL) {
            return false;
        }
        inAll = 0;
        pausedUntil = now.plus(PAUSE);
        return true;
    }

    /** There is a new code: what was tried against the old one counts for its client alone. */
    void renewed() {
        inAll = 0;
    }
}
