package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.StreamReset;
import io.github.captureproxy.internal.http2.ErrorCode;
import io.github.captureproxy.internal.http2.StreamHandler;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.BodyTransfer;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.internal.wire.ResponseRewriter;
import io.github.captureproxy.spi.TlsInspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on its way: carries the request to the origin and the response back, and tells the recorder. The record
 * is complete before the bytes that end the response are given to the client's socket. For one worker thread.
 */
public final class ExchangeRelay {
    private final ProxyContext context;
    private final ClientSide client;
    private final OutgoingRequest request;
    private final ExchangeRecorder recorder;
    private final OriginAcquisition acquisition;
    private final @Nullable RuledExchange rules;
    private @Nullable OriginSide origin;
    private final BodyTransfer.Tap responseTap;
    private @Nullable IncomingResponse response;
    private boolean responseStarted;
    private boolean uploadStopped;
    private boolean retried;
    private boolean interimSeen;
    private boolean starting;
    private boolean finished;
    private boolean boundToNobody;
    private long cutCode = ErrorCode.CANCEL;

    /**
     * Makes the relay; {@link #start} sets it going.
     *
     * @param context what all connections share
     * @param client the client's half
     * @param request what is to be sent
     * @param pinned the connection that is bound to the client, if there is one
     */
    public ExchangeRelay(
            ProxyContext context, ClientSide client, OutgoingRequest request, @Nullable OriginConnection pinned) {
        this(context, client, request, pinned, null);
    }

    /**
     * Makes the relay between a client and what rules make of its request.
     *
     * @param context what all connections share
     * @param client the client's half
     * @param request what the client sends
     * @param rules take the origin's place
     * @return the relay
     */
    public static ExchangeRelay ruled(
            ProxyContext context, ClientSide client, OutgoingRequest request, RuledExchange rules) {
        return new ExchangeRelay(context, client, request, null, rules);
    }

    private ExchangeRelay(
            ProxyContext context,
            ClientSide client,
            OutgoingRequest request,
            @Nullable OriginConnection pinned,
            @Nullable RuledExchange rules) {
        this.rules = rules;
        this.context = context;
        this.client = client;
        this.request = request;
        this.recorder = request.recorder();
        this.responseTap = recorder::responseData;
        this.acquisition = new OriginAcquisition(context, client, this, request.destination(), pinned);
    }

    /**
     * Looks for a connection, and sends the request as far as it is there.
     *
     * @param buffer holds the bytes behind the request's head
     * @param from the first one's index
     * @param to behind the last one
     * @return true if the buffer was kept
     */
    public boolean start(ByteBuffer buffer, int from, int to) {
        if (!request.body().ended()) {
            client.deadline(ProxyContext.deadline(context.config().timeouts().transfer()));
        } else {
            recorder.requestEnded(request.body().trailers());
        }
        RuledExchange ruled = rules;
        if (ruled != null) {
            origin = ruled;
            ruled.begin(this);
        } else {
            starting = true;
            acquisition.begin(true);
            starting = false;
        }
        return !finished && requestBody(buffer, from, to);
    }

    /**
     * More of the request's body has come in.
     *
     * @param buffer holds the bytes
     * @param from the first one's index
     * @param to behind the last one; {@link BodyTransfer#consumedTo} of the request tells how far it went
     * @return true if the buffer was kept
     */
    public boolean requestBody(ByteBuffer buffer, int from, int to) {
        boolean wasEnded = request.body().ended();
        try {
            request.take(buffer, from, to);
        } catch (MalformedMessageException e) {
            fail(new Failure(e.status(), Status.MALFORMED_REQUEST, Side.CLIENT, e.problem()));
            return false;
        }
        if (!wasEnded && request.body().ended()) {
            recorder.requestEnded(request.body().trailers());
        }
        if (uploadStopped) {
            return false;
        }
        OriginSide connection = origin;
        if (connection == null) {
            request.stash(buffer);
            if (request.isStashed() && !request.body().ended()) {
                client.pauseRequest(); // until there is a connection, which may take long
            }
            return false;
        }
        boolean kept = send(connection, buffer);
        if (!finished && origin == connection) { // else it is sent again on another
            afterSending(connection);
        }
        return kept;
    }

