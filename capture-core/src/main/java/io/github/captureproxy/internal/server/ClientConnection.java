package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.forward.ClientSide;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ExchangeRelay;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.OriginConnection;
import io.github.captureproxy.internal.forward.OutgoingRequest;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.tunnel.ConnectTunnel;
import io.github.captureproxy.internal.tunnel.UpgradedConnection;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadScanner;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: reads its requests one at a time, gives each to a relay or a tunnel, and answers what cannot
 * be sent on. A further request waits in the buffer until the one before it has been answered. For one worker thread;
 * {@link #inFlight} may be called on any.
 */
final class ClientConnection implements ChannelHandler, ClientSide, ConnectTunnel.Owner {
    private enum State {
        /** A request's head is awaited, or coming in. */
        HEAD,
        /** An exchange is under way. */
        EXCHANGE,
        /** A tunnel is being opened. */
        TUNNEL,
        /** The last response is going out. */
        CLOSING,
        /** It has gone out; what the client still sends is thrown away, or a reset would destroy the response. */
        LINGERING,
        /** Closed, or handed over. */
        GONE
    }

    /** How long a client may still send after the last response: longer than a round trip around the world. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final byte[] NOTHING = {};

    private final ServerContext server;
    private final ProxyContext context;
    private final Channel channel;
    private final HeadScanner scanner = new HeadScanner();
    private ClientInfo client;
    private @Nullable Inside inside;
    private State state = State.HEAD;
    private byte[] unread = NOTHING;
    private int scanned;
    private boolean inputEnded;
    private boolean lingers;
    private @Nullable OriginConnection pinned;
    private volatile @Nullable ExchangeRelay relay;
    private volatile @Nullable ConnectTunnel tunnel;
    private @Nullable ExchangeRecorder recorder;
    private @Nullable HeadScratch current;

    /** The request at hand, for what is answered without a relay. */
    private record HeadScratch(boolean isHead) {}

    /** What a connection is inside of: a tunnel, whose target all its requests go to. */
    private record Inside(long tunnelId, Destination destination, ConnectTunnel.InsideEnd end) {}

    ClientConnection(ServerContext server, Channel channel, ClientInfo client) {
        this.server = server;
        this.context = server.proxy();
        this.channel = channel;
        this.client = client;
        channel.handler(this);
        channel.deadline(ProxyContext.deadline(context.config().timeouts().idle()));
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void readable() throws IOException {
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        boolean kept = false;
        try {
            int start = buffer.position();
            if (state == State.CLOSING || state == State.LINGERING) {
                discard(buffer);
                return;
            }
            buffer.put(unread);
            int count = channel.read(buffer);
            if (count > 0) {
                unread = NOTHING;
                kept = process(buffer, start, buffer.position());
            } else if (count < 0) {
                endOfInput();
            }
        } finally {
            if (!kept) {
                buffers.release(buffer);
            }
        }
    }

    private void discard(ByteBuffer buffer) throws IOException {
        if (channel.read(buffer) < 0) {
            inputEnded = true;
            channel.reading(false);
            if (state == State.LINGERING) {
                close();
            }
        }
    }

    private void endOfInput() {
        inputEnded = true;
        channel.reading(false);
        ExchangeRelay exchange = relay;
        if (exchange == null) {
            if (tunnel != null) {
                return; // told when the tunnel is open
            }
            if (state == State.HEAD && unread.length > 0) {
                refuse(new MalformedMessageException(400, "the connection ended within a request's head"));
            } else {
                close();
            }
        } else if (!exchange.request().body().ended()) {
            exchange.requestTruncated();
        }
    }

    /** Takes what was read as far as it can. Returns true if the buffer was kept, which it is only when used up. */
    private boolean process(ByteBuffer buffer, int start, int end) {
        int from = start;
        while (from < end) {
            buffer.limit(end);
            ExchangeRelay exchange = relay;
            if (state == State.HEAD) {
                int headEnd = head(buffer, from, end);
                if (headEnd < 0) {
                    return false;
                }
                ExchangeRelay started = relay;
                if (started == null) {
                    from = headEnd;
                    continue;
                }
                boolean kept = started.start(buffer.limit(end), headEnd, end);
                from = started.request().body().consumedTo();
                if (kept) {
                    return true;
                }
                from = Math.max(from, headEnd);
            } else if (state == State.EXCHANGE
                    && exchange != null
                    && !exchange.request().body().ended()) {
                boolean kept = exchange.requestBody(buffer, from, end);
                from = exchange.request().body().consumedTo();
                if (kept) {
                    return true;
                }
            } else {
                return keepUnread(buffer, from, end);
            }
        }
        return false;
    }

    /** What cannot be taken now waits here, and no more is read, so that it stays within one buffer. */
    private boolean keepUnread(ByteBuffer buffer, int from, int end) {
        if (state == State.EXCHANGE || state == State.TUNNEL) {
            unread = new byte[end - from];
            buffer.get(from, unread);
            channel.reading(false);
        }
        return false;
    }

    /** Reads a request's head and sets it going. Returns the index behind it, or -1 if it is not whole. */
    private int head(ByteBuffer buffer, int start, int end) {
        try {
            int from = start;
            if (scanned == 0) {
                from += HeadScanner.leadingCrlf(buffer, start, end);
            }
            int headEnd = scanner.scan(buffer, from + scanned, end);
            int length = (headEnd < 0 ? end : headEnd) - from;
            if (length > context.config().limits().headerBytes()) {
                throw new MalformedMessageException(431, "the request's head is larger than the limit");
            }
            byte[] bytes = new byte[length];
            buffer.get(from, bytes);
            if (headEnd < 0) {
                if (unread.length == 0 && scanned == 0) {
                    channel.deadline(
                            ProxyContext.deadline(context.config().timeouts().head()));
                }
                unread = bytes;
                scanned = length;
                return -1;
            }
            scanner.reset();
            scanned = 0;
            RequestHead head =
                    HeadParser.request(bytes, context.config().limits().headerFields());
            request(head);
            return headEnd;
        } catch (MalformedMessageException e) {
            refuse(e);
            return -1;
        }
    }

    private void request(RequestHead head) {
        channel.deadline(0);
        RequestPlan plan;
        try {
            plan = RequestPlan.of(head);
        } catch (MalformedMessageException e) {
            begin(ExchangeRecorder.captured(head, null), head);
            answer(new Failure(e.status(), Status.MALFORMED_REQUEST, Side.CLIENT, e.problem()));
            return;
        }
        Inside within = inside;
        Destination destination = within == null ? server.destinations().of(plan) : within.destination();
        CapturedRequest captured =
                ExchangeRecorder.captured(head, destination == null ? plan.origin() : destination.origin());
        Optional<Failure> refusal = within == null ? refusal(head) : Optional.empty();
        if (plan.isConnect() && within == null && destination != null) {
            connect(plan, destination, captured, refusal);
            return;
        }
        ExchangeRecorder started = begin(captured, head);
        if (refusal.isPresent()) {
            answer(refusal.get());
        } else if (destination == null || plan.endsHere()) {
            answerHere(plan, started);
        } else if (plan.isConnect() || !destination.origin().scheme().equals("http")) {
            answer(new Failure(
                    501, Status.MALFORMED_REQUEST, Side.CLIENT, "this scheme is not forwarded: use CONNECT for https"));
        } else {
            forward(plan, destination, started);
        }
    }

    private Optional<Failure> refusal(RequestHead head) {
        return server.gate()
                .refusesConnection(channel.remoteAddress())
                .or(() -> server.gate().refusesCredentials(head));
    }

    private ExchangeRecorder begin(CapturedRequest captured, RequestHead head) {
        state = State.EXCHANGE;
        current = new HeadScratch(head.method().equals("HEAD"));
        Inside within = inside;
        ExchangeRecorder made = new ExchangeRecorder(
                context.recording(),
                context.counters().ids.incrementAndGet(),
                client,
                within == null ? 0 : within.tunnelId(),
                captured);
        recorder = made;
        return made;
    }

    private void forward(RequestPlan plan, Destination destination, ExchangeRecorder started) {
        started.requestStarted(plan.head().bytes().length, plan.framing());
        OutgoingRequest outgoing = new OutgoingRequest(
                new OutgoingRequest.Message(plan.head(), plan.target(), plan.hopByHop()),
                plan.framing(),
                destination,
                plan.rewriter(destination, server.isReverse(), context.config().routing()),
                started);
        relay = new ExchangeRelay(context, this, outgoing, pinned);
    }

    private void connect(
            RequestPlan plan, Destination destination, CapturedRequest captured, Optional<Failure> refusal) {
        Optional<Failure> refused =
                refusal.or(() -> server.gate().refusesTunnel(plan.target().port()));
        if (refused.isPresent()) {
            begin(captured, plan.head());
            answer(refused.get());
            return;
        }
        state = State.TUNNEL;
        ConnectTunnel opening = new ConnectTunnel(context, channel, destination, captured, client, this);
        tunnel = opening;
        opening.open();
    }

    /** What ends at the proxy itself: {@code OPTIONS *}, {@code Max-Forwards: 0}, and a request that names no origin. */
    private void answerHere(RequestPlan plan, ExchangeRecorder started) {
        String method = plan.head().method();
        boolean mine = plan.endsHere()
                || plan.target().pathStart() < plan.target().pathEnd()
                        && plan.head().target().equals("*");
        if (!mine) {
            answer(new Failure(
                    400,
                    Status.MALFORMED_REQUEST,
                    Side.CLIENT,
                    "this is a proxy: set it as the proxy of your client instead of sending requests to it"));
            return;
        }
        OwnResponse response = method.equals("TRACE")
                ? OwnResponse.ok("Content-Type: message/http\r\nConnection: close\r\n", Trace.of(plan.head()))
                : OwnResponse.ok("Connection: close\r\n", NOTHING);
        started.requestEnded(Fields.NONE);
        started.answered(response.captured(true));
        started.end(Status.ANSWERED_BY_PROXY, Side.PROXY, "");
        sendLast(response.bytes(true));
    }

    /** A head that cannot be read: it is recorded as far as it can be told, and answered. */
    private void refuse(MalformedMessageException e) {
        state = State.EXCHANGE;
        current = null;
        Inside within = inside;
        CapturedRequest unknown = MalformedHead.captured(unread);
        recorder = new ExchangeRecorder(
                context.recording(),
                context.counters().ids.incrementAndGet(),
                client,
                within == null ? 0 : within.tunnelId(),
                unknown);
        answer(new Failure(e.status(), Status.MALFORMED_REQUEST, Side.CLIENT, e.problem()));
    }

    @Override
    public void answer(Failure failure) {
        relay = null;
        ExchangeRecorder recording = recorder;
        HeadScratch request = current;
        boolean withBody = request == null || !request.isHead();
        String fields = failure.httpStatus() == 407 ? "Proxy-Authenticate: Basic realm=\"capture proxy\"\r\n" : "";
        OwnResponse response = OwnResponse.error(failure.httpStatus(), failure.detail(), fields, true);
        if (recording != null) {
            recording.answered(response.captured(withBody));
            recording.end(failure.status(), failure.side(), failure.detail());
        }
        sendLast(response.bytes(withBody));
    }

    private void sendLast(ByteBuffer response) {
        state = State.CLOSING;
        unread = NOTHING;
        try {
            channel.send(response);
        } catch (IOException e) {
            abort();
            return;
        }
        closeWhenDrained(true);
    }

    private void closeWhenDrained(boolean linger) {
        state = State.CLOSING;
        lingers = linger;
        channel.deadline(ProxyContext.deadline(context.config().timeouts().transfer()));
        if (!channel.isDrained()) {
            return;
        }
        if (!linger || inputEnded) {
            close();
            return;
        }
        state = State.LINGERING;
        channel.deadline(ProxyContext.deadline(LINGER));
        try {
            channel.shutdownOutput();
            channel.reading(true);
        } catch (IOException e) { // the client is gone, so there is nobody to linger for
            close();
        }
    }

    @Override
    public void exchangeEnded(boolean keepAlive) {
        ExchangeRelay ended = relay;
        relay = null;
        recorder = null;
        boolean whole = ended == null || ended.request().body().ended();
        OriginConnection bound = pinned;
        boolean insideGone = inside != null && (bound == null || !bound.isUsable());
        if (!keepAlive || insideGone || inputEnded && unread.length == 0) {
            closeWhenDrained(!whole);
            return;
        }
        state = State.HEAD;
        channel.deadline(ProxyContext.deadline(context.config().timeouts().idle()));
        resumeRequest();
    }

    @Override
    public void resumeRequest() {
        if (state == State.GONE) {
            return;
        }
        if (unread.length == 0) {
            if (!inputEnded) {
                channel.reading(true);
            } else if (state == State.HEAD) {
                close();
            }
            return;
        }
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        int start = buffer.position();
        buffer.put(unread);
        unread = NOTHING;
        boolean kept = process(buffer, start, buffer.position());
        if (!kept) {
            buffers.release(buffer);
        }
        if (!inputEnded && unread.length == 0 && (state == State.HEAD || state == State.EXCHANGE)
                || state == State.HEAD && !inputEnded) {
            channel.reading(true);
        } else if (inputEnded && state == State.HEAD) {
            close();
        }
    }

    @Override
    public void drained() {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.clientDrained();
        } else if (state == State.CLOSING) {
            closeWhenDrained(lingers);
        }
    }

    @Override
    public void deadlinePassed() {
        ExchangeRelay exchange = relay;
        ConnectTunnel opening = tunnel;
        if (exchange != null) {
            exchange.deadlinePassed();
        } else if (opening != null) {
            opening.deadlinePassed();
        } else if (state == State.HEAD && unread.length > 0) {
            timedOutInHead();
        } else if (state == State.CLOSING) {
            abort();
        } else {
            close();
        }
    }

    private void timedOutInHead() {
        refuse(new MalformedMessageException(408, "the request's head took too long"));
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            server.defect("a client connection failed", cause);
        }
        clientGone();
    }

    @Override
    public void closed() {
        clientGone();
        state = State.GONE;
        server.connectionClosed(this);
    }

    private void clientGone() {
        ExchangeRelay exchange = relay;
        ConnectTunnel opening = tunnel;
        boolean closing = context.reactor().isClosing();
        relay = null;
        tunnel = null;
        if (exchange != null && closing) {
            exchange.proxyClosing();
        } else if (exchange != null) {
            exchange.clientGone();
        }
        if (opening != null) {
            opening.clientGone(
                    closing ? Status.PROXY_CLOSED : Status.CLIENT_ABORTED, closing ? Side.PROXY : Side.CLIENT);
        }
        endInside(closing ? Status.PROXY_CLOSED : Status.COMPLETED, closing ? Side.PROXY : Side.NONE);
        OriginConnection bound = pinned;
        pinned = null;
        if (bound != null && bound.isUsable()) {
            bound.close();
        }
    }

    private void endInside(Status status, Side side) {
        Inside within = inside;
        inside = null;
        if (within != null) {
            within.end().ended(status, side, "");
        }
    }

    @Override
    public void abort() {
        relay = null;
        channel.reset();
    }

    private void close() {
        channel.close();
    }

    @Override
    public void upgraded(ExchangeRelay exchange, ResponseHead head, OriginConnection origin, byte[] early) {
        relay = null;
        pinned = null;
        state = State.GONE;
        byte[] mine = unread;
        unread = NOTHING;
        channel.deadline(0);
        server.handedOver(this, now -> exchange.recorder().inFlight(now));
        new UpgradedConnection(context, exchange.recorder(), head, origin, () -> {
                    server.connectionClosed(this);
                    endInside(Status.COMPLETED, Side.NONE);
                })
                .start(channel, mine, early);
    }

    @Override
    public void pin(OriginConnection origin) {
        pinned = origin;
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.bindConnection();
        }
    }

    @Override
    public void tunnelFailed(Failure failure) {
        tunnel = null;
        recorder = null;
        current = null;
        answer(failure);
    }

    @Override
    public byte[] tunnelOpened() {
        ConnectTunnel opened = tunnel;
        tunnel = null;
        state = State.GONE;
        if (opened != null) {
            server.handedOver(this, opened::inFlight);
        }
        byte[] early = unread;
        unread = NOTHING;
        return early;
    }

    @Override
    public void tunnelClosed() {
        server.connectionClosed(this);
    }

    @Override
    public void plainHttpInside(
            long tunnelId, Destination destination, Channel target, byte[] early, ConnectTunnel.InsideEnd ended) {
        Destination plain = destination.insideTunnel();
        inside = new Inside(tunnelId, plain, ended);
        OriginConnection origin = new OriginConnection(context, target, plain, null);
        origin.rest();
        pinned = origin;
        state = State.HEAD;
        channel.handler(this);
        server.takenBack(this);
        unread = early;
        channel.deadline(ProxyContext.deadline(context.config().timeouts().idle()));
        resumeRequest();
    }

    /**
     * What is under way on this connection.
     *
     * @param now a value of {@link System#nanoTime}
     * @return the view, if there is an exchange or a tunnel being opened
     */
    Optional<InFlightExchange> inFlight(long now) {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            return Optional.of(exchange.recorder().inFlight(now));
        }
        ConnectTunnel opening = tunnel;
        return opening == null ? Optional.empty() : Optional.of(opening.inFlight(now));
    }
}
