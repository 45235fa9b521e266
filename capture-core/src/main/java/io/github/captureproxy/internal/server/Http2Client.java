package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.config.Limits;
import io.github.captureproxy.internal.forward.Http2Origin;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.http2.Http2Connection;
import io.github.captureproxy.internal.http2.Http2Stream;
import io.github.captureproxy.internal.http2.StreamHandler;
import io.github.captureproxy.internal.io.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/2 connection, whose streams are exchanges. For one worker thread; {@link #inFlight} may be called on
 * any.
 */
final class Http2Client implements Http2Connection.Owner {
    private final ServerContext server;
    private final ProxyContext context;
    private final Channel channel;
    private final ClientInfo info;
    private final @Nullable Inside inside;
    private final Runnable whenClosed;
    private final Http2Connection connection;
    private final Set<Http2Exchange> live = ConcurrentHashMap.newKeySet();
    private @Nullable Http2Origin origin;
    private String problem = "";
    private boolean over;

    /**
     * Takes a client's connection over.
     *
     * @param server what all connections share
     * @param channel the connection
     * @param info who it is
     * @param inside the tunnel that it is in; null if it stands alone
     * @param whenClosed run when the connection is closed
     */
    Http2Client(ServerContext server, Channel channel, ClientInfo info, @Nullable Inside inside, Runnable whenClosed) {
        this.server = server;
        this.context = server.proxy();
        this.channel = channel;
        this.info = info;
        this.inside = inside;
        this.whenClosed = whenClosed;
        Limits limits = context.config().limits();
        this.connection = new Http2Connection(
                channel,
                new Http2Connection.Role(
                        true,
                        inside == null,
                        limits.headerBytes(),
                        limits.headerFields(),
                        limits.streams(),
                        context.config().timeouts().transfer()),
                this);
    }

    /**
     * Sets the one connection that all streams go on: the far end of a plain tunnel. When that takes no more, the client
     * is told so, as it may open another tunnel.
     */
    void bind(Http2Origin target) {
        origin = target;
        target.whenLeaving(connection::endGracefully);
        target.whenClosed(connection::endGracefully);
    }

    /** Says what the proxy has to say first, and takes what the client has sent, its preface included. */
    void start(byte[] early) {
        channel.deadline(0);
        restIfIdle();
        connection.start(early);
    }

    ServerContext server() {
        return server;
    }

    ProxyContext context() {
        return context;
    }

    Channel channel() {
        return channel;
    }

    ClientInfo info() {
        return info;
    }

    @Nullable
    Inside inside() {
        return inside;
    }

    @Nullable
    Http2Origin origin() {
        return origin;
    }

    void origin(Http2Origin used) {
        origin = used;
    }

    void begins(Http2Exchange exchange) {
        live.add(exchange);
    }

    void ends(Http2Exchange exchange) {
        live.remove(exchange);
    }

    /**
     * The exchanges that are under way.
     *
     * @param now a value of {@link System#nanoTime}
     * @return their views
     */
    List<InFlightExchange> inFlight(long now) {
        return live.stream()
                .flatMap(exchange -> exchange.inFlight(now).stream())
                .toList();
    }

    @Override
    public StreamHandler.OfServer opened(Http2Stream stream) {
        return new Http2Exchange(this, stream);
    }

    @Override
    public void roomChanged() {
        restIfIdle();
        connection.endIfDone();
    }

    private void restIfIdle() {
        if (connection.openStreams() == 0) {
            connection.idleDeadline(
                    ProxyContext.deadline(context.config().timeouts().idle()));
        }
    }

    @Override
    public void goAway(long code) {
        // the connection ends when its streams have
    }

    @Override
    public void idle() {
        connection.endGracefully();
    }

    @Override
    public void finished(String found) {
        problem = found;
        new Farewell(channel, false, context.config().timeouts().transfer(), this::closed);
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            context.reactor().defect("a client's HTTP/2 connection failed", cause);
        }
    }

    @Override
    public void closed() {
        if (over) {
            return;
        }
        over = true;
        Inside within = inside;
        Http2Origin used = origin;
        if (within != null) {
            if (context.reactor().isClosing()) {
                within.end().ended(Status.PROXY_CLOSED, Side.PROXY, "the proxy was closed");
            } else if (problem.isEmpty()) {
                within.end().ended(Status.COMPLETED, Side.NONE, "");
            } else {
                within.end().ended(Status.MALFORMED_REQUEST, Side.CLIENT, problem);
            }
            if (used != null && within.isPlain()) {
                used.close();
            }
        }
        whenClosed.run();
    }
}
