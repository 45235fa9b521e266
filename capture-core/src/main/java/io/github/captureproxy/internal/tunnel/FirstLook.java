package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.http2.ConnectionPreface;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.record.ExchangeRecorder.InTunnel;
import io.github.captureproxy.internal.wire.ClientHelloParser;
import io.github.captureproxy.internal.wire.FirstBytes;
import io.github.captureproxy.spi.ClientHello;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInterceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches both sides of a tunnel that has just been opened until the first bytes tell what is spoken inside. A client
 * that says nothing is waited for.
 */
final class FirstLook {
    /** Bytes taken in one read; what is looked at is small. */
    private static final int READ_BYTES = 8 * 1024;

    /** A client that stops within what may become a request line may be waiting for an answer to just that. */
    private static final Duration HESITATION = Duration.ofSeconds(1);

    /** A hello that spreads over packets may lose one on its way, and have it sent again. */
    private static final Duration SLOW_HELLO = Duration.ofSeconds(5);

    /**
     * What is to be inspected begins with the client's first bytes. One that says nothing for so long may wait for its
     * target to speak first, or keep the tunnel for later: either needs the connection.
     */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final byte[] NOTHING = {};

    private static final String NEITHER = "only TLS and HTTP are spoken in a tunnel to the proxy itself";

    private final OpenTunnel tunnel;
    private final ProxyContext context;
    private final Channel client;
    private @Nullable Channel target;
    private final TunnelRecord record;
    private final StandIn standIn;
    private byte[] fromClient = NOTHING;
    private byte[] fromTarget = NOTHING;
    private boolean decided;

    /**
     * Prepares the look.
     *
     * @param tunnel the tunnel
     * @param target the connection to its target; null if something stands in for it
     * @param standIn what that is
     */
    FirstLook(OpenTunnel tunnel, @Nullable Channel target, StandIn standIn) {
        this.standIn = standIn;
        this.tunnel = tunnel;
        this.context = tunnel.context();
        this.client = tunnel.client();
        this.target = target;
        this.record = tunnel.record();
    }

    ChannelHandler clientEnd() {
        return new End(client, true);
    }

    ChannelHandler targetEnd(Channel far) {
        return new End(far, false);
    }

    void start(byte[] early, byte[] earlyOfTarget) {
        Duration idle = context.config().timeouts().tunnelIdle();
        boolean brief = isTargetLate() && (idle.isZero() || SILENCE.compareTo(idle) < 0); // zero is no limit
        client.deadline(ProxyContext.deadline(brief ? SILENCE : idle));
        fromClient = early;
        if (earlyOfTarget.length > 0) {
            targetSpoke(earlyOfTarget);
        }
        if (!decided && early.length > 0) {
            look();
        }
        if (!decided) {
            client.reading(true);
            if (target != null) {
                target.reading(fromTarget.length == 0);
            }
        }
    }

    /** A kept connection was thought to stand in for the target. */
    private boolean isTargetLate() {
        return target == null && standIn == StandIn.KEPT;
    }

    /** It doesn't: the target is connected to, and the look begins again. */
    private void connectFirst() {
        decided = true;
        connectLate((channel, sent, early) -> {
            decided = false;
            target = channel;
            client.handler(clientEnd());
            channel.handler(targetEnd(channel));
            start(sent, early);
        });
    }

    private void connectLate(LateTarget.Next next) {
        new LateTarget(tunnel, fromClient, next).connect();
    }

    private void look() {
        ByteBuffer bytes = ByteBuffer.wrap(fromClient);
        switch (FirstBytes.of(bytes)) {
            case NEED_MORE -> client.deadline(ProxyContext.deadline(HESITATION));
            case HTTP2_PREFACE -> plainHttp();
            case HTTP1 -> {
                if (!targetSpokeFirst()) {
                    plainHttp();
                }
            }
            case TLS -> {
                if (!targetSpokeFirst()) {
                    tls(bytes);
                }
            }
            default -> {
                if (!targetSpokeFirst()) {
                    relay(Reason.NOT_TLS, NOTHING);
                }
            }
        }
    }

    /** A server of HTTP/2 may speak before its client, which then has to prove that it speaks that. */
    private void targetSpoke(byte[] bytes) {
        if (fromTarget.length == 0 && ConnectionPreface.isServers(bytes)) {
            fromTarget = bytes;
            if (target != null) {
                target.reading(false);
            }
            client.deadline(ProxyContext.deadline(HESITATION));
        } else {
            relay(Reason.SERVER_SPEAKS_FIRST, bytes);
        }
    }

    /** It did, and its client does not speak HTTP/2: so it was not that. */
    private boolean targetSpokeFirst() {
        if (fromTarget.length > 0) {
            relay(Reason.SERVER_SPEAKS_FIRST, fromTarget);
        }
        return decided;
    }

