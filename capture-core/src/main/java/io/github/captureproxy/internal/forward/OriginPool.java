package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Worker;
import java.net.InetSocketAddress;
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

    /** What was kept last, in TLS, for a tunnel to a target: the next client likely wants the same. */
    private final Map<Destination.Key, Destination.Key> lastInTls = new HashMap<>();

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
     * Guesses if an inspected tunnel will find a kept connection on this worker. What it needs shows in its client's hello
     * only: so that can be another connection after all.
     *
     * @param context what all connections share
     * @param client who opens the tunnel
     * @param target where it leads
     * @return true if the last one that was kept for such a tunnel can be used, and this client may
     */
    public static boolean likelyKeeps(ProxyContext context, Channel client, Destination target) {
        OriginPool pool = current(context);
        Destination.Key last = pool.lastInTls.get(target.targetKey());
        OriginSlot slot = last == null ? null : pool.slots.get(last);
        if (slot == null) {
            return false;
        }
        Http2Origin shared = slot.withRoom();
        Optional<InetSocketAddress> address = shared == null
                ? slot.newest().map(OriginConnection::remoteAddress)
                : Optional.of(shared.channel().remoteAddress());
        return address.filter(known -> mayReach(context, client, target, known)).isPresent();
    }

    /** What was connected to for one client may be closed to another: it is judged as an address to dial is. */
    static boolean mayReach(ProxyContext context, Channel client, Destination destination, InetSocketAddress address) {
        return context.dialer()
                .policy()
                .refuses(address, AddressPolicy.Client.on(client), destination.configured())
                .isEmpty();
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
        OriginPool pool = current(context);
        OriginSlot slot = pool.slot(destination);
        pool.noteInTls(destination);
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

    private void noteInTls(Destination destination) {
        if (lastInTls.size() > MANY) {
            lastInTls.values().removeIf(key -> !slots.containsKey(key));
        }
        lastInTls.put(destination.targetKey(), destination.key());
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
