package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.forward.Connector;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;
import java.util.Arrays;

/**
 * The target of a tunnel that was opened without it, and in which something else is spoken than what stands in for it
 * can take: it is connected to after all. If that fails, the tunnel ends, recorded as one that never opened, although its
 * client was told otherwise. For one worker thread.
 */
final class LateTarget {
    private final OpenTunnel tunnel;
    private final ProxyContext context;
    private final Channel client;
    private final Next next;
    private byte[] fromClient;
    private Runnable cancel = () -> {};
    private boolean over;

    /** Who goes on with the tunnel once its target is there. */
    @FunctionalInterface
    interface Next {
        /**
         * Takes both connections over. The client's has no deadline.
         *
         * @param target the connection to the target
         * @param fromClient all that the client has sent so far
         * @param fromTarget what the target has sent already
         */
        void connected(Channel target, byte[] fromClient, byte[] fromTarget);
    }

    LateTarget(OpenTunnel tunnel, byte[] fromClient, Next next) {
        this.tunnel = tunnel;
        this.context = tunnel.context();
        this.client = tunnel.client();
        this.fromClient = fromClient;
        this.next = next;
    }

    /** Connects, and hands over. */
    void connect() {
        tunnel.record().opensLate();
        client.handler(new ListeningEnd(context.reactor(), client, new Client()));
        client.reading(true);
        client.deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        cancel = Connector.connect(context, client, tunnel.destination(), new Connector.Callback() {
            @Override
            public void connected(Channel channel, byte[] early) {
                over = true;
                client.deadline(0);
                client.reading(false);
                tunnel.record().opened();
                next.connected(channel, fromClient, early);
            }

            @Override
            public void failed(Failure failure) {
                end(failure.status(), failure.side(), failure.detail());
            }
        });
    }

    private void end(Outcome.Status status, Outcome.Side side, String detail) {
        if (!over) {
            over = true;
            cancel.run();
            client.reset();
            tunnel.endedUnopened(status, side, detail);
        }
    }

    /** What the client does meanwhile. The end of its stream is the next one's business. */
    private final class Client implements ListeningEnd.Peer {
        @Override
        public void said(byte[] bytes) {
            int known = fromClient.length;
            fromClient = Arrays.copyOf(fromClient, known + bytes.length);
            System.arraycopy(bytes, 0, fromClient, known, bytes.length);
        }

        @Override
        public void ended() {
            client.peerMayHaveLeft(); // or it has only said all that it wanted to
        }

        @Override
        public void gone() {
            end(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, "the client's connection broke");
        }

        @Override
        public void timeUp() {
            end(Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN, "connecting to the target took too long");
        }
    }
}