    private void plainHttp() {
        if (isTargetLate()) {
            connectFirst();
            return;
        }
        decided = true;
        client.deadline(0);
        record.reason(Reason.PLAIN_HTTP, "");
        Channel far = target;
        if (far == null) {
            InTunnel through = new InTunnel(record.id(), Reason.PLAIN_HTTP, null);
            Destination inside =
                    standIn == StandIn.PROXY ? null : tunnel.destination().insideTunnel();
            tunnel.owner().httpInside(through, inside, fromClient, tunnel::tlsInsideEnded);
            return;
        }
        tunnel.owner()
                .plainHttpInside(
                        record.id(),
                        tunnel.destination(),
                        far,
                        new ConnectTunnel.Early(fromClient, fromTarget),
                        (status, side, detail) -> tunnel.plainInsideEnded(far, status, side, detail));
    }

    private void tls(ByteBuffer bytes) {
        ClientHelloParser.Result result = ClientHelloParser.parse(bytes);
        switch (result.status()) {
            case NEED_MORE -> client.deadline(ProxyContext.deadline(SLOW_HELLO));
            case NOT_TLS -> relay(Reason.NOT_TLS, NOTHING);
            default -> result.hello().ifPresent(this::decide);
        }
    }

    private void decide(ClientHello hello) {
        record.hello(hello);
        Optional<TlsInterceptor> interceptor = context.config().tls();
        if (interceptor.isEmpty()) {
            relay(Reason.NOT_CONFIGURED, NOTHING);
            return;
        }
        TlsInterceptor.Decision decision = Interception.decide(interceptor.get(), tunnel, hello);
        if (decision instanceof TlsInterceptor.Decision.Inspect inspect) {
            inspect(inspect.inspection());
        } else if (decision instanceof TlsInterceptor.Decision.PassThrough passing) {
            relay(passing.reason(), passing.detail(), NOTHING);
        }
    }

    private void inspect(TlsInspection inspection) {
        Interception interception = new Interception(tunnel, inspection, fromClient);
        boolean forOrigin = target != null || isTargetLate();
        Optional<String> kept = forOrigin ? interception.protocolOfKept() : Optional.empty();
        decided = true;
        client.deadline(0);
        if (isTargetLate() && kept.isEmpty()) { // the hello asks for another one, or it was taken meanwhile
            connectLate((channel, sent, early) ->
                    new Interception(tunnel, inspection, sent).start(channel, early, Optional.empty()));
        } else {
            interception.start(target, NOTHING, kept);
        }
    }

    /** What a client that stopped in the middle was about to speak. */
    private Reason unfinished() {
        return context.config().tls().isEmpty() && FirstBytes.of(ByteBuffer.wrap(fromClient)) == FirstBytes.Kind.TLS
                ? Reason.NOT_CONFIGURED
                : Reason.NOT_TLS;
    }

    private void relay(Reason reason, byte[] fromTarget) {
        relay(reason, "", fromTarget);
    }

    private void relay(Reason reason, String detail, byte[] fromTarget) {
        Channel far = target;
        if (far == null && standIn == StandIn.PROXY) {
            endAtProxy(reason);
            return;
        }
        decided = true;
        if (far == null && reason == Reason.NOTHING_SENT) {
            endUnused();
            return;
        }
        if (far == null) {
            connectLate((channel, sent, early) -> tunnel.relay(reason, detail, channel, sent, early));
            return;
        }
        tunnel.relay(reason, detail, far, fromClient, fromTarget);
    }

    /** Nothing can be relayed to the proxy itself. A client that leaves in silence has done nothing wrong. */
    private void endAtProxy(Reason reason) {
        record.reason(reason, "");
        if (reason == Reason.NOTHING_SENT) {
            endUnused();
        } else {
            abort(Outcome.Status.MALFORMED_REQUEST, Outcome.Side.CLIENT, NEITHER);
        }
    }

    private void endUnused() {
        decided = true;
        client.close();
        tunnel.ended(Outcome.Status.COMPLETED, Outcome.Side.NONE, "");
    }

    void clientBroke() {
        abort(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, "the client's connection broke");
    }

    private void abort(Outcome.Status status, Outcome.Side side, String detail) {
        if (!decided) {
            decided = true;
            client.reset();
            if (target != null) {
                target.reset();
                context.dialer().closed(target);
            }
            tunnel.ended(status, side, detail);
        }
    }

    /** One of the two sides while nothing is decided. */
    private final class End implements ChannelHandler {
        private final boolean isClient;
        private final Channel channel;

        End(Channel channel, boolean isClient) {
            this.channel = channel;
            this.isClient = isClient;
        }

        @Override
        public void readable() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
            int count = channel.read(buffer);
            byte[] bytes = count > 0 ? Arrays.copyOf(buffer.array(), count) : NOTHING;
            if (count == 0) {
                return;
            }
            if (!isClient && count < 0) {
                relay(Reason.NOTHING_SENT, bytes);
            } else if (!isClient) {
                targetSpoke(bytes);
            } else if (count < 0 && !targetSpokeFirst()) {
                // The socket tells the end of a stream again when the relay reads it.
                relay(fromClient.length == 0 ? Reason.NOTHING_SENT : unfinished(), NOTHING);
            } else if (count > 0) {
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
            if (targetSpokeFirst()) {
                return;
            }
            if (fromClient.length > 0) {
                relay(unfinished(), NOTHING);
            } else if (isTargetLate()) {
                connectFirst();
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