    private boolean send(OriginSide connection, ByteBuffer buffer) {
        try {
            return connection.send(request, buffer);
        } catch (IOException e) {
            writeFailed(connection);
            return false;
        }
    }

    private void afterSending(OriginSide connection) {
        if (request.body().ended()) {
            recorder.requestSent();
            if (response == null && rules == null) { // else they say what is waited for
                client.deadline(
                        ProxyContext.deadline(context.config().timeouts().firstByte()));
            } else if (isResponseEnded()) {
                finish();
                return;
            }
        } else if (rules == null) {
            client.deadline(ProxyContext.deadline(context.config().timeouts().transfer()));
        }
        if (!connection.isDrained()) {
            recorder.waiting(WaitingFor.ORIGIN_READ);
            client.pauseRequest();
        }
    }

    /** A write failed: the origin may have answered before it closed, so what it sent is still read. */
    void writeFailed(OriginSide connection) {
        if (connection.isUnanswered() && retry()) {
            return;
        }
        uploadStopped = true;
        if (isResponseEnded()) {
            originClosed();
        }
    }

    /** A connection is there. */
    void connected(OriginSide connection) {
        origin = connection;
        recorder.connected(request.destination().route(), connection.remoteAddress(), connection.tls());
        connection.begin(this);
    }

    /** The request's first bytes are about to be sent by whoever started the exchange. */
    boolean isStarting() {
        return starting;
    }

    /** A connection is there, some time after it was asked for: what has come in meanwhile is sent. */
    void connectedLate(OriginSide connection) {
        connected(connection);
        try {
            connection.sendStashed(request);
        } catch (IOException e) {
            writeFailed(connection);
        }
        if (!finished && origin == connection) {
            afterSending(connection);
            if (!finished && connection.isDrained()) {
                client.resumeRequest();
            }
        }
    }

    /** The origin has taken what it was sent. */
    void originDrained() {
        if (finished || uploadStopped) {
            return;
        }
        if (!request.body().ended()) {
            client.resumeRequest();
        } else if (response == null) { // else it would seem to wait for the origin to read what that has taken
            recorder.waiting(WaitingFor.RESPONSE_HEAD);
        }
    }

    /** A part of a response's head, the rest of which is still to come. */
    void responseHeadBegan() {
        recorder.responseHeadBegan();
    }

    /** An interim response: passed on, unless the client speaks HTTP/1.0 (RFC 9110 section 15.2). */
    void informational(ResponseHead head) throws MalformedMessageException {
        interimSeen = true;
        recorder.informational(head);
        if (request.head().minorVersion() > 0) {
            try {
                client.informational(head, HopByHop.of(head.fields()), via());
            } catch (IOException e) {
                clientGone();
            }
            if (!finished && !client.isDrained()) { // an origin may send any number of them
                connection().reading(false);
            }
        }
    }

    /** The final response's head, and what followed it in the same read. Returns true if the buffer was kept. */
    boolean response(ResponseHead head, ByteBuffer buffer, int from, int to) throws MalformedMessageException {
        return begin(head, false) && responseBody(buffer, from, to);
    }

    /** The final response's head, on a stream of its own. */
    void response(ResponseHead head, boolean ended) throws MalformedMessageException {
        IncomingResponse current;
        if (begin(head, ended) && (current = response) != null) {
            respond(current, EMPTY);
        }
    }

