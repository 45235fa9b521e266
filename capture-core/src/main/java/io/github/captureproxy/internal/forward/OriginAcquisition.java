package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.OriginVerdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets one exchange its connection: the one bound to the client, a stream of one that is shared, a kept one, or a new
 * one, within the origin's limit.
 */
final class OriginAcquisition {
    /**
     * How long a plain origin may take to show that it speaks HTTP/2 before HTTP/1.1 is tried. One that does says so at
     * once; one that does not may wait for the rest of a request.
     */
    private static final Duration UNSPOKEN = Duration.ofSeconds(2);

    private static final byte[] NOTHING = {};

    private final ProxyContext context;
    private final ClientSide client;
    private final ExchangeRelay relay;
    private final Destination destination;
    private @Nullable OriginConnection pinned;
    private @Nullable OriginLoad entered;
    private @Nullable Runnable waiting;
    private boolean dials;
    private Runnable cancel = () -> {};

    OriginAcquisition(
            ProxyContext context,
            ClientSide client,
            ExchangeRelay relay,
            Destination destination,
            @Nullable OriginConnection pinned) {
        this.context = context;
        this.client = client;
        this.relay = relay;
        this.destination = destination;
        this.pinned = pinned;
    }

    void begin(boolean mayReuse) {
        OriginConnection bound = pinned;
        if (mayReuse && bound != null && bound.isUsable() && bound.leadsTo(destination)) {
            relay.connected(bound);
            return;
        }
        OriginSlot slot = pool().slot(destination);
        Http2Origin shared = shared(slot);
        if (shared != null) {
            useStream(shared);
        } else if (isInTunnel()) {
            relay.notTaken("the tunnel's connection takes no more requests");
        } else if (mayShare(slot) && slot.isDialling()) {
            awaitDial(slot);
        } else if (entered != null || enter(slot.load(), mayReuse)) {
            acquire(slot, mayReuse);
        }
    }

    private OriginPool pool() {
        return OriginPool.current(context);
    }

    /** All streams of a client's connection go on one to the origin, as they would without the proxy. */
    private @Nullable Http2Origin shared(OriginSlot slot) {
        Http2Origin own = client.http2Origin();
        boolean usable = own != null && own.isUsable() && (own.isInTunnel() || own.leadsTo(slot));
        // A client of HTTP/1 may want chunks or another protocol passed on: without TLS its origin takes them, too.
        if (usable) {
            return own;
        }
        Http2Origin free = destination.tls() != null || destination.http2() ? slot.withRoom() : null;
        return free != null && mayReach(free.channel().remoteAddress()) ? free : null;
    }

    private boolean mayReach(InetSocketAddress address) {
        return OriginPool.mayReach(context, client.channel(), destination, address);
    }

    /** The client chose one connection, and its way, by its CONNECT. */
    private boolean isInTunnel() {
        Http2Origin own = client.http2Origin();
        return own != null && own.isInTunnel();
    }

    private boolean mayShare(OriginSlot slot) {
        return destination.http2() && !slot.load().isHttp1Only();
    }

    private void useStream(Http2Origin origin) {
        if (relay.request().keepsChunks()) {
            relay.notConnected(Failure.badGateway("the origin has changed to HTTP/2 within the tunnel"));
            return;
        }
        leave();
        client.http2Origin(origin);
        if (origin.hasRoom()) {
            openStream(origin);
            return;
        }
        Runnable later = () -> {
            cancel = () -> {};
            if (origin.hasTurn()) {
                openStream(origin);
            } else {
                begin(true);
            }
        };
        origin.whenRoom(later);
        cancel = () -> origin.withdraw(later);
        client.deadline(ProxyContext.deadline(context.config().timeouts().firstByte()));
    }

    private void openStream(Http2Origin origin) {
        Http2OriginStream stream = new Http2OriginStream(origin);
        if (relay.isStarting()) {
            relay.connected(stream);
        } else {
            relay.connectedLate(stream);
        }
    }

    private void limit() {
        client.deadline(ProxyContext.deadline(context.config().timeouts().connect()));
    }

    private void awaitDial(OriginSlot slot) {
        Consumer<Optional<Failure>> later = failure -> {
            cancel = () -> {};
            failure.ifPresentOrElse(relay::notConnected, () -> begin(true));
        };
        slot.whenDialled(later);
        cancel = () -> slot.withdraw(later);
        limit();
    }

    private boolean enter(OriginLoad load, boolean mayReuse) {
        Runnable later = () -> client.channel().execute(() -> {
            if (waiting != null) { // else it was given up meanwhile, and the place given back
                waiting = null;
                entered = load;
                begin(mayReuse);
            }
        });
        if (load.enter(later)) {
            entered = load;
            return true;
        }
        waiting = later;
        cancel = () -> {
            waiting = null;
            if (!load.withdraw(later)) {
                load.leave(); // the place was already on its way here
            }
        };
        limit();
        return false;
    }

    private void acquire(OriginSlot slot, boolean mayReuse) {
        // One that was made for a client of HTTP/1 tells nothing of what the origin speaks beside it.
        OriginConnection kept = mayReuse && !mayShare(slot) ? slot.take(each -> mayReach(each.remoteAddress())) : null;
        if (kept != null) {
            if (relay.isStarting()) {
                relay.connected(kept);
            } else {
                relay.connectedLate(kept);
            }
            return;
        }
        limit();
        relay.recorder().dialling();
        dials = mayShare(slot);
        if (dials) {
            slot.dials();
        }
        TlsInspection tls = destination.tls();
        if (tls == null) {
            dialPlain(slot);
        } else {
            dialSecure(slot, tls);
        }
    }

