package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.OriginVerdict;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gets one exchange its connection: the one bound to the client, a kept one, or a new one, within the origin's limit. */
final class OriginAcquisition {
    private static final Runnable NOTHING = () -> {};

    private final ProxyContext context;
    private final ClientSide client;
    private final ExchangeRelay relay;
    private final Destination destination;
    private @Nullable OriginConnection pinned;
    private @Nullable OriginLoad entered;
    private @Nullable Runnable waiting;
    private @Nullable OriginLoad waitingAt;
    private Runnable cancelDial = NOTHING;

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
        if (entered == null && !enter(slot.load(), mayReuse)) {
            return;
        }
        acquire(slot, mayReuse);
    }

    private OriginPool pool() {
        return OriginPool.current(context);
    }

    private boolean enter(OriginLoad load, boolean mayReuse) {
        Runnable later = () -> client.channel().execute(() -> {
            if (waiting != null) { // else it was given up meanwhile, and the place given back
                waiting = null;
                entered = load;
                acquire(pool().slot(destination), mayReuse);
            }
        });
        if (load.enter(later)) {
            entered = load;
            return true;
        }
        waiting = later;
        waitingAt = load;
        client.channel()
                .deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        return false;
    }

    private void acquire(OriginSlot slot, boolean mayReuse) {
        OriginConnection kept = mayReuse ? slot.take() : null;
        if (kept != null) {
            deliver(kept);
            return;
        }
        client.channel()
                .deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        relay.recorder().dialling();
        TlsInspection tls = destination.tls();
        if (tls == null) {
            dialPlain(slot);
        } else {
            dialSecure(slot, tls);
        }
    }

    private void dialPlain(OriginSlot slot) {
        cancelDial = context.dialer().dial(client.channel(), destination.next(), new Dialer.Callback() {
            @Override
            public void resolved() {
                relay.recorder().resolved();
            }

            @Override
            public void connected(Channel channel) throws IOException {
                context.counters().originConnections.increment();
                connectedTo(channel, slot, null);
            }

            @Override
            public void failed(Failure failure) {
                notConnected(failure);
            }
        });
    }

    private void dialSecure(OriginSlot slot, TlsInspection tls) {
        cancelDial = Connector.connect(context, client.channel(), destination, new Connector.Callback() {
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
                notConnected(failure);
            }
        });
    }

    private void secure(Channel channel, byte[] early, OriginSlot slot, TlsInspection tls) {
        cancelDial = OriginHandshake.start(context, tls, channel, early, new OriginHandshake.Callback() {
            @Override
            public void accepted(OriginVerdict.Accepted verdict) {
                connectedTo(channel, slot, verdict.facts());
            }

            @Override
            public void refused(OriginVerdict.Refused verdict) {
                if (!context.reactor().isClosing()) {
                    relay.recorder().tlsFailed(TlsFailures.of(tls, Outcome.Side.ORIGIN, verdict.problem()));
                }
                notConnected(OriginHandshake.failure(verdict));
            }
        });
    }

    private void connectedTo(Channel channel, OriginSlot slot, @Nullable OriginTls tls) {
        cancelDial = NOTHING;
        relay.connectedLate(new OriginConnection(context, channel, destination, slot, tls));
    }

    private void notConnected(Failure failure) {
        cancelDial = NOTHING;
        relay.notConnected(failure);
    }

    private void deliver(OriginConnection kept) {
        if (relay.isStarting()) {
            relay.connected(kept);
        } else {
            relay.connectedLate(kept);
        }
    }

    void pin(OriginConnection connection) {
        pinned = connection;
    }

    boolean isPinned(OriginConnection connection) {
        return pinned == connection;
    }

    void cancel() {
        cancelDial.run();
        Runnable queued = waiting;
        OriginLoad load = waitingAt;
        waiting = null;
        if (queued != null && load != null && !load.withdraw(queued)) {
            load.leave(); // the place was already on its way here
        }
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