    private boolean begin(ResponseHead head, boolean streamEnded) throws MalformedMessageException {
        if (request.destination().isForwardedByUpstream() && head.status() == 407) {
            fail(new Failure(502, Status.FORBIDDEN, Side.ORIGIN, "the upstream proxy refused its credentials"));
            return false;
        }
        // Between streams, the origin itself says if it takes no more of the request (RFC 9113 section 8.1).
        boolean cutsRequest = head.status() >= 300 && !request.body().ended() && !isBetweenStreams();
        IncomingResponse begun = new IncomingResponse(
                head,
                request,
                uploadStopped || cutsRequest,
                new IncomingResponse.Hops(
                        client.takesContentAlone(),
                        connection().givesContentAlone(),
                        connection().isInTunnel(),
                        streamEnded));
        uploadStopped |= cutsRequest;
        response = begun;
        recorder.responseStarted(head, begun.framing(), head.version());
        learn(head);
        if (connection() instanceof OriginConnection bound && ConnectionAuth.isBound(request.head(), head)) {
            if (client.hasStreams()) {
                boundToNobody = true;
            } else {
                client.pin(bound);
            }
        }
        return true;
    }

    private boolean isBetweenStreams() {
        return client.hasStreams()
                && (rules == null ? connection() instanceof Http2OriginStream : rules.leadsToStream());
    }

    /** The request is sent on a stream. */
    boolean hasOriginStream() {
        return origin instanceof Http2OriginStream;
    }

    /** When the response has ended, so has the exchange. */
    boolean endsWithResponse() {
        return uploadStopped || request.body().ended();
    }

    /** More of the response's body, on a stream of its own. */
    void responseData(ByteBuffer buffer, int from, int to, boolean ended) throws MalformedMessageException {
        IncomingResponse current = response;
        if (current != null && ended) {
            current.endsWithNext();
        }
        responseBody(buffer, from, to);
    }

    /** The response's stream has ended with trailers. */
    void responseTrailers(Fields trailers) {
        IncomingResponse current = response;
        if (current != null) {
            current.endOfStream(trailers);
            respond(current, EMPTY);
        }
    }

    /** What a response over TLS says of its host: only the first such field counts (RFC 6797 section 8.1). */
    private void learn(ResponseHead head) {
        TlsInspection inspection = request.destination().tls();
        OriginTls secured = connection().tls();
        if (inspection == null || secured == null) {
            return;
        }
        int field = head.fields().indexOf(FieldName.STRICT_TRANSPORT_SECURITY);
        if (field >= 0) {
            inspection.strictTransportSecurity(secured, List.of(head.fields().value(field)));
        }
    }

    private String via() {
        return context.config().routing().via().orElse("");
    }

    private OriginSide connection() {
        OriginSide current = origin;
        if (current == null) {
            throw new IllegalStateException("an exchange without a connection got a response");
        }
        return current;
    }

    /** More of the response's body. Returns true if the buffer was kept. */
    boolean responseBody(ByteBuffer buffer, int from, int to) throws MalformedMessageException {
        IncomingResponse current = response;
        if (current == null) {
            throw new IllegalStateException("a body without a response");
        }
        current.take(buffer, from, to, responseTap);
        return respond(current, buffer);
    }

    /** Sends on what was taken of the response. The exchange is recorded before the client gets what ends it. */
    private boolean respond(IncomingResponse current, ByteBuffer buffer) {
        if (current.isEnded()) {
            recorder.responseEnded(current.trailers());
            recorder.end(Status.COMPLETED, Side.NONE, "");
        }
        responseStarted = true;
        boolean kept = false;
        try {
            kept = client.respond(current, buffer, via());
        } catch (IOException e) {
            clientGone();
        }
        if (finished) {
            return kept;
        }
        if (current.isEnded()) {
            afterResponse();
            return kept;
        }
        client.deadline(ProxyContext.deadline(context.config().timeouts().transfer()));
        if (!client.isDrained()) {
            recorder.waiting(WaitingFor.CLIENT_READ);
            connection().reading(false);
        }
        return kept;
    }

    private void afterResponse() {
        if (endsWithResponse()) {
            finish();
        } else {
            connection().responseDone();
        }
    }

    /** The stream has ended where a response's body was expected. */
    void originEnded() {
        IncomingResponse current = response;
        if (current != null) {
            current.endOfStream();
            if (current.isEnded()) {
                respond(current, EMPTY);
                return;
            }
        }
        fail(Failure.badGateway("the origin closed the connection within a response's body"));
    }

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    /** The client has taken what it was sent. */
    public void clientDrained() {
        OriginSide connection = origin;
        if (!finished && connection != null && !isResponseEnded()) {
            if (responseStarted) {
                recorder.waiting(WaitingFor.RESPONSE_BODY);
            }
            connection.reading(true);
        }
    }

