package io.github.captureproxy.internal.forward;

import java.util.HashMap;
import java.util.Map;

/** The kept connections of one worker. For the worker's thread alone. */
public final class OriginPool {
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
        return slots.computeIfAbsent(destination.key(), key -> new OriginSlot(this, key, loads.of(key)));
    }

    /** A slot without connections is made again when it is needed; a client that still holds it can go on using it. */
    void forget(OriginSlot slot) {
        slots.remove(slot.key(), slot);
    }
}
