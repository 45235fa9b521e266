package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.http2.ErrorCode;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.rules.Verdict;
import io.github.captureproxy.internal.wire.BodyTransfer;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and an origin where rules may have a say: to the relay of the client's exchange it is the
 * origin, and to a second relay, which carries what the rules made of the request, it is the client. So each of the two
 * messages on either side has the framing, the limits and the record of any other. Content passes here without framing.
 * For one worker thread.
 */
public final class RuledExchange implements OriginSide {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ProxyContext context;
    private final ClientSide client;
    private final @Nullable OriginConnection pinned;
    private final RuleTasks tasks;
    private final RequestStage request;
    private ResponseStage response;
    private @Nullable ExchangeRelay outer;
    private @Nullable ExchangeRelay inner;
    private @Nullable ExchangeRecorder sent;
    private @Nullable Runnable last;
    private boolean redirected;
    private boolean innerDone;
    private boolean responding;
    private boolean over;
    private boolean stalling;

    /**
     * Makes the stand-in; a relay sets it going.
     *
     * @param context what all connections share
     * @param client the client's half
     * @param ruled the request
     * @param recorder records the client's exchange
     * @param pinned the connection that is bound to the client, if there is one
     */
    public RuledExchange(
            ProxyContext context,
            ClientSide client,
            RuledRequest ruled,
            ExchangeRecorder recorder,
            @Nullable OriginConnection pinned) {
        this.context = context;
        this.client = client;
        this.pinned = pinned;
        this.tasks = new RuleTasks(context, client.channel(), recorder.id());
        this.request = new RequestStage(this, ruled, recorder);
        this.response = new ResponseStage(this, null, ruled.head());
    }

    ProxyContext context() {
        return context;
    }

    RuleTasks tasks() {
        return tasks;
    }

    ResponseStage response() {
        return response;
    }

    String rule() {
        return request.rule();
    }

    boolean clientIsDrained() {
        return client.isDrained();
    }

    /** The client takes more of the response. */
    void originMaySend() {
        ExchangeRelay relay = inner;
        if (relay != null && !innerDone && !responding) { // else that goes on by itself
            relay.clientDrained();
        }
    }

    boolean isOver() {
        return over;
    }

    /** The relay of the client's exchange. */
    ExchangeRelay outer() {
        ExchangeRelay relay = outer;
        if (relay == null) {
            throw new IllegalStateException("rules act before their exchange has begun");
        }
        return relay;
    }

    /** The relay of what is sent on; null if nothing is. */
    @Nullable
    ExchangeRelay inner() {
        return inner;
    }

    /** The rules have been asked. */
    void decided(Verdict verdict, RuledRequest ruled) {
        response = new ResponseStage(this, verdict, ruled.head());
    }

    /** Sends on what the rules made of the request. */
    void sendOn(OutgoingRequest outgoing, ExchangeRecorder recorder, boolean elsewhere) {
        redirected = elsewhere;
        sent = recorder;
        ExchangeRelay relay = new ExchangeRelay(context, new ClientHalf(), outgoing, elsewhere ? null : pinned);
        inner = relay;
        relay.start(NOTHING, 0, 0);
    }

    void fail(Failure failure) {
        if (!over) {
            outer().fail(failure);
        }
    }

    /** The time that the client may take for more of its request. */
    void awaitClient() {
        client.deadline(ProxyContext.deadline(context.config().timeouts().transfer()));
    }

    /** Something else limits the time now. */
    void awaitRules() {
        client.deadline(0);
    }

    /** Nothing is to be answered until the client leaves, or the time for a response is up. */
    void stall() {
        stalling = true;
        client.deadline(ProxyContext.deadline(context.config().timeouts().firstByte()));
    }

    /** True if what the deadline was for is seen to. */
    boolean deadlineIsOver() {
        ExchangeRelay relay = inner;
        if (stalling) {
            outer().breakOff(request.rule() + " answers nothing");
        } else if (relay != null && !innerDone) {
            relay.deadlinePassed();
        } else {
            return false;
        }
        return true;
    }

    /** The request goes on a stream of HTTP/2. */
    boolean leadsToStream() {
        ExchangeRelay relay = inner;
        return relay != null && relay.hasOriginStream();
    }

    /** Notes the reset that a stream to the origin gets with the exchange's end. */
    void originIsReset(long code) {
        ExchangeRelay relay = inner;
        if (relay != null && !innerDone) {
            relay.originIsReset(code);
        }
    }

    void bindConnection() {
        ExchangeRelay relay = inner;
        if (relay != null) {
            relay.bindConnection();
        }
    }

    @Override
    public void begin(ExchangeRelay exchange) {
        outer = exchange;
    }

    @Override
    public boolean send(OutgoingRequest from, ByteBuffer buffer) {
        BodyTransfer body = from.body();
        boolean first = from.sendsHead();
        request.take(buffer, body.outFrom(), body.outTo(), body.ended() ? body.trailers() : null);
        if (first) {
            request.begin(from.hasBody());
        } else {
            request.advance();
        }
        return false;
    }