    /**
     * Tells if the response has come in whole. May be called on any thread.
     *
     * @return true from its last byte on
     */
    public boolean isResponseEnded() {
        return response != null && response.isEnded();
    }

    /** The origin switches protocols: both connections leave HTTP. */
    void switchingProtocols(OriginConnection connection, ResponseHead head, byte[] early)
            throws MalformedMessageException {
        if (client.hasStreams() || !request.asksFor(head)) {
            throw new MalformedMessageException(502, "it switches protocols without having been asked to");
        }
        if (!request.body().ended()) { // else its rest would be taken for the new protocol
            throw new MalformedMessageException(502, "it switches protocols before the request has ended");
        }
        recorder.responseStarted(head, Framing.NONE);
        recorder.responseEnded(Fields.NONE);
        byte[] scratch = Worker.current().scratch();
        int length = ResponseRewriter.write(
                head,
                HopByHop.of(head.fields()),
                ResponseRewriter.Chunks.KEPT,
                ResponseRewriter.Connection.UPGRADE,
                via(),
                scratch);
        finished = true;
        acquisition.leave();
        connection.release();
        client.upgraded(this, head, connection, new ClientSide.Switch(ByteBuffer.wrap(scratch, 0, length), early));
    }

    /** What the rules sent on has had the protocol switched: both connections leave HTTP. */
    void upgraded(ResponseHead head, OriginConnection connection, ClientSide.Switch toSend) {
        recorder.responseStarted(head, Framing.NONE);
        recorder.responseEnded(Fields.NONE);
        finished = true;
        client.upgraded(this, head, connection, toSend);
    }

    /**
     * What records the exchange.
     *
     * @return the recorder
     */
    public ExchangeRecorder recorder() {
        return recorder;
    }

    /**
     * The request that is sent.
     *
     * @return the request
     */
    public OutgoingRequest request() {
        return request;
    }

    void malformedResponse(String problem) {
        fail(malformed(problem));
    }

    private static Failure malformed(String problem) {
        return new Failure(
                502,
                Status.MALFORMED_RESPONSE,
                Side.ORIGIN,
                "the origin's response breaks the rules of HTTP: " + problem);
    }

    /** The origin's connection has ended without an answer to what it was sent. */
    void originGone(String how) {
        OriginSide connection = origin;
        if (finished || connection == null) {
            return;
        }
        if (response == null && connection.isUnanswered() && (retry() || offersMore(connection))) {
            return;
        }
        if (isResponseEnded()) {
            originClosed();
            return;
        }
        fail(Failure.badGateway(response == null ? how : "the origin closed the connection within a response's body"));
    }

    /** As {@link #originGone}, but the connection broke. */
    void originFailed(Throwable cause, String how) {
        if (cause instanceof IOException) {
            originGone(how);
        } else {
            context.reactor().defect("exchange " + recorder.id(), cause);
            fail(new Failure(502, Status.INTERNAL_ERROR, Side.PROXY, "an error inside the proxy"));
        }
    }

    /** The response is whole, and the origin sends no more: it may still take the rest of the request. */
    void originHalfClosed() {
        IncomingResponse whole = response;
        if (whole != null) {
            whole.endOfStream();
        }
    }

    /** The response is whole, and the origin takes no more of the request. */
    void originClosed() {
        if (!finished) {
            uploadStopped = true;
            finish();
        }
    }

    /** RFC 9110 section 9.2.2: only a request that may be sent twice, and only where a kept connection had gone stale. */
    private boolean retry() {
        OriginSide stale = origin;
        return stale != null && stale.wasUsed() && request.isRepeatable() && sendAgain(stale);
    }

