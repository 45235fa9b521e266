package io.github.captureproxy.internal.forward;

import java.util.HashMap;
import java.util.Map;

/** The kept connections of one worker. For the worker's thread alone. */
public final class OriginPool {
    /** Next hops past which those without a kept connection are forgotten: a crawler may visit any number. */
    private static final int MANY = 4_096;

    private final Map<Destination.Key, OriginSlot> slots = new HashMap<>();
    private final OriginLoad.Table loads;
    private final int maxIdle;

    /**
     * Makes an empty pool.
     *
     * @param loads counts the connections in use, of all workers together
     * @param maxIdle connections kept to one next hop
     */
    OriginPool(OriginLoad.Table loads, int maxIdle) {
        this.loads = loads;
        this.maxIdle = maxIdle;
    }

    int maxIdle() {
        return maxIdle;
    }

    OriginSlot slot(Destination destination) {
        if (slots.size() > MANY) {
            slots.values().removeIf(OriginSlot::isEmpty);
        }
        return slots.computeIfAbsent(destination.key(), key -> new OriginSlot(this, key, loads.of(key)));
    }

    /** The slot that has a slot's key now: it, unless it was forgotten and made anew meanwhile. */
    OriginSlot current(OriginSlot slot) {
        return slots.computeIfAbsent(slot.key(), unused -> slot);
    }

    /** A slot without connections is made again when it is needed. */
    void forget(OriginSlot slot) {
        slots.remove(slot.key(), slot);
    }
}
