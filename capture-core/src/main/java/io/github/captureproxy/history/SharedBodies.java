package io.github.captureproxy.history;

import io.github.captureproxy.exchange.BodySource;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Weighs the bodies that exchanges of a history may share: each is in memory once, until the last exchange that has it is
 * forgotten. Calls none of their methods. Not safe for use by several threads.
 */
final class SharedBodies {
    private final IdentityHashMap<BodySource, Holders> held = new IdentityHashMap<>();
    private final ArrayDeque<OfExchange> exchanges = new ArrayDeque<>();
    private long weight;

    /** A body, and how many bytes of memory it takes up. */
    record Weighed(BodySource body, long bytes) {}

    /** The shared bodies of one exchange, which has a number. */
    private record OfExchange(long number, List<Weighed> bodies) {}

    /** How often a body is held, and what it weighed when it came. */
    private static final class Holders {
        private final long bytes;
        private int count;

        Holders(long bytes) {
            this.bytes = bytes;
        }
    }

    /** Takes in the bodies of an exchange, one perhaps several times. The numbers of exchanges rise. */
    void add(long number, List<Weighed> bodies) {
        if (bodies.isEmpty()) {
            return;
        }
        exchanges.addLast(new OfExchange(number, bodies));
        for (Weighed each : bodies) {
            Holders holders = held.computeIfAbsent(each.body(), first -> new Holders(each.bytes()));
            weight += holders.count++ == 0 ? holders.bytes : 0;
        }
    }

    /** Lets go of the bodies of an exchange, if it has any; those before it are gone already. */
    void remove(long number) {
        OfExchange oldest = exchanges.peekFirst();
        if (oldest == null || oldest.number() != number) {
            return;
        }
        exchanges.removeFirst();
        for (Weighed each : oldest.bodies()) {
            Holders holders = held.get(each.body());
            if (holders != null && --holders.count == 0) {
                held.remove(each.body());
                weight -= holders.bytes;
            }
        }
    }

    /** Forgets all. */
    void clear() {
        held.clear();
        exchanges.clear();
        weight = 0;
    }

    /** What they weigh together, in bytes. */
    long weight() {
        return weight;
    }
}