    /** The origin may have ended the connection because it speaks HTTP/2 alone, which it has not been offered. */
    private boolean offersMore(OriginSide connection) {
        TlsInspection inspection = request.destination().tls();
        OriginTls secured = connection.tls();
        return inspection != null
                && secured != null
                && secured.applicationProtocol().isEmpty()
                && request.isRepeatable()
                && !request.keepsChunks()
                && inspection.offerMore()
                && sendAgain(connection);
    }

    private boolean sendAgain(OriginSide stale) {
        if (finished || retried || interimSeen || context.reactor().isClosing()) {
            return false;
        }
        if (stale.isInTunnel()) {
            return false; // the client chose this connection, and its way, by its CONNECT
        }
        retried = true;
        context.counters().retries.increment();
        origin = null;
        stale.reset(ErrorCode.CANCEL);
        request.rewind();
        acquisition.begin(false);
        return true;
    }

    /** The connection that was asked for will not be there. */
    void notConnected(Failure failure) {
        fail(failure);
    }

    /** The client's connection has ended or broken. */
    public void clientGone() {
        clientGone("the client closed the connection");
    }

    /**
     * The client has reset the exchange's stream.
     *
     * @param code why, which is passed on where the origin's side is a stream, too
     */
    public void clientReset(long code) {
        recorder.clientReset(code, true);
        cutCode = code;
        clientGone("the client reset the stream");
    }

    /**
     * The client broke a rule on the exchange's stream, which has been reset for that.
     *
     * @param problem what is wrong
     * @param code what it was reset with
     */
    public void requestMalformed(String problem, long code) {
        if (!finished) {
            recorder.clientReset(code, false);
            originIsReset(ErrorCode.CANCEL);
            recorder.end(Status.MALFORMED_REQUEST, Side.CLIENT, problem);
            cut();
        }
    }

    /** Notes the reset that a stream to the origin gets with the exchange's end. */
    void originIsReset(long code) {
        if (rules != null) {
            rules.originIsReset(code);
        } else if (origin instanceof Http2OriginStream && !isResponseEnded()) {
            recorder.originReset(code, false);
        }
    }

    private void clientGone(String how) {
        if (finished) {
            return;
        }
        if (isResponseEnded()) {
            context.counters().clientsGone.increment();
        }
        originIsReset(cutCode);
        recorder.end(Status.CLIENT_ABORTED, Side.CLIENT, how);
        cut();
        client.abort(cutCode);
    }

    /**
     * The client's stream has ended behind its request.
     *
     * @param trailers the fields that it ended with
     */
    public void requestTrailers(Fields trailers) {
        request.body().endOfStream(trailers);
        recorder.requestEnded(trailers);
        OriginSide connection = origin;
        if (connection == null || uploadStopped || finished) {
            return;
        }
        send(connection, EMPTY);
        if (!finished && origin == connection) {
            afterSending(connection);
        }
    }

    /** The stream to the origin has been reset, or its connection is gone. */
    void originReset(StreamHandler.Reset reset) {
        OriginSide stream = origin;
        if (finished || stream == null) {
            return;
        }
        if (reset.by() != StreamHandler.By.CONNECTION) {
            recorder.originReset(reset.code(), reset.by() == StreamHandler.By.PEER);
        }
        if (isResponseEnded()) {
            originClosed();
            return;
        }
        if (response == null && isSentAgain(reset, stream)) {
            return;
        }
        switch (reset.by()) {
            case HERE -> malformedResponse(reset.problem());
            case CONNECTION ->
                fail(
                        reset.problem().isEmpty()
                                ? Failure.badGateway("the connection to the origin was closed")
                                : malformed(reset.problem()));
            case PEER -> originResets(reset.code());
        }
    }

    private boolean isSentAgain(StreamHandler.Reset reset, OriginSide stream) {
        return reset.isUnprocessed()
                ? request.isKept() && sendAgain(stream)
                : reset.by() == StreamHandler.By.CONNECTION && stream.isUnanswered() && retry();
    }

    private void originResets(long code) {
        resetClient(Failure.badGateway("the origin reset the stream with " + new StreamReset(code, true).name()), code);
    }

