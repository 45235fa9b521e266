package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Worker;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The kept connections of one worker. For the worker's thread alone. */
public final class OriginPool {
    /** Next hops past which those without a kept connection are forgotten: a crawler may visit any number. */
    private static final int MANY = 4_096;

    /** Its name in ALPN. */
    private static final String HTTP2 = "h2";

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

    /** The pool of the worker that runs the caller. */
    static OriginPool current(ProxyContext context) {
        return Worker.current()
                .local(
                        OriginPool.class,
                        () -> new OriginPool(
                                context.dialer().loads(),
                                context.config().limits().idlePerOrigin()));
    }

    /**
     * What a kept connection to a destination speaks, if there is one on this worker.
     *
     * @param context what all connections share
     * @param destination where it leads, in TLS
     * @return the application protocol, empty if none was negotiated; no value without a connection that can be used
     */
    public static Optional<String> protocolOfKept(ProxyContext context, Destination destination) {
        OriginSlot slot = current(context).slots.get(destination.key());
        if (slot != null && slot.isShared()) {
            return Optional.of(HTTP2);
        }
        return slot == null
                ? Optional.empty()
                : slot.newest()
                        .map(OriginConnection::tls)
                        .map(tls -> tls.applicationProtocol().orElse(""));
    }

    /**
     * Keeps a connection for the first exchange that wants one.
     *
     * @param context what all connections share
     * @param channel the connection
     * @param destination where it leads, in TLS
     * @param tls what its handshake showed
     */
    public static void keep(ProxyContext context, Channel channel, Destination destination, OriginTls tls) {
        OriginSlot slot = current(context).slot(destination);
        if (isHttp2(tls)) {
            Http2Origin origin = new Http2Origin(context, channel, slot, tls);
            origin.share();
            origin.start(new byte[0]);
        } else {
            new OriginConnection(context, channel, destination, slot, tls).keepUnused();
        }
    }

    /** The origin chose HTTP/2 by ALPN (RFC 9113 section 3.2). */
    static boolean isHttp2(OriginTls tls) {
        return tls.applicationProtocol().filter(HTTP2::equals).isPresent();
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
