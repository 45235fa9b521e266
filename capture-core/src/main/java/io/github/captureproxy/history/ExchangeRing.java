package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges in order, numbered from 0 as they come, with their weights and times. It grows by doubling, so that an
 * empty history costs next to nothing; its owner bounds it. Not safe for use by several threads.
 */
final class ExchangeRing {
    private static final int FIRST_CAPACITY = 64;

    private @Nullable Exchange[] exchanges = new @Nullable Exchange[FIRST_CAPACITY];
    private long[] weights = new long[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private long first;
    private long next;
    private long weight;
    private final SharedBodies shared = new SharedBodies();

    /** Adds an exchange that weighs so much, and besides has these bodies that others may share. */
    void add(Exchange exchange, long itsWeight, List<SharedBodies.Weighed> bodies, long nanos) {
        if (size() == exchanges.length) {
            grow();
        }
        shared.add(next, bodies);
        int slot = slot(next++);
        exchanges[slot] = exchange;
        weights[slot] = itsWeight;
        times[slot] = nanos;
        weight += itsWeight;
    }

    Exchange removeOldest() {
        shared.remove(first);
        int slot = slot(first++);
        Exchange oldest = Objects.requireNonNull(exchanges[slot], "removed from an empty ring");
        exchanges[slot] = null;
        weight -= weights[slot];
        return oldest;
    }

    /** When the oldest was added; only meaningful if there is one. */
    long oldestTime() {
        return times[slot(first)];
    }

    int size() {
        return (int) (next - first);
    }

    /** What all exchanges here weigh, in bytes; a body that several of them share counts once. */
    long weight() {
        return weight + shared.weight();
    }

    /** The number that the next exchange will get. */
    long nextNumber() {
        return next;
    }

    /** Those that are still here of the exchanges from a number on. */
    List<Exchange> from(long number) {
        List<Exchange> copy = new ArrayList<>((int) (next - Math.max(number, first)));
        for (long i = Math.max(number, first); i < next; i++) {
            copy.add(Objects.requireNonNull(exchanges[slot(i)]));
        }
        return copy;
    }

    /** Forgets all; the numbers go on. */
    void clear() {
        exchanges = new @Nullable Exchange[FIRST_CAPACITY];
        weights = new long[FIRST_CAPACITY];
        times = new long[FIRST_CAPACITY];
        first = next;
        weight = 0;
        shared.clear();
    }

    private void grow() {
        int used = exchanges.length;
        exchanges = Arrays.copyOf(exchanges, used * 2);
        weights = Arrays.copyOf(weights, used * 2);
        times = Arrays.copyOf(times, used * 2);
        relocate(used);
    }

    /** After doubling, a number's slot is the old one or the old one plus the old capacity. */
    private void relocate(int used) {
        for (long number = first; number < next; number++) {
            int from = (int) number & (used - 1);
            int to = slot(number);
            if (from != to) {
                exchanges[to] = exchanges[from];
                weights[to] = weights[from];
                times[to] = times[from];
                exchanges[from] = null;
            }
        }
    }

    private int slot(long number) {
        return (int) number & (exchanges.length - 1);
    }
}
