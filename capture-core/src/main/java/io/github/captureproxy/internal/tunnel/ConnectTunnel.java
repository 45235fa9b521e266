package io.github.captureproxy.internal.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.forward.Connector;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.OriginPool;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CONNECT request on its way (RFC 9110 section 9.3.6): connects first, through an upstream proxy where there is one,
 * unless something stands in for the target; then answers 200 and looks at what comes. For one worker thread.
 */
public final class ConnectTunnel {
    private static final byte[] ESTABLISHED = "HTTP/1.1 200 Connection Established\r\n\r\n".getBytes(ISO_8859_1);

    private final ProxyContext context;
    private final Channel client;
    private final Destination destination;
    private final Owner owner;
    private final TunnelRecord record;
    private Runnable cancelDial = () -> {};
    private boolean over;

    /** The client's connection, which the tunnel takes over once it is open. */
    public interface Owner {
        /**
         * The tunnel could not be opened; it is recorded already.
         *
         * @param failure why
         */
        void tunnelFailed(Failure failure);

        /**
         * The tunnel is open.
         *
         * @return what the client has sent behind its CONNECT
         */
        byte[] tunnelOpened();

        /** Both connections are closed. */
        void tunnelClosed();

        /**
         * HTTP without TLS is spoken inside.
         *
         * @param tunnelId the tunnel's id
         * @param destination where it leads
         * @param target the connection there
         * @param early what both sides have sent so far
         * @param ended to be told when the inside has ended
         */
        void plainHttpInside(long tunnelId, Destination destination, Channel target, Early early, InsideEnd ended);

        /**
         * HTTP is spoken inside TLS that the client's channel decrypts, or in plain with the proxy itself.
         *
         * @param tunnel the tunnel, as its exchanges tell of it
         * @param destination where it leads; null if the proxy answers itself
         * @param early what the client has sent so far
         * @param ended to be told when the inside has ended
         */
        void httpInside(
                ExchangeRecorder.InTunnel tunnel, @Nullable Destination destination, byte[] early, InsideEnd ended);
    }

    /**
     * What both sides have sent before it was clear what they speak.
     *
     * @param ofClient what the client has sent
     * @param ofTarget what the target has sent: nothing, unless HTTP/2 is spoken
     */
    public record Early(byte[] ofClient, byte[] ofTarget) {}

    /** Is told of the end of what went on inside a tunnel. */
    public interface InsideEnd {
        /**
         * Both connections are done with.
         *
         * @param status how
         * @param side where it was cut short
         * @param detail what failed
         */
        void ended(Outcome.Status status, Outcome.Side side, String detail);
    }

    /**
     * Makes a tunnel; {@link #open} sets it going.
     *
     * @param context what all connections share
     * @param client the client's channel
     * @param destination the target
     * @param request the CONNECT request
     * @param info who sent it
     * @param owner the client's connection
     */
    public ConnectTunnel(
            ProxyContext context,
            Channel client,
            Destination destination,
            CapturedRequest request,
            ClientInfo info,
            Owner owner) {
        this.context = context;
        this.client = client;
        this.destination = destination;
        this.owner = owner;
        this.record = new TunnelRecord(
                context.recording().sink(),
                context.counters().ids.incrementAndGet(),
                info,
                request,
                destination.route());
    }

    /** Connects. */
    public void open() {
        if (context.counters().openTunnels.incrementAndGet()
                > context.config().limits().tunnels()) {
            fail(new Failure(503, Outcome.Status.LIMIT_REACHED, Outcome.Side.PROXY, "too many tunnels are open"));
            return;
        }
        StandIn standIn = standIn();
        if (standIn != StandIn.NONE) {
            established(null, new byte[0], standIn);
            return;
        }
        client.deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        cancelDial = Connector.connect(context, client, destination, new Connector.Callback() {
            @Override
            public void connected(Channel channel, byte[] early) {
                cancelDial = () -> {};
                established(channel, early, StandIn.NONE);
            }

            @Override
            public void failed(Failure failure) {
                cancelDial = () -> {};
                fail(failure);
            }
        });
    }

    private StandIn standIn() {
        if (isForProxyItself()) {
            return StandIn.PROXY;
        }
        if (rulesStandIn()) {
            return StandIn.RULES;
        }
        boolean kept = context.config().tls().isPresent() && OriginPool.likelyKeeps(context, client, destination);
        return kept ? StandIn.KEPT : StandIn.NONE;
    }

    private boolean isForProxyItself() {
        return context.config()
                .tls()
                .filter(tls -> tls.isOwnHost(destination.origin().host()))
                .isPresent();
    }

    /** Nobody needs the target, as long as what is spoken inside can be shown to the rules. */
    private boolean rulesStandIn() {
        HttpOrigin origin = destination.origin();
        return !context.rules().isEmpty()
                && context.config().tls().isPresent()
                && (context.rules().standInFor(origin)
                        || context.rules().standInFor(new HttpOrigin("http", origin.host(), origin.port())));
    }

    /** The way to the target is open, or something stands in for that. */
    private void established(@Nullable Channel channel, byte[] fromTarget, StandIn standIn) {
        client.deadline(0);
        record.opened();
        byte[] early = owner.tunnelOpened();
        OpenTunnel tunnel = new OpenTunnel(context, client, destination, record, owner, this::leave);
        tunnel.begins(early.length, ESTABLISHED.length);
        FirstLook look = new FirstLook(tunnel, channel, standIn);
        client.handler(look.clientEnd());
        if (channel != null) {
            channel.handler(look.targetEnd(channel));
        }
        try {
            client.send(ByteBuffer.wrap(ESTABLISHED));
        } catch (IOException e) {
            look.clientBroke();
            return;
        }
        over = true;
        look.start(early, fromTarget);
    }

    private void leave() {
        context.counters().openTunnels.decrementAndGet();
    }

    private void fail(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        cut();
        if (context.reactor().isClosing()) {
            record.ended(Outcome.Status.PROXY_CLOSED, Outcome.Side.PROXY, "the proxy was closed");
            client.reset();
            return;
        }
        record.ended(failure.status(), failure.side(), failure.detail());
        owner.tunnelFailed(failure);
    }

    private void cut() {
        cancelDial.run();
        leave();
    }

    /**
     * The client's connection has ended before the tunnel was open.
     *
     * @param status the outcome
     * @param side the side at which it ended
     */
    public void clientGone(Outcome.Status status, Outcome.Side side) {
        if (!over) {
            over = true;
            cut();
            record.ended(status, side, "the connection ended before the tunnel was open");
        }
    }

    /** The time for connecting is up. */
    public void deadlinePassed() {
        fail(new Failure(504, Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN, "connecting to the target took too long"));
    }

    /**
     * The tunnel as it is now.
     *
     * @param now a value of {@link System#nanoTime}
     * @return the view; empty once it has ended
     */
    public Optional<InFlightExchange> inFlight(long now) {
        return record.inFlight(now);
    }
}