    @Override
    public void sendStashed(OutgoingRequest from) {
        throw new IllegalStateException("rules are there from the start");
    }

    @Override
    public boolean isDrained() {
        return request.isDrained();
    }

    @Override
    public boolean isReusable(boolean persistent) {
        return true;
    }

    /** The relay asks for more when the client has taken what it was sent. */
    @Override
    public void reading(boolean on) {
        if (on && !over) {
            response.flush();
        }
    }

    @Override
    public @Nullable OriginTls tls() {
        return null;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        throw new IllegalStateException("rules have no address");
    }

    @Override
    public boolean givesContentAlone() {
        return true;
    }

    @Override
    public boolean isInTunnel() {
        return false;
    }

    @Override
    public boolean wasUsed() {
        return false;
    }

    @Override
    public boolean isUnanswered() {
        return false;
    }

    @Override
    public void responseDone() {
        if (innerDone) {
            outer().originClosed(); // which takes no more of the request
        }
    }

    @Override
    public void keep() {
        close();
    }

    @Override
    public void close() {
        over = true;
        tasks.cancel();
        endInner();
    }

    /** The client has all that it gets: what the origin has not taken by then is not sent. */
    private void endInner() {
        ExchangeRelay relay = inner;
        if (relay == null || innerDone) {
            return;
        }
        if (relay.isResponseEnded()) {
            relay.originClosed();
        } else {
            relay.clientReset(ErrorCode.CANCEL);
        }
    }

    @Override
    public void reset(long code) {
        over = true;
        tasks.cancel();
        ExchangeRelay relay = inner;
        if (relay == null || innerDone) {
            return;
        }
        if (context.reactor().isClosing()) {
            relay.proxyClosing();
        } else {
            relay.clientReset(code);
        }
    }

    /** The client's half, as the relay of what is sent on sees it. */
    private final class ClientHalf implements ClientSide {
        @Override
        public Channel channel() {
            return client.channel();
        }

        @Override
        public void deadline(long nanoTime) {
            if (!over && !response.isHolding()) {
                client.deadline(nanoTime);
            }
        }

        @Override
        public void pauseRequest() {
            request.originIsFull();
            if (!over) {
                client.pauseRequest();
            }
        }

        @Override
        public void resumeRequest() {
            if (!over) {
                request.originHasRoom();
            }
        }

        @Override
        public boolean takesContentAlone() {
            return true;
        }

        @Override
        public boolean hasStreams() {
            return client.hasStreams();
        }

        @Override
        public boolean isDrained() {
            return over || client.isDrained() && response.hasRoom();
        }

        @Override
        public void informational(ResponseHead head, HopByHop hopByHop, String via) {
            if (!over) {
                try {
                    outer().informational(head);
                } catch (MalformedMessageException e) {
                    outer().malformedResponse(e.problem());
                }
            }
        }

        @Override
        public boolean respond(IncomingResponse from, ByteBuffer buffer, String via) {
            ExchangeRelay relay = inner;
            if (relay != null && from.isEnded() && relay.endsWithResponse()) {
                last = () -> pass(from, buffer); // so that its connection is free when the client's next request comes
            } else {
                pass(from, buffer);
            }
            return false;
        }

        private void pass(IncomingResponse from, ByteBuffer buffer) {
            responding = true;
            BodyTransfer body = from.body();
            if (!over && from.sendsHead()) {
                response.head(from.head());
            }
            if (!over) {
                response.take(buffer, body.outFrom(), body.outTo(), body.ended() ? body.trailers() : null);
            }
            responding = false;
        }

        @Override
        public @Nullable Http2Origin http2Origin() {
            return redirected ? null : client.http2Origin();
        }

        @Override
        public void http2Origin(Http2Origin origin) {
            if (!redirected) {
                client.http2Origin(origin);
            }
        }

        @Override
        public void answer(Failure failure) {
            innerDone = true;
            ExchangeRecorder recorder = sent;
            if (recorder != null) {
                recorder.end(failure.status(), failure.side(), failure.detail());
            }
            fail(failure);
        }

        @Override
        public void exchangeEnded(boolean keepAlive) {
            innerDone = true;
            Runnable rest = last;
            if (rest != null) {
                last = null;
                rest.run();
            }
            if (!over && response.isDone()) {
                outer().originClosed();
            }
        }

        @Override
        public void abort(long code) {
            innerDone = true;
            ExchangeRecorder recorder = sent;
            Outcome outcome = recorder == null ? null : recorder.outcome();
            Failure failure = outcome == null
                    ? Failure.badGateway("the exchange with the origin was cut short")
                    : new Failure(502, outcome.status(), outcome.side(), outcome.detail());
            if (response.isHeld()) { // the client, which has seen nothing of it, can be told
                fail(failure);
            } else if (!over) {
                outer().resetClient(failure, code);
            }
        }

        @Override
        public void upgraded(ExchangeRelay relay, ResponseHead head, OriginConnection origin, Switch toSend) {
            innerDone = true;
            outer().upgraded(head, origin, toSend);
        }

        @Override
        public void pin(OriginConnection origin) {
            client.pin(origin);
        }
    }
}
