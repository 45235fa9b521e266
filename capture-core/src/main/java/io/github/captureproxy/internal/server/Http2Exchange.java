package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.StreamPriority;
import io.github.captureproxy.internal.forward.ClientSide;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ExchangeRelay;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.Http2Origin;
import io.github.captureproxy.internal.forward.IncomingResponse;
import io.github.captureproxy.internal.forward.OriginConnection;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.forward.RuledExchange;
import io.github.captureproxy.internal.forward.RuledRequest;
import io.github.captureproxy.internal.http2.ErrorCode;
import io.github.captureproxy.internal.http2.Http2Stream;
import io.github.captureproxy.internal.http2.StreamHandler;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.BodyTransfer;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stream of a client's connection: gives its request to a relay, and its client the response. For one worker thread. */
final class Http2Exchange implements ClientSide, StreamHandler.OfServer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Http2Client client;
    private final ProxyContext context;
    private final Http2Stream stream;
    private boolean answersHead;

    /** The response is whole, and the client has not taken all of it. */
    private boolean unsent;

    private Priority priority = Priority.NONE;
    private @Nullable ExchangeRecorder recorder;
    private @Nullable ExchangeRelay relay;

    Http2Exchange(Http2Client client, Http2Stream stream) {
        this.client = client;
        this.context = client.context();
        this.stream = stream;
    }

    @Override
    public void request(RequestHead head, boolean ended, Priority said) {
        priority = said;
        answersHead = head.method().equals("HEAD");
        Inside within = client.inside();
        RequestPlan plan;
        try {
            plan = RequestPlan.of(head, ended);
        } catch (MalformedMessageException e) {
            begin(ExchangeRecorder.captured(head, null, head.version()), client.info());
            answer(new Failure(e.status(), Status.MALFORMED_REQUEST, Side.CLIENT, e.problem()));
            return;
        }
        ClientInfo info = within == null ? client.server().router().identified(client.info(), head) : client.info();
        RequestIntake.Step step = client.server().intake().judge(plan, within, client.channel());
        ExchangeRecorder started = begin(step.captured(), info);
        if (step instanceof RequestIntake.Step.Forward forward) {
            forward(plan, forward.destination(), started);
            return;
        }
        if (step instanceof RequestIntake.Step.Ruled ruled) {
            forward(plan, ruled, started);
            return;
        }
        started.requestUnread(plan.head().bytes().length, plan.framing());
        if (step instanceof RequestIntake.Step.Refuse refused) {
            answer(refused.failure());
        } else if (step instanceof RequestIntake.Step.Answer answering) {
            respond(answering.response(), Status.ANSWERED_BY_PROXY, Side.PROXY, "");
        } else {
            answer(new Failure(
                    501,
                    Status.MALFORMED_REQUEST,
                    Side.CLIENT,
                    "a tunnel is not opened on a stream: use HTTP/1.1 for CONNECT"));
        }
    }

    private ExchangeRecorder begin(CapturedRequest captured, ClientInfo info) {
        Inside within = client.inside();
        ExchangeRecorder made = new ExchangeRecorder(
                context.recording(),
                context.counters().ids.incrementAndGet(),
                info,
                within == null ? null : within.tunnel(),
                captured);
        made.clientStream(
                stream.id(),
                StreamPriority.of(
                                captured.headers().first("priority").orElse(null),
                                priority.isGiven()
                                        ? new StreamPriority.Dependency(
                                                priority.exclusive(), priority.dependency(), priority.weight())
                                        : null)
                        .orElse(null));
        recorder = made;
        return made;
    }

    private void forward(RequestPlan plan, Destination destination, ExchangeRecorder started) {
        started.requestStarted(plan.head().bytes().length, plan.framing());
        Destination to = RequestIntake.speaking(plan.head(), destination);
        start(new ExchangeRelay(
                context, this, client.server().intake().outgoing(plan, to, client.inside(), started), null));
    }

    private void forward(RequestPlan plan, RequestIntake.Step.Ruled step, ExchangeRecorder started) {
        started.requestStarted(plan.head().bytes().length, plan.framing());
        RequestIntake intake = client.server().intake();
        RuledRequest request = intake.ruled(plan, step, client.inside());
        start(ExchangeRelay.ruled(
                context,
                this,
                intake.incoming(plan, step, client.inside(), started),
                new RuledExchange(context, this, request, started, null)));
    }

    private void start(ExchangeRelay exchange) {
        relay = exchange;
        client.begins(this);
        exchange.start(NOTHING, 0, 0);
    }

    @Override
    public void refused(MalformedMessageException problem, String method, String target) {
        begin(MalformedHead.captured(method, target), client.info());
        Failure failure = new Failure(problem.status(), Status.MALFORMED_REQUEST, Side.CLIENT, problem.problem());
        if (problem.status() == 431) {
            answer(failure);
            return;
        }
        ExchangeRecorder recording = recorder;
        if (recording != null) {
            recording.clientReset(ErrorCode.PROTOCOL_ERROR, false);
            recording.end(failure.status(), failure.side(), failure.detail());
        }
    }

    @Override
    public void overLimit(String method, String target) {
        ExchangeRecorder refused = begin(MalformedHead.captured(method, target), client.info());
        refused.clientReset(ErrorCode.REFUSED_STREAM, false);
        refused.end(Status.LIMIT_REACHED, Side.PROXY, "too many streams are open on the client's connection");
    }

    @Override
    public void data(ByteBuffer buffer, int from, int to, boolean ended) {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            if (ended) {
                exchange.request().body().endsWithNext();
            }
            exchange.requestBody(buffer, from, to);
        }
    }

    @Override
    public void trailers(Fields trailers) {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.requestTrailers(trailers);
        }
    }

    @Override
    public void reset(Reset reset) {
        ExchangeRelay exchange = relay;
        if (exchange == null) {
            if (unsent) { // the stream itself has forgotten what it kept
                context.counters().clientsGone.increment();
            }
            return;
        }
        relay = null;
        client.ends(this);
        switch (reset.by()) {
            case PEER -> exchange.clientReset(reset.code());
            case HERE -> exchange.requestMalformed(reset.problem(), reset.code());
            case CONNECTION -> {
                if (context.reactor().isClosing()) {
                    exchange.proxyClosing();
                } else {
                    exchange.clientGone();
                }
            }
        }
    }

    @Override
    public void drained() {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.clientDrained();
        } else {
            unsent = false;
            endRequest();
        }
    }

    @Override
    public void deadlinePassed() {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.deadlinePassed();
        } else {
            context.counters().clientsGone.increment();
            stream.reset(ErrorCode.CANCEL);
        }
    }

    @Override
    public Channel channel() {
        return client.channel();
    }

    @Override
    public void deadline(long nanoTime) {
        stream.deadline(nanoTime);
    }

    @Override
    public void pauseRequest() {
        stream.reading(false);
    }

    @Override
    public void resumeRequest() {
        stream.reading(true);
    }

    @Override
    public boolean isDrained() {
        return stream.isDrained();
    }

    @Override
    public boolean hasStreams() {
        return true;
    }

    @Override
    public @Nullable Http2Origin http2Origin() {
        return client.origin();
    }

    @Override
    public void http2Origin(Http2Origin origin) {
        client.origin(origin);
    }

    @Override
    public void informational(ResponseHead head, HopByHop hopByHop, String via) {
        stream.response(head, hopByHop, via, false);
    }

    @Override
    public boolean respond(IncomingResponse response, ByteBuffer buffer, String via) {
        BodyTransfer body = response.body();
        int from = body.outFrom();
        int to = body.outTo();
        boolean last = body.ended() && body.trailers().count() == 0;
        if (response.sendsHead()) {
            boolean whole = last && from == to;
            stream.response(response.head(), response.hopByHop(), via, whole);
            if (whole) {
                return false;
            }
        }
        if (from < to) {
            stream.data(buffer, from, to, last);
        }
        if (body.ended() && (from == to || !last)) {
            stream.end(body.trailers(), body.hopByHop());
        }
        return false;
    }

    @Override
    public void answer(Failure failure) {
        leave();
        String fields = failure.httpStatus() == 407 ? "Proxy-Authenticate: Basic realm=\"capture proxy\"\r\n" : "";
        OwnResponse response = OwnResponse.error(failure.httpStatus(), failure.detail(), fields);
        respond(response, failure.status(), failure.side(), failure.detail());
    }

    private void respond(OwnResponse response, Status status, Side side, String detail) {
        boolean withBody = !answersHead;
        ExchangeRecorder recording = recorder;
        if (recording != null) {
            recording.answered(response.captured(withBody));
            recording.end(status, side, detail);
        }
        ByteBuffer body = response.body();
        boolean empty = !withBody || !body.hasRemaining();
        stream.response(response.parsedHead(), OwnResponse.HOP_BY_HOP, "", empty);
        if (!empty) {
            stream.data(body, 0, body.limit(), true);
        }
        afterResponse();
    }

    @Override
    public void exchangeEnded(boolean keepAlive) {
        leave();
        afterResponse();
    }

    /** The response is whole: what the client has not taken of it still goes out, and no more of the request is wanted. */
    private void afterResponse() {
        if (stream.isDrained()) {
            endRequest();
        } else {
            unsent = true;
            stream.deadline(ProxyContext.deadline(context.config().timeouts().transfer()));
        }
    }

    /** RFC 9113 section 8.1: a response may be whole before its request is, whose rest is then not needed. */
    private void endRequest() {
        if (!stream.isRemoteEnded()) {
            stream.reset(ErrorCode.NO_ERROR);
        }
    }

    private void leave() {
        if (relay != null) {
            relay = null;
            client.ends(this);
            stream.deadline(0);
        }
    }

    @Override
    public void abort(long code) {
        leave();
        stream.reset(code);
    }

    @Override
    public void upgraded(ExchangeRelay exchange, ResponseHead head, OriginConnection origin, Switch toSend) {
        throw new IllegalStateException("a stream does not switch protocols");
    }

    @Override
    public void pin(OriginConnection origin) {
        throw new IllegalStateException("no connection is bound to a stream");
    }

    Optional<InFlightExchange> inFlight(long now) {
        ExchangeRecorder recording = recorder;
        if (recording == null) {
            throw new IllegalStateException("an exchange under way is recorded");
        }
        return recording.inFlight(now);
    }
}
