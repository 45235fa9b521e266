package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.internal.forward.ClientSide;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ExchangeRelay;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.Http2Origin;
import io.github.captureproxy.internal.forward.IncomingResponse;
import io.github.captureproxy.internal.forward.OriginConnection;
import io.github.captureproxy.internal.forward.OutgoingRequest;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.forward.RuledExchange;
import io.github.captureproxy.internal.forward.RuledRequest;
import io.github.captureproxy.internal.http2.ConnectionPreface;
import io.github.captureproxy.internal.http2.ErrorCode;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.tunnel.ConnectTunnel;
import io.github.captureproxy.internal.tunnel.UpgradedConnection;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.internal.wire.ResponseRewriter;
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
        /** A response is whole, and the client still has to take the rest of it. */
        DRAINING,
        /** A tunnel is being opened. */
        TUNNEL,
        /** Closed, or handed over. */
        GONE
    }

    /** What a TLS connection starts with (RFC 8446 section 5.1), and no request does. */
    private static final byte TLS_HANDSHAKE = 0x16;

    private static final byte[] NOTHING = {};

    private final ServerContext server;
    private final ProxyContext context;
    private final Channel channel;
    private final RequestHeadReader heads;
    private ClientInfo client;
    private @Nullable Inside inside;
    private State state = State.HEAD;
    private byte[] unread = NOTHING;
    private boolean inputEnded;
    private boolean mayBeHttp2 = true;
    private boolean answersHead;
    private @Nullable OriginConnection pinned;
    private @Nullable Farewell farewell;
    private @Nullable ExchangeRecorder recorder;
    private volatile @Nullable ExchangeRelay relay;
    private volatile @Nullable ConnectTunnel tunnel;

    ClientConnection(ServerContext server, Channel channel, ClientInfo client) {
        this.server = server;
        this.context = server.proxy();
        this.channel = channel;
        this.client = client;
        this.heads = new RequestHeadReader(context.config().limits());
        channel.handler(this);
        limit(context.config().timeouts().idle());
    }

    private void limit(Duration time) {
        channel.deadline(ProxyContext.deadline(time));
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public void deadline(long nanoTime) {
        channel.deadline(nanoTime);
    }

    @Override
    public void pauseRequest() {
        channel.reading(false);
    }

    @Override
    public boolean isDrained() {
        return channel.isDrained();
    }

    @Override
    public void informational(ResponseHead head, HopByHop hopByHop, String via) throws IOException {
        byte[] scratch = Worker.current().scratch();
        int length = ResponseRewriter.write(
                head, hopByHop, ResponseRewriter.Chunks.REMOVED, ResponseRewriter.Connection.IMPLIED, via, scratch);
        channel.send(ByteBuffer.wrap(scratch, 0, length));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very buffer, whatever bytes it holds
    public boolean respond(IncomingResponse response, ByteBuffer buffer, String via) throws IOException {
        ByteBuffer out = response.toSend(buffer, via);
        if (!out.hasRemaining()) {
            return false;
        }
        if (out == buffer) {
            return channel.sendLent(out);
        }
        channel.send(out);
        return false;
    }

    @Override
    public void readable() throws IOException {
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        boolean kept = false;
        try {
            int start = buffer.position();
            heads.putPartial(buffer);
            int count = channel.read(buffer);
            if (count > 0) {
                kept = process(buffer, start, buffer.position());
            } else if (count < 0) {
                inputEnded = true;
                channel.reading(false);
                endOfInput();
            }
        } finally {
            if (!kept) {
                buffers.release(buffer);
            }
        }
    }

    /** The client has ended its stream, and all that it sent has been taken. */
    private void endOfInput() {
        ExchangeRelay exchange = relay;
        if (exchange != null && !exchange.request().body().ended()) {
            exchange.requestTruncated();
        } else if (state == State.HEAD && heads.isWithin()) {
            refuse(new MalformedMessageException(400, "the connection ended within a request's head"));
        } else if (state == State.HEAD) {
            channel.close();
        } else if (state == State.EXCHANGE) { // only this half is closed, for all that is known: the response goes on
            channel.peerMayHaveLeft();
        }
        // otherwise the rest of a response, or a tunnel, still goes on, and has a limit in time of its own
    }

    /** Takes what was read as far as it can. Returns true if the buffer was kept, which it is only when used up. */
    private boolean process(ByteBuffer buffer, int start, int end) {
        int from = start;
        while (from < end) {
            buffer.limit(end);
            ExchangeRelay exchange = relay;
            boolean kept;
            if (state == State.HEAD) {
                if (!head(buffer, from, end)) {
                    return false;
                }
                from = heads.consumedTo();
                exchange = relay;
                if (openTunnel(buffer, from, end)) {
                    return false;
                }
                if (exchange == null) {
                    continue;
                }
                kept = exchange.start(buffer.limit(end), from, end);
            } else if (exchange != null && !exchange.request().body().ended()) {
                kept = exchange.requestBody(buffer, from, end);
            } else {
                keepUnread(buffer, from, end);
                return false;
            }
            from = Math.max(from, exchange.request().body().consumedTo());
            if (kept) {
                return true;
            }
        }
        return false;
    }

    /** What cannot be taken now waits here, and no more is read, so that it stays within one buffer. */
    private void keepUnread(ByteBuffer buffer, int from, int end) {
        if (state != State.GONE) {
            unread = new byte[end - from];
            buffer.get(from, unread);
            channel.reading(false);
        }
    }

    /** Reads a request's head and sets it going. Returns false if it is not whole, or was refused. */
    private boolean head(ByteBuffer buffer, int start, int end) {
        boolean wasWithin = heads.isWithin();
        if (mayBeHttp2 && ConnectionPreface.isBeginning(buffer, start, end)) {
            if (ConnectionPreface.isWhole(end - start)) {
                byte[] early = new byte[end - start];
                buffer.get(start, early);
                http2(early, NOTHING);
            } else {
                heads.keep(buffer, start, end);
                limit(context.config().timeouts().head());
            }
            return false;
        }
        try {
            RequestHead head = heads.read(buffer, start, end);
            if (head != null) {
                mayBeHttp2 = false;
                request(head);
                return true;
            }
            if (!wasWithin && heads.isWithin()) {
                limit(context.config().timeouts().head());
            }
        } catch (MalformedMessageException e) {
            refuse(e);
        }
        return false;
    }

    /** The client speaks HTTP/2 (RFC 9113 section 3.3): its streams take over. */
    private void http2(byte[] early, byte[] fromTarget) {
        state = State.GONE;
        OriginConnection bound = pinned;
        pinned = null;
        Http2Client made = new Http2Client(server, channel, client, inside, () -> server.connectionClosed(this));
        inside = null;
        server.handedOver(this, made::inFlight);
        if (bound != null) { // the far end of a plain tunnel: it is meant to speak as the client does
            bound.release();
            Http2Origin origin = new Http2Origin(context, bound.channel(), null, null);
            made.bind(origin);
            origin.start(fromTarget);
        }
        made.start(early);
    }

    private void request(RequestHead head) {
        channel.deadline(0);
        answersHead = head.method().equals("HEAD");
        RequestPlan plan;
        try {
            plan = RequestPlan.of(head);
        } catch (MalformedMessageException e) {
            begin(ExchangeRecorder.captured(head, null)).requestMalformed(head.bytes().length);
            answer(new Failure(e.status(), Status.MALFORMED_REQUEST, Side.CLIENT, e.problem()));
            return;
        }
        Inside within = inside;
        if (within == null) {
            client = server.router().identified(client, head);
        }
        RequestIntake.Step step = server.intake().judge(plan, within, channel);
        if (step instanceof RequestIntake.Step.Forward forward) {
            forward(plan, forward.destination(), begin(step.captured()));
        } else if (step instanceof RequestIntake.Step.Ruled ruled) {
            forward(plan, ruled, begin(step.captured()));
        } else if (step instanceof RequestIntake.Step.Tunnel opening) {
            state = State.TUNNEL;
            tunnel = new ConnectTunnel(context, channel, opening.destination(), step.captured(), client, this);
        } else if (step instanceof RequestIntake.Step.Refuse refused) {
            begin(step.captured()).requestUnread(plan.head().bytes().length, plan.framing());
            answer(refused.failure());
        } else if (step instanceof RequestIntake.Step.Answer answering) {
            ExchangeRecorder started = begin(step.captured());
            started.requestUnread(plan.head().bytes().length, plan.framing());
            answerItself(answering.response(), started);
        }
    }

    private ExchangeRecorder begin(CapturedRequest captured) {
        state = State.EXCHANGE;
        Inside within = inside;
        ExchangeRecorder made = new ExchangeRecorder(
                context.recording(),
                context.counters().ids.incrementAndGet(),
                client,
                within == null ? null : within.tunnel(),
                captured);
        recorder = made;
        return made;
    }

    private void forward(RequestPlan plan, Destination destination, ExchangeRecorder started) {
        started.requestStarted(plan.head().bytes().length, plan.framing());
        OutgoingRequest outgoing = server.intake().outgoing(plan, destination, inside, started);
        relay = new ExchangeRelay(context, this, outgoing, pinned);
    }

    private void forward(RequestPlan plan, RequestIntake.Step.Ruled step, ExchangeRecorder started) {
        started.requestStarted(plan.head().bytes().length, plan.framing());
        OutgoingRequest incoming = server.intake().incoming(plan, step, inside, started);
        RuledRequest request = server.intake().ruled(plan, step, inside);
        relay = ExchangeRelay.ruled(
                context, this, incoming, new RuledExchange(context, this, request, started, pinned));
    }

    /** Opens the tunnel that the head just read asks for, if it does; it may be open at once. */
    private boolean openTunnel(ByteBuffer buffer, int from, int end) {
        ConnectTunnel opening = tunnel;
        if (opening == null) {
            return false;
        }
        if (from < end) {
            keepUnread(buffer, from, end);
        }
        opening.open();
        return true;
    }

    private void answerItself(OwnResponse response, ExchangeRecorder started) {
        boolean withBody = !answersHead;
        started.answered(response.captured(withBody));
        started.end(Status.ANSWERED_BY_PROXY, Side.PROXY, "");
        sendLast(response.bytes(withBody));
    }

    /** A head that cannot be read: it is recorded as far as it can be told, and answered. */
    private void refuse(MalformedMessageException e) {
        byte[] partial = heads.partial();
        boolean tls = partial.length > 0 && partial[0] == TLS_HANDSHAKE;
        if (mayBeHttp2 && inside == null) { // that is: nothing before it was a request
            (tls ? context.counters().tlsToPort : context.counters().notHttp).increment();
        }
        String problem = tls ? "TLS was spoken to the proxy: give its address as http://, not https://" : e.problem();
        refuse(new Failure(e.status(), Status.MALFORMED_REQUEST, Side.CLIENT, problem));
    }

    private void refuse(Failure failure) {
        answersHead = false;
        begin(MalformedHead.captured(heads.partial()));
        answer(failure);
    }

    @Override
    public void answer(Failure failure) {
        relay = null;
        String fields = failure.httpStatus() == 407 ? "Proxy-Authenticate: Basic realm=\"capture proxy\"\r\n" : "";
        OwnResponse response = OwnResponse.error(failure.httpStatus(), failure.detail(), fields);
        ExchangeRecorder recording = recorder;
        if (recording != null) {
            recording.answered(response.captured(!answersHead));
            recording.end(failure.status(), failure.side(), failure.detail());
        }
        sendLast(response.bytes(!answersHead));
    }

    private void sendLast(ByteBuffer response) {
        try {
            channel.send(response);
            leave();
        } catch (IOException e) { // the client is gone: what it did is recorded already
            abort(ErrorCode.CANCEL);
        }
    }

    /** Nothing more is read from the client; what was sent to it still goes out. */
    private void leave() {
        state = State.GONE;
        unread = NOTHING;
        farewell = new Farewell(channel, inputEnded, context.config().timeouts().transfer(), this::closed);
    }

    @Override
    public void exchangeEnded(boolean keepAlive) {
        relay = null;
        recorder = null;
        OriginConnection bound = pinned;
        Inside within = inside;
        boolean insideGone = within != null && within.isPlain() && bound != null && !bound.isUsable();
        if (!keepAlive || insideGone) {
            leave();
        } else if (channel.isDrained()) {
            nextRequest();
        } else {
            // Otherwise a client that sends requests and reads no responses could fill the memory with them.
            state = State.DRAINING;
            channel.reading(false);
            limit(context.config().timeouts().transfer());
        }
    }

    private void nextRequest() {
        state = State.HEAD;
        limit(context.config().timeouts().idle());
        resumeRequest();
    }

    @Override
    public void resumeRequest() {
        if (unread.length > 0) {
            Buffers buffers = Worker.current().buffers();
            ByteBuffer buffer = buffers.acquire();
            int start = buffer.position();
            buffer.put(unread);
            unread = NOTHING;
            if (!process(buffer, start, buffer.position())) {
                buffers.release(buffer);
            }
        }
        if (unread.length == 0 && (state == State.HEAD || state == State.EXCHANGE)) {
            if (inputEnded) {
                endOfInput();
            } else {
                channel.reading(true);
            }
        }
    }

    @Override
    public void drained() {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.clientDrained();
        } else if (state == State.DRAINING) {
            nextRequest();
        }
    }

    @Override
    public void writing() {
        if (relay != null || state == State.DRAINING) {
            limit(context.config().timeouts().transfer());
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
        } else if (state == State.HEAD && heads.isWithin()) {
            refuse(new Failure(408, Status.TIMED_OUT, Side.CLIENT, "the request's head took too long"));
        } else if (state == State.DRAINING) {
            channel.reset();
        } else {
            channel.close();
        }
    }

    @Override
    public boolean isMidway() {
        ExchangeRelay exchange = relay;
        return exchange != null && !exchange.isResponseEnded() || tunnel != null;
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            context.reactor().defect("a client connection failed", cause);
        }
        clientGone();
    }

    @Override
    public void closed() {
        Farewell leaving = farewell;
        if (state == State.DRAINING || leaving != null && !leaving.isSent()) {
            context.counters().clientsGone.increment();
        }
        if (state == State.HEAD && mayBeHttp2 && inside == null && !heads.isWithin()) {
            context.counters().silent.increment();
        }
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
        endInside(closing ? Status.PROXY_CLOSED : Status.COMPLETED, closing ? Side.PROXY : Side.NONE, "");
        OriginConnection bound = pinned;
        pinned = null;
        if (bound != null && bound.isUsable()) {
            bound.close();
        }
    }

    private void endInside(Status status, Side side, String detail) {
        Inside within = inside;
        inside = null;
        if (within != null) {
            within.end().ended(status, side, detail);
        }
    }

    /** The tunnel's target has ended its connection: so does the client's, unless an exchange sees to that. */
    private void targetClosed() {
        Inside within = inside;
        if (within != null && within.isPlain() && (state == State.HEAD || state == State.DRAINING)) {
            leave();
        }
    }

    @Override
    public void abort(long code) {
        relay = null;
        channel.reset();
    }

    @Override
    public void upgraded(ExchangeRelay exchange, ResponseHead head, OriginConnection origin, Switch toSend) {
        relay = null;
        pinned = null;
        state = State.GONE;
        byte[] mine = unread;
        unread = NOTHING;
        channel.deadline(0);
        server.handedOver(
                this, now -> exchange.recorder().inFlight(now).stream().toList());
        new UpgradedConnection(context, exchange.recorder(), head, origin, (status, side, detail) -> {
                    server.connectionClosed(this);
                    endInside(status, side, detail);
                })
                .start(channel, mine, toSend);
    }

    @Override
    public void pin(OriginConnection origin) {
        OriginConnection before = pinned;
        if (before != null && before != origin && before.isUsable()) {
            before.close();
        }
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
        answer(failure);
    }

    @Override
    public byte[] tunnelOpened() {
        ConnectTunnel opened = tunnel;
        tunnel = null;
        state = State.GONE;
        if (opened != null) {
            server.handedOver(this, now -> opened.inFlight(now).stream().toList());
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
            long tunnelId,
            Destination destination,
            Channel target,
            ConnectTunnel.Early early,
            ConnectTunnel.InsideEnd ended) {
        Destination plain = destination.insideTunnel();
        inside = new Inside(plain, ended, new ExchangeRecorder.InTunnel(tunnelId, Tunnel.Reason.PLAIN_HTTP, null));
        OriginConnection origin = new OriginConnection(context, target, plain, null, null);
        origin.whenClosed(this::targetClosed);
        origin.rest();
        pinned = origin;
        if (ConnectionPreface.isBeginning(early.ofClient()) && ConnectionPreface.isWhole(early.ofClient().length)) {
            http2(early.ofClient(), early.ofTarget());
        } else {
            readInside(early.ofClient());
        }
    }

    @Override
    public void httpInside(
            ExchangeRecorder.InTunnel through,
            @Nullable Destination destination,
            byte[] early,
            ConnectTunnel.InsideEnd ended) {
        inside = new Inside(destination, ended, through);
        ClientTls tls = through.tls();
        if (tls != null && tls.applicationProtocol().filter("h2"::equals).isPresent()) {
            http2(early, NOTHING);
        } else {
            readInside(early);
        }
    }

    private void readInside(byte[] early) {
        state = State.HEAD;
        channel.handler(this);
        unread = early;
        limit(context.config().timeouts().idle());
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
            return exchange.recorder().inFlight(now);
        }
        ConnectTunnel opening = tunnel;
        return opening == null ? Optional.empty() : opening.inFlight(now);
    }
}