    private void dialPlain(OriginSlot slot) {
        dialling(slot, context.dialer().dial(client.channel(), destination.next(), new Dialer.Callback() {
            @Override
            public void resolved() {
                relay.recorder().resolved();
            }

            @Override
            public void connected(Channel channel) throws IOException {
                context.counters().originConnections.increment();
                if (mayShare(slot)) {
                    askPlain(channel, slot);
                } else {
                    connectedTo(channel, slot, null);
                }
            }

            @Override
            public void failed(Failure failure) {
                notConnected(slot, failure);
            }
        }));
    }

    /** The client speaks HTTP/2 without TLS, so that the origin may, too; if it does not, it is sent HTTP/1.1. */
    private void askPlain(Channel channel, OriginSlot slot) {
        Http2Origin origin = new Http2Origin(context, channel, slot, null);
        Runnable timer = context.reactor()
                .schedule(
                        () -> channel.execute(() -> {
                            if (!origin.hasSpoken()) {
                                channel.reset();
                            }
                        }),
                        unspokenMillis());
        origin.whenSpoken(
                () -> {
                    timer.run();
                    origin.share();
                    shares(origin, slot);
                },
                () -> {
                    timer.run();
                    slot.load().http1Only(true);
                    dialPlain(slot);
                });
        dialling(slot, () -> {
            origin.whenSpoken(() -> {}, () -> {});
            channel.reset();
        });
        origin.start(NOTHING);
    }

    /** Less than the time for connecting, which has to do for the second try, too. */
    private long unspokenMillis() {
        long connect = context.config().timeouts().connect().toMillis();
        return connect == 0 ? UNSPOKEN.toMillis() : Math.min(UNSPOKEN.toMillis(), connect / 2);
    }

    private void dialSecure(OriginSlot slot, TlsInspection tls) {
        dialling(slot, Connector.connect(context, client.channel(), destination, new Connector.Callback() {
            @Override
            public void resolved() {
                relay.recorder().resolved();
            }

            @Override
            public void connected(Channel channel, byte[] early) {
                relay.recorder().securing();
                secure(channel, early, slot, tls);
            }

            @Override
            public void failed(Failure failure) {
                notConnected(slot, failure);
            }
        }));
    }

    private void secure(Channel channel, byte[] early, OriginSlot slot, TlsInspection tls) {
        dialling(slot, OriginHandshake.start(context, tls, channel, early, new OriginHandshake.Callback() {
            @Override
            public void accepted(OriginVerdict.Accepted verdict) {
                boolean isHttp2 = OriginPool.isHttp2(verdict.facts());
                slot.load().http1Only(!isHttp2);
                if (isHttp2) {
                    Http2Origin origin = new Http2Origin(context, channel, slot, verdict.facts());
                    origin.share();
                    origin.start(NOTHING);
                    shares(origin, slot);
                } else {
                    connectedTo(channel, slot, verdict.facts());
                }
            }

            @Override
            public void refused(OriginVerdict.Refused verdict) {
                if (verdict.again() && !context.reactor().isClosing()) { // it speaks what its client does not offer
                    dialSecure(slot, tls);
                    return;
                }
                if (!context.reactor().isClosing()) {
                    relay.recorder().tlsFailed(TlsFailures.of(tls, Outcome.Side.ORIGIN, verdict.problem()));
                }
                notConnected(slot, OriginHandshake.failure(verdict));
            }
        }));
    }

    /** A dial that is given up leaves those that wait for it to themselves. */
    private void dialling(OriginSlot slot, Runnable giveUp) {
        cancel = () -> {
            giveUp.run();
            dialled(slot, Optional.empty());
        };
    }

    private void dialled(OriginSlot slot, Optional<Failure> failure) {
        if (dials) {
            dials = false;
            slot.dialled(failure);
        }
    }

    private void shares(Http2Origin origin, OriginSlot slot) {
        cancel = () -> {};
        useStream(origin);
        dialled(slot, Optional.empty());
    }

    private void connectedTo(Channel channel, OriginSlot slot, @Nullable OriginTls tls) {
        cancel = () -> {};
        relay.connectedLate(new OriginConnection(context, channel, destination, slot, tls));
        dialled(slot, Optional.empty());
    }

    private void notConnected(OriginSlot slot, Failure failure) {
        cancel = () -> {};
        relay.notConnected(failure);
        dialled(slot, Optional.of(failure));
    }

    void pin(OriginConnection connection) {
        pinned = connection;
    }

    /** Lets the connection that is bound to the client rest; false if it is another. */
    boolean rests(OriginSide connection) {
        OriginConnection bound = pinned;
        if (bound == null || bound != connection) {
            return false;
        }
        bound.rest();
        return true;
    }

    void cancel() {
        Runnable given = cancel;
        cancel = () -> {};
        given.run();
    }

    /** Gives the place under the origin's limit back. */
    void leave() {
        OriginLoad load = entered;
        entered = null;
        if (load != null) {
            load.leave();
        }
    }
}
