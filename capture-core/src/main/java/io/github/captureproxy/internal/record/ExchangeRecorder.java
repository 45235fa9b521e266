package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.EventStreamParser;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.StreamPriority;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WireSizes;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.Framing;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.spi.BodySelector;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts one exchange together from what happens to it, and hands it over once. Watches beside the traffic and never
 * changes it. For one thread; {@link #inFlight} may be called on any.
 */
public final class ExchangeRecorder {
    /** Interim responses that are kept of one exchange; an origin may send any number. */
    private static final int MAX_INFORMATIONAL = 100;

    private final Recording recording;
    private final boolean on;
    private final long id;
    private final @Nullable InTunnel tunnel;
    private final ClientInfo client;
    private final Instant startedAt;
    private final PhaseClock clock;
    private final MessageRecorder requestBody = new MessageRecorder();
    private final MessageRecorder responseBody = new MessageRecorder();
    private final HopRecorder clientHop = new HopRecorder();
    private final HopRecorder originHop = new HopRecorder();
    private volatile CapturedRequest request;
    private volatile WaitingFor waitingFor = WaitingFor.CONNECTION_SLOT;
    private @Nullable CapturedResponse response;
    private @Nullable List<InformationalResponse> informational;
    private @Nullable MessageLog messages;
    private @Nullable EventStreamParser events;
    private @Nullable String upgradedTo;
    private Route route = Route.NONE;
    private @Nullable InetSocketAddress remote;
    private @Nullable OriginTls originTls;
    private long requestHeadBytes;
    private long responseHeadBytes;
    private @Nullable RuleTrace rules;
    private @Nullable ExchangeRecorder onBehalfOf;
    private boolean ended;
    private volatile boolean gone;
    private @Nullable Outcome outcome;

    /**
     * What all recorders of a proxy share.
     *
     * @param sink takes what was recorded
     * @param bodies says which bodies are kept
     * @param maxWebSocketMessages messages kept of one WebSocket
     */
    public record Recording(CaptureSink sink, BodyPolicy bodies, int maxWebSocketMessages) {}

    /**
     * What an exchange came through.
     *
     * @param id the CONNECT tunnel's id
     * @param reason what was decided about it
     * @param tls the client's TLS in it; null if it is plain
     */
    public record InTunnel(
            long id, Tunnel.Reason reason, @Nullable ClientTls tls) {}

    /**
     * Starts to record an exchange.
     *
     * @param recording what all recorders share
     * @param id the exchange's id
     * @param client who sent the request
     * @param tunnel the CONNECT tunnel that it came through; null if there was none
     * @param request the request's head
     */
    public ExchangeRecorder(
            Recording recording, long id, ClientInfo client, @Nullable InTunnel tunnel, CapturedRequest request) {
        this.recording = recording;
        this.on = !recording.sink().isPaused();
        if (!on) {
            recording.sink().passesUnseen();
        }
        this.id = id;
        this.client = client;
        this.tunnel = tunnel;
        this.request = request;
        this.startedAt = Instant.now();
        this.clock = new PhaseClock(System.nanoTime());
        recording.sink().stirred(client);
    }

    /** What rules send on in place of a client's request. */
    private ExchangeRecorder(ExchangeRecorder client, Recording recording, CapturedRequest sent) {
        this.recording = recording;
        this.on = client.on;
        this.id = client.id;
        this.client = client.client;
        this.tunnel = client.tunnel;
        this.request = sent;
        this.startedAt = client.startedAt;
        this.clock = client.clock;
        this.onBehalfOf = client;
    }

    /**
     * Rules act on the exchange.
     *
     * @param names the rules, in order
     */
    public void ruled(List<String> names) {
        rules = new RuleTrace(names);
    }

    /**
     * A rule answers in place of the origin.
     *
     * @param detail which, in words
     */
    public void answeredByRule(String detail) {
        trace().answered(detail);
    }

    private RuleTrace trace() {
        RuleTrace known = rules;
        if (known == null) {
            known = new RuleTrace(List.of());
            rules = known;
        }
        return known;
    }

    /**
     * Starts to record the origin's side of an exchange on which rules act. It ends with this one, if not before.
     *
     * @param sent the head of the request that is sent on
     * @param changes what the rules change
     * @return what records it
     */
    public ExchangeRecorder sendsOn(CapturedRequest sent, RuleTrace.Changes changes) {
        RuleTrace known = trace();
        Recording beside =
                new Recording(known.beside(recording.sink()), recording.bodies(), recording.maxWebSocketMessages());
        ExchangeRecorder made = new ExchangeRecorder(this, beside, sent);
        if (on && changes.requestBody()) {
            made.requestBody.start(
                    recording.bodies().open(BodySelector.Direction.REQUEST, sent.headers(), -1), sent.headers());
        }
        known.sendsOn(made, changes);
        return made;
    }

    /** The response of the origin's side is kept if the client does not get the same. */
    private boolean keepsResponse() {
        ExchangeRecorder outer = onBehalfOf;
        return on && (outer == null || outer.trace().changes().responseBody());
    }

    private void waits(WaitingFor what) {
        waitingFor = what;
        ExchangeRecorder outer = onBehalfOf;
        if (outer != null) {
            outer.waitingFor = what;
        }
    }

    /**
     * The exchange's id.
     *
     * @return the id that it is given in the record
     */
    public long id() {
        return id;
    }

    /**
     * The value for a request's head.
     *
     * @param head the head
     * @param origin what it is meant for; null if that cannot be told
     * @return the request, without a body yet
     */
    public static CapturedRequest captured(RequestHead head, @Nullable HttpOrigin origin) {
        return captured(head, origin, head.minorVersion() == 0 ? "HTTP/1.0" : "HTTP/1.1");
    }

    /**
     * The value for a request's head that came in another version than its request line could say.
     *
     * @param head the head
     * @param origin what it is meant for; null if that cannot be told
     * @param version the version that the client spoke, such as {@code HTTP/2}
     * @return the request, without a body yet
     */
    public static CapturedRequest captured(RequestHead head, @Nullable HttpOrigin origin, String version) {
        return CapturedRequest.ofHead(
                head.method(), head.bytes(), head.targetStart(), head.targetEnd(), head.fieldsStart(), version, origin);
    }

    /**
     * The client's side is HTTP/2.
     *
     * @param id the stream of the request
     * @param priority what the client said of its priority; null if it did not
     */
    public void clientStream(int id, @Nullable StreamPriority priority) {
        clientHop.stream(id, priority);
    }

    /**
     * The client's stream was reset. The first reset counts, and only before {@link #end}.
     *
     * @param code the error code, of which 32 bits count
     * @param byPeer true if the client sent it, false if the proxy did
     */
    public void clientReset(long code, boolean byPeer) {
        clientHop.reset(code, byPeer);
    }

    /**
     * The request's head is known to be well-formed, and its body begins.
     *
     * @param headBytes the head's size
     * @param framing how its body is delimited
     */
    public void requestStarted(long headBytes, Framing framing) {
        requestHeadBytes = headBytes;
        if (on) {
            if (framing.kind() != Framing.Kind.NONE && framing.length() != 0) {
                requestBody.start(
                        recording.bodies().open(BodySelector.Direction.REQUEST, request.headers(), framing.length()),
                        request.headers());
            }
            recording.sink().request(() -> view(System.nanoTime()));
        }
    }

    /**
     * The request's head came whole, but breaks the rules: where it ends is known, and where the request does is not.
     *
     * @param headBytes the head's size
     */
    public void requestMalformed(long headBytes) {
        requestHeadBytes = headBytes;
    }

    /**
     * The request's head is known to be well-formed, and what follows it is not read: the proxy answers at once.
     *
     * @param headBytes the head's size
     * @param framing how its body is delimited
     */
    public void requestUnread(long headBytes, Framing framing) {
        requestStarted(headBytes, framing);
        if (framing.kind() == Framing.Kind.NONE || framing.length() == 0) {
            requestEnded(Fields.NONE);
        }
    }

    /**
     * Bytes of the request's body have come in.
     *
     * @param buffer holds them
     * @param from the first one's index
     * @param length how many
     */
    public void requestData(ByteBuffer buffer, int from, int length) {
        requestBody.data(buffer, from, length);
    }

    /**
     * The request has come in whole.
     *
     * @param trailers its trailers
     */
    public void requestEnded(Fields trailers) {
        requestBody.end(trailers);
        if (waitingFor == WaitingFor.REQUEST_BODY || waitingFor == WaitingFor.ORIGIN_READ) {
            waits(WaitingFor.RESPONSE_HEAD); // else it still waits for its connection
        }
    }

    /**
     * Says what the exchange waits for from now on.
     *
     * @param what what it waits for
     */
    public void waiting(WaitingFor what) {
        waits(what);
    }

    /** A new connection is being made. */
    public void dialling() {
        clock.dialled(System.nanoTime());
        waits(WaitingFor.NAME_RESOLUTION);
    }

    /** The addresses are known. */
    public void resolved() {
        clock.resolved(System.nanoTime());
        waits(WaitingFor.CONNECT);
    }

    /**
     * A TLS handshake for it has failed.
     *
     * @param failure what failed
     */
    public void tlsFailed(TlsFailure failure) {
        if (on) {
            recording.sink().tlsFailure(failure);
        }
    }

    /** The connection is there, and its TLS handshake begins. */
    public void securing() {
        clock.securing(System.nanoTime());
    }

    /**
     * A connection to send the request on is there.
     *
     * @param way the route
     * @param address the address at its other end
     * @param tls what its TLS handshake showed; null if it is plain
     */
    public void connected(Route way, InetSocketAddress address, @Nullable OriginTls tls) {
        clock.connected(System.nanoTime());
        originHop.connected();
        route = way;
        remote = address;
        originTls = tls;
        waits(requestBody.isComplete() ? WaitingFor.RESPONSE_HEAD : WaitingFor.REQUEST_BODY);
    }

    /**
     * The origin's side is HTTP/2. To be called after {@link #connected}, and again when the request is sent again on
     * another stream: the last one counts, without the reset of the one before it.
     *
     * @param id the stream that the request is sent on
     */
    public void originStream(int id) {
        originHop.stream(id, null);
    }

    /**
     * The origin's stream was reset. The first reset of a stream counts, and only before {@link #end}.
     *
     * @param code the error code, of which 32 bits count
     * @param byPeer true if the origin sent it, false if the proxy did
     */
    public void originReset(long code, boolean byPeer) {
        originHop.reset(code, byPeer);
    }

    /** The request's last byte has been given to the origin's socket. */
    public void requestSent() {
        clock.sent(System.nanoTime());
    }

    /** A part of a response's head has come in. */
    public void responseHeadBegan() {
        clock.headBegan(System.nanoTime());
    }

    /**
     * An interim response has come in.
     *
     * @param head its head
     */
    public void informational(ResponseHead head) {
        clock.interim();
        if (informational == null) {
            informational = new ArrayList<>();
        }
        if (informational.size() < MAX_INFORMATIONAL) {
            informational.add(new InformationalResponse(
                    head.status(), head.reason(), captured(head, version(head)).headers()));
        }
    }

    /**
     * The final response's head has come in.
     *
     * @param head the head
     * @param framing how its body is delimited
     */
    public void responseStarted(ResponseHead head, Framing framing) {
        responseStarted(head, framing, version(head));
    }

    private static String version(ResponseHead head) {
        return head.minorVersion() == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    /**
     * The final response's head has come in, in another version than its status line could say.
     *
     * @param head the head
     * @param framing how its body is delimited
     * @param version the version that the origin spoke, such as {@code HTTP/2}
     */
    public void responseStarted(ResponseHead head, Framing framing, String version) {
        clock.firstByte(System.nanoTime());
        responseHeadBytes = head.bytes().length;
        originHop.version(version);
        response = captured(head, version);
        waits(WaitingFor.RESPONSE_BODY);
        if (keepsResponse() && framing.kind() != Framing.Kind.NONE && framing.length() != 0) {
            responseBody.start(
                    recording.bodies().open(BodySelector.Direction.RESPONSE, response.headers(), framing.length()),
                    response.headers());
            events = events(head);
        }
    }

    /** Takes events apart as they pass where a listener wants them; those in a content coding are read when all is over. */
    private @Nullable EventStreamParser events(ResponseHead head) {
        boolean wanted = recording.sink().wantsServerSentEvents()
                && head.isEventStream()
                && !head.fields().has(FieldName.CONTENT_ENCODING);
        return wanted ? new EventStreamParser(event -> recording.sink().serverSentEvent(id, event)) : null;
    }

    private static CapturedResponse captured(ResponseHead head, String version) {
        return CapturedResponse.ofHead(
                head.status(), head.bytes(), head.reasonStart(), head.reasonEnd(), head.fieldsStart(), version);
    }

    /**
     * The proxy answers itself.
     *
     * @param own its response
     */
    public void answered(CapturedResponse own) {
        clock.firstByte(System.nanoTime());
        response = own;
        if (rules != null) {
            rules.replaced();
        }
        responseHeadBytes = 0;
        responseBody.discard();
    }

    /**
     * Bytes of the response's body have come in.
     *
     * @param buffer holds them
     * @param from the first one's index
     * @param length how many
     */
    public void responseData(ByteBuffer buffer, int from, int length) {
        responseBody.data(buffer, from, length);
        if (events != null) {
            events.feed(buffer, from, length);
        }
    }

    /**
     * The response has come in whole.
     *
     * @param trailers its trailers
     */
    public void responseEnded(Fields trailers) {
        responseBody.end(trailers);
    }

    /**
     * The connection has left HTTP.
     *
     * @param protocol what it speaks now
     */
    public void upgraded(String protocol) {
        upgradedTo = protocol;
        waits(WaitingFor.CLOSE);
        recording.sink().stirred(client);
    }

    /**
     * How much is to be kept of one WebSocket message.
     *
     * @param direction who sends it
     * @return bytes
     */
    public int maxMessageBytes(BodySelector.Direction direction) {
        return on ? recording.bodies().maxMessageBytes(direction) : 0;
    }

    /**
     * A WebSocket message has passed.
     *
     * @param message the message
     */
    public void message(WebSocketMessage message) {
        if (!on) {
            return;
        }
        if (messages == null) {
            messages = recording.bodies().messageLog(recording.maxWebSocketMessages());
        }
        messages.add(message);
        recording.sink().stirred(client);
        recording.sink().webSocketMessage(id, message);
    }

    /**
     * The exchange has ended. Later calls do nothing: the first end counts.
     *
     * @param status how
     * @param side where it was cut short
     * @param detail what failed, in words
     */
    public void end(Outcome.Status status, Outcome.Side side, String detail) {
        if (ended) {
            return;
        }
        ended = true;
        RuleTrace trace = rules;
        if (trace != null) {
            trace.end(status, side, detail);
        }
        CapturedRequest whole = request.withBody(requestBody.finish(), requestBody.trailers());
        CapturedResponse answer = response;
        if (answer != null && (responseBody.size() > 0 || !responseBody.isComplete())) {
            answer = answer.withBody(responseBody.finish(), responseBody.trailers());
        } else if (answer != null && !responseBody.trailers().isEmpty()) {
            answer = answer.withBody(answer.body(), responseBody.trailers());
        }
        Outcome made = outcome(status, side, detail);
        outcome = made;
        if (on) {
            recording.sink().exchange(exchange(whole, answer, made));
        }
        gone = true; // from here on it is in History alone; for a moment it was in both, and never in neither
        recording.sink().stirred(client);
    }

    /**
     * How the exchange has ended.
     *
     * @return the outcome; null before {@link #end}
     */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    private Outcome outcome(Outcome.Status status, Outcome.Side side, String detail) {
        String answered = rules == null ? "" : rules.answered();
        if (status == Outcome.Status.COMPLETED && !answered.isEmpty()) {
            return new Outcome(Outcome.Status.ANSWERED_BY_PROXY, Outcome.Side.PROXY, responseBody.size(), answered);
        }
        return new Outcome(status, side, response != null ? responseBody.size() : requestBody.size(), detail);
    }

    private Exchange exchange(CapturedRequest whole, @Nullable CapturedResponse answer, Outcome how) {
        HttpHop from = clientHop.hop();
        Exchange beyond = rules == null ? null : rules.beside();
        Exchange.Builder builder = Exchange.builder(id, client, whole)
                .hops(
                        from == null ? HttpHop.of(whole.httpVersion()) : from,
                        beyond == null ? originHop.hop() : beyond.originHop().orElse(null))
                .route(
                        beyond == null ? route : beyond.route(),
                        beyond == null ? remote : beyond.remoteAddress().orElse(null))
                .response(answer)
                .timings(startedAt, clock.timings(System.nanoTime()))
                .sizes(new WireSizes(requestHeadBytes, requestBody.size(), responseHeadBytes, responseBody.size()))
                .outcome(how);
        if (informational != null) {
            builder.informational(informational);
        }
        if (upgradedTo != null) {
            builder.upgraded(upgradedTo, messages == null ? List.of() : messages.finish());
        }
        InTunnel within = tunnel;
        if (within != null) {
            builder.tunnel(within.id(), within.reason());
        }
        if (rules != null) {
            rules.addTo(builder, whole, answer);
        }
        builder.tls(
                within == null ? null : within.tls(),
                beyond == null ? originTls : beyond.originTls().orElse(null));
        return builder.build();
    }

    /**
     * The exchange as it is now.
     *
     * @param now a value of {@link System#nanoTime}
     * @return the view; empty once it has ended
     */
    public Optional<InFlightExchange> inFlight(long now) {
        return gone ? Optional.empty() : Optional.of(view(now));
    }

    private InFlightExchange view(long now) {
        Duration elapsed = Duration.ofNanos(Math.max(0, now - clock.start()));
        WaitingFor waits = waitingFor; // read first: what was written before it is seen, then
        Optional<CapturedResponse> head = Optional.ofNullable(response);
        return new InFlightExchange(id, client, request, head, startedAt, elapsed, waits, Optional.empty(), "");
    }
}
