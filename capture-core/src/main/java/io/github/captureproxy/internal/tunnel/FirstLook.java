package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.wire.ClientHelloParser;
import io.github.captureproxy.internal.wire.FirstBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Watches both sides of a tunnel that has just been opened until the first bytes tell what is spoken inside. A client
 * that says nothing is waited for.
 */
final class FirstLook {
    /** Bytes taken in one read; what is looked at is small. */
    private static final int READ_BYTES = 8 * 1024;

    /** A client that stops within what may become a request line may be waiting for an answer to just that. */
    private static final Duration HESITATION = Duration.ofSeconds(1);

    private static final byte[] NOTHING = {};

    private final ProxyContext context;
    private final Channel client;
    private final Channel target;
    private final TunnelRecord record;
    private final Destination destination;
    private final ConnectTunnel.Owner owner;
    private final Runnable leave;
    private byte[] fromClient = NOTHING;
    private boolean decided;

    FirstLook(
            ProxyContext context,
            Channel client,
            Channel target,
            TunnelRecord record,
            Destination destination,
            ConnectTunnel.Owner owner,
            Runnable leave) {
        this.context = context;
        this.client = client;
        this.target = target;
        this.record = record;
        this.destination = destination;
        this.owner = owner;
        this.leave = leave;
    }

    ChannelHandler clientEnd() {
        return new End(true);
    }

    ChannelHandler targetEnd() {
        return new End(false);
    }

    void start(byte[] early, byte[] fromTarget) {
        client.deadline(ProxyContext.deadline(context.config().timeouts().tunnelIdle()));
        fromClient = early;
        if (fromTarget.length > 0) {
            relay(Reason.SERVER_SPEAKS_FIRST, fromTarget);
            return;
        }
        if (early.length > 0) {
            look();
        }
        if (!decided) {
            client.reading(true);
            target.reading(true);
        }
    }

    private void look() {
        ByteBuffer bytes = ByteBuffer.wrap(fromClient);
        switch (FirstBytes.of(bytes)) {
            case NEED_MORE -> client.deadline(ProxyContext.deadline(HESITATION));
            case HTTP1 -> plainHttp();
            case TLS -> tls(bytes);
            default -> relay(Reason.NOT_TLS, NOTHING);
        }
    }

    private void plainHttp() {
        decided = true;
        client.deadline(0);
        record.reason(Reason.PLAIN_HTTP);
        long before = client.bytesRead() - fromClient.length;
        owner.plainHttpInside(record.id(), destination, target, fromClient, (status, side, detail) -> {
            leave.run();
            record.passed(client.bytesRead() - before, target.bytesRead());
            record.ended(status, side, detail);
        });
    }

    private void tls(ByteBuffer bytes) {
        ClientHelloParser.Result result = ClientHelloParser.parse(bytes);
        switch (result.status()) {
            case NEED_MORE -> client.deadline(ProxyContext.deadline(HESITATION));
            case NOT_TLS -> relay(Reason.NOT_TLS, NOTHING);
            default -> {
                result.hello().ifPresent(record::hello);
                relay(Reason.NOT_CONFIGURED, NOTHING);
            }
        }
    }

    /** What a client that stopped in the middle was about to speak. */
    private Reason unfinished() {
        return FirstBytes.of(ByteBuffer.wrap(fromClient)) == FirstBytes.Kind.TLS
                ? Reason.NOT_CONFIGURED
                : Reason.NOT_TLS;
    }

    private void relay(Reason reason, byte[] fromTarget) {
        decided = true;
        record.reason(reason);
        new RawRelay(context, client, target, new Observed()).start(fromClient, fromTarget);
    }

    void clientBroke() {
        abort(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, "the client's connection broke");
    }

    private void abort(Outcome.Status status, Outcome.Side side, String detail) {
        if (!decided) {
            decided = true;
            client.reset();
            target.reset();
            if (context.reactor().isClosing()) {
                new Observed().ended(Outcome.Status.PROXY_CLOSED, Outcome.Side.PROXY, "the proxy was closed");
            } else {
                new Observed().ended(status, side, detail);
            }
        }
    }

    /** Gives the tunnel's place back when it ends. */
    private final class Observed implements RelayObserver {
        @Override
        public void sent(ByteBuffer buffer, int from, int length) {
            record.sent(buffer, from, length);
        }

        @Override
        public void received(ByteBuffer buffer, int from, int length) {
            record.received(buffer, from, length);
        }

        @Override
        public void ended(Outcome.Status status, Outcome.Side side, String detail) {
            leave.run();
            context.dialer().closed(target);
            record.ended(status, side, detail);
            owner.tunnelClosed();
        }
    }

    /** One of the two sides while nothing is decided. */
    private final class End implements ChannelHandler {
        private final boolean isClient;

        End(boolean isClient) {
            this.isClient = isClient;
        }

        @Override
        public void readable() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
            int count = (isClient ? client : target).read(buffer);
            byte[] bytes = count > 0 ? Arrays.copyOf(buffer.array(), count) : NOTHING;
            if (count == 0) {
                return;
            }
            if (!isClient) {
                relay(count < 0 ? Reason.NOTHING_SENT : Reason.SERVER_SPEAKS_FIRST, bytes);
            } else if (count < 0) {
                // The socket tells the end of a stream again when the relay reads it.
                relay(fromClient.length == 0 ? Reason.NOTHING_SENT : unfinished(), NOTHING);
            } else {
                int known = fromClient.length;
                fromClient = Arrays.copyOf(fromClient, known + count);
                System.arraycopy(bytes, 0, fromClient, known, count);
                look();
            }
        }

        @Override
        public void drained() {
            // the 200 has gone out
        }

        @Override
        public boolean isMidway() {
            return true;
        }

        @Override
        public void deadlinePassed() {
            if (fromClient.length > 0) {
                relay(unfinished(), NOTHING);
            } else {
                abort(Outcome.Status.TIMED_OUT, Outcome.Side.CLIENT, "nothing was sent in the tunnel");
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (!(cause instanceof IOException)) {
                context.reactor().defect("a tunnel failed", cause);
                abort(Outcome.Status.INTERNAL_ERROR, Outcome.Side.PROXY, "an error inside the proxy");
            }
            closed();
        }

        @Override
        public void closed() {
            if (isClient) {
                clientBroke();
            } else {
                abort(Outcome.Status.ORIGIN_ABORTED, Outcome.Side.ORIGIN, "the target's connection broke");
            }
        }
    }
}