    /** Nothing of the request has been sent, nor will be: a client that has streams can send it again elsewhere. */
    void notTaken(String why) {
        resetClient(Failure.badGateway(why), ErrorCode.REFUSED_STREAM);
    }

    void resetClient(Failure failure, long code) {
        if (!client.hasStreams() || context.reactor().isClosing()) {
            fail(failure);
            return;
        }
        recorder.clientReset(code, false);
        recorder.end(failure.status(), failure.side(), failure.detail());
        cut();
        client.abort(code);
    }

    /** The client's stream has ended within its request. */
    public void requestTruncated() {
        clientGone();
    }

    /** The time for what the exchange waits for is up. */
    public void deadlinePassed() {
        RuledExchange ruled = rules;
        if (finished || ruled != null && ruled.deadlineIsOver()) {
            return;
        }
        boolean waitsForClient = !request.body().ended() && request.hasRoom() || !client.isDrained();
        OriginSide connection = origin;
        if (connection != null && waitsForClient && (connection.isDrained() || response != null)) {
            fail(new Failure(408, Status.TIMED_OUT, Side.CLIENT, "waiting for the client took too long"));
        } else {
            String what = whatIsAwaited(connection);
            fail(new Failure(504, Status.TIMED_OUT, Side.ORIGIN, "waiting for " + what + " took too long"));
        }
    }

    private String whatIsAwaited(@Nullable OriginSide connection) {
        if (connection == null) {
            return "a connection";
        }
        if (response != null) {
            return "more of the response";
        }
        return connection.isDrained() ? "the response to begin" : "the origin to take the request";
    }

    /** Ends the exchange by a failure: the client is told if nothing of the response has been sent, else it is cut off. */
    void fail(Failure failure) {
        if (finished) {
            return;
        }
        if (context.reactor()
                .isClosing()) { // which is why the other side's connection ended, or no new one could be made
            proxyClosing();
            client.abort(ErrorCode.CANCEL);
            return;
        }
        boolean tell = !responseStarted;
        if (!tell) {
            if (client.hasStreams()) {
                recorder.clientReset(ErrorCode.INTERNAL_ERROR, false);
            }
            recorder.end(failure.status(), failure.side(), failure.detail());
        }
        cut();
        if (tell) {
            client.answer(failure);
        } else {
            client.abort(ErrorCode.INTERNAL_ERROR);
        }
    }

    /** A rule breaks the exchange off: what the client has of the response must not look whole. */
    void breakOff(String detail) {
        if (finished) {
            return;
        }
        if (client.hasStreams()) {
            recorder.clientReset(ErrorCode.INTERNAL_ERROR, false);
        }
        recorder.end(Status.BROKEN_BY_RULE, Side.PROXY, detail);
        cut();
        client.abort(ErrorCode.INTERNAL_ERROR);
    }

    /** Ends the exchange because the proxy closes. */
    public void proxyClosing() {
        if (!finished) {
            recorder.end(Outcome.Status.PROXY_CLOSED, Side.PROXY, "the proxy was closed");
            cut();
        }
    }

    private void cut() {
        finished = true;
        acquisition.cancel();
        OriginSide connection = origin;
        if (connection != null) {
            connection.reset(cutCode);
        }
        acquisition.leave();
    }

    private void finish() {
        finished = true;
        OriginSide connection = connection();
        IncomingResponse intact = uploadStopped ? null : response;
        boolean reusable = intact != null && connection.isReusable(intact.keepsOrigin() && !boundToNobody);
        if (!reusable) {
            connection.close();
        } else if (!acquisition.rests(connection)) {
            connection.keep();
        }
        acquisition.leave();
        client.exchangeEnded(intact != null && intact.keepsClient());
    }

    /** The client has bound the connection to itself: it is not kept for others. */
    public void bindConnection() {
        RuledExchange ruled = rules;
        if (ruled != null) {
            ruled.bindConnection();
        } else if (connection() instanceof OriginConnection bound) {
            acquisition.pin(bound);
        }
    }
}
