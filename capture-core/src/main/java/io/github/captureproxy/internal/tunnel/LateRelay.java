package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.internal.forward.Connector;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;

/**
 * A tunnel that was opened without its target, as rules see to all requests for that, and in which something else is
 * spoken than can be shown to rules: it is connected after all, and relayed. For one worker thread.
 */
final class LateRelay {
    private final OpenTunnel tunnel;
    private final Channel client;
    private Runnable cancel = () -> {};
    private boolean over;

    LateRelay(OpenTunnel tunnel) {
        this.tunnel = tunnel;
        this.client = tunnel.client();
    }

    /** Connects, and relays what has come so far and what follows. */
    void start(Reason reason, String detail, byte[] fromClient) {
        ProxyContext context = tunnel.context();
        client.reading(false);
        client.handler(new WaitingEnd(context.reactor(), this::clientGone, this::timeUp));
        client.deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        cancel = Connector.connect(context, client, tunnel.destination(), new Connector.Callback() {
            @Override
            public void connected(Channel channel, byte[] early) {
                over = true;
                tunnel.relay(reason, detail, channel, fromClient, early);
            }

            @Override
            public void failed(Failure failure) {
                end(failure.status(), failure.side(), failure.detail());
            }
        });
    }

    private void timeUp() {
        end(Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN, "connecting to the target took too long");
    }

    private void clientGone() {
        end(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, "the client's connection broke");
    }

    private void end(Outcome.Status status, Outcome.Side side, String detail) {
        if (!over) {
            over = true;
            cancel.run();
            client.reset();
            tunnel.ended(status, side, detail);
        }
    }
}
