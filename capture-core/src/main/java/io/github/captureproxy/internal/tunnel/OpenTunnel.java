package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.spi.TlsInspection;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A tunnel whose CONNECT has been answered: its client, its record, and who is told of its end. For one worker thread. */
final class OpenTunnel {
    private final ProxyContext context;
    private final Channel client;
    private final Destination destination;
    private final TunnelRecord record;
    private final ConnectTunnel.Owner owner;
    private final Runnable leave;
    private long readBefore;
    private long writtenBefore;

    /**
     * Puts the parts together.
     *
     * @param context what all connections share
     * @param client the client's channel
     * @param destination where it leads
     * @param record what is recorded
     * @param owner the client's connection
     * @param leave gives the tunnel's place back
     */
    OpenTunnel(
            ProxyContext context,
            Channel client,
            Destination destination,
            TunnelRecord record,
            ConnectTunnel.Owner owner,
            Runnable leave) {
        this.context = context;
        this.client = client;
        this.destination = destination;
        this.record = record;
        this.owner = owner;
        this.leave = leave;
    }

    ProxyContext context() {
        return context;
    }

    Channel client() {
        return client;
    }

    Destination destination() {
        return destination;
    }

    TunnelRecord record() {
        return record;
    }

    ConnectTunnel.Owner owner() {
        return owner;
    }

    /** What the client sends and gets from now on, and so many early bytes, belongs to the tunnel; the answer does not. */
    void begins(int early, int answer) {
        readBefore = client.bytesRead() - early;
        writtenBefore = client.bytesWritten() + answer;
    }

    /** Plain HTTP inside has ended; the client's connection tells its owner itself. */
    void plainInsideEnded(Channel target, Outcome.Status status, Outcome.Side side, String detail) {
        leave.run();
        record.passed(client.bytesRead() - readBefore, target.bytesRead());
        record.ended(status, side, detail);
    }

    /** HTTP inside TLS has ended; the client's connection tells its owner itself. */
    void tlsInsideEnded(Outcome.Status status, Outcome.Side side, String detail) {
        leave.run();
        record.passed(client.bytesRead() - readBefore, client.bytesWritten() - writtenBefore);
        record.ended(status, side, detail);
    }

    /** What an inspection makes of a client's end: one that fails at that must not keep the tunnel from ending. */
    Optional<TlsInspection.TlsProblem> judge(TlsInspection inspection, TlsInspection.ClientEnd end) {
        try {
            return inspection.clientEnded(end);
        } catch (RuntimeException e) { // the program may have brought an interceptor of its own
            context.reactor().defect("the TLS interceptor failed to judge a client's end", e);
            return Optional.empty();
        }
    }

    /** All is over, and neither a relay nor the inside tells of it. */
    void ended(Outcome.Status status, Outcome.Side side, String detail) {
        record.passed(client.bytesRead() - readBefore, client.bytesWritten() - writtenBefore);
        endedUnopened(status, side, detail);
    }

    /** The same for one whose target was never there: what the client has sent has gone nowhere. */
    void endedUnopened(Outcome.Status status, Outcome.Side side, String detail) {
        leave.run();
        if (context.reactor().isClosing()) {
            record.ended(Outcome.Status.PROXY_CLOSED, Outcome.Side.PROXY, "the proxy was closed");
        } else {
            record.ended(status, side, detail);
        }
        owner.tunnelClosed();
    }

    /** Relays what comes from both sides from now on. */
    void relay(Reason reason, String detail, Channel target, byte[] fromClient, byte[] fromTarget) {
        record.reason(reason, detail);
        new RawRelay(context, client, target, observer(target)).start(fromClient, fromTarget);
    }

    /** Relays what is decrypted on both sides, and is not HTTP. */
    void relayInside(Channel target, InsideWatch watch, byte[] fromClient, byte[] fromTarget) {
        record.reason(Reason.INTERCEPTED_NOT_HTTP, "");
        new RawRelay(context, client, target, watch.before(observer(target))).start(fromClient, fromTarget);
    }

    private RelayObserver observer(Channel target) {
        return new RelayObserver() {
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
        };
    }
}
