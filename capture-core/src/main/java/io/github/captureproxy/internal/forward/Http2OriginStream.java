package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.internal.http2.ErrorCode;
import io.github.captureproxy.internal.http2.Http2Stream;
import io.github.captureproxy.internal.http2.StreamHandler;
import io.github.captureproxy.internal.wire.BodyTransfer;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream to an origin, for one exchange. For one worker thread. */
final class Http2OriginStream implements OriginSide, StreamHandler.OfClient {
    private final Http2Origin origin;
    private final Http2Stream stream;
    private @Nullable ExchangeRelay relay;
    private boolean answered;

    Http2OriginStream(Http2Origin origin) {
        this.origin = origin;
        this.stream = origin.open(this);
    }

    @Override
    public void begin(ExchangeRelay exchange) {
        relay = exchange;
        exchange.recorder().originStream(stream.id());
    }

    @Override
    public boolean send(OutgoingRequest request, ByteBuffer buffer) {
        BodyTransfer body = request.body();
        boolean first = send(request, buffer, body.outFrom(), body.outTo());
        if (first) {
            request.keepForReplay(buffer);
        }
        return false;
    }

    @Override
    public void sendStashed(OutgoingRequest request) {
        ByteBuffer waited = request.takeStashed();
        send(request, waited, 0, waited.limit());
    }

    /** Sends on; true if that began with the head. */
    private boolean send(OutgoingRequest request, ByteBuffer buffer, int from, int to) {
        BodyTransfer body = request.body();
        boolean last = body.ended() && body.trailers().count() == 0;
        boolean first = request.sendsHead();
        if (first) {
            stream.request(request.section(), last && from == to);
        }
        if (from < to) {
            stream.data(buffer, from, to, last);
        }
        if (body.ended() && (from == to || !last)) {
            stream.end(body.trailers(), body.hopByHop());
        }
        return first;
    }

    @Override
    public boolean isDrained() {
        return stream.isDrained();
    }

    @Override
    public boolean isReusable(boolean persistent) {
        return true; // what it has not taken of the request goes out while others follow
    }

    @Override
    public void reading(boolean on) {
        stream.reading(on);
    }

    @Override
    public @Nullable OriginTls tls() {
        return origin.tls();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return origin.channel().remoteAddress();
    }

    @Override
    public boolean givesContentAlone() {
        return true;
    }

    @Override
    public boolean isInTunnel() {
        return origin.isInTunnel();
    }

    @Override
    public boolean wasUsed() {
        return stream.id() > 1;
    }

    @Override
    public boolean isUnanswered() {
        return !answered;
    }

    @Override
    public void responseDone() {
        // the stream knows
    }

    @Override
    public void keep() {
        relay = null;
        if (!stream.isDrained()) { // an origin may answer before it has taken all of a request that is whole
            stream.deadline(origin.transferDeadline());
        }
    }

    @Override
    public void close() {
        reset(ErrorCode.CANCEL);
    }

    @Override
    public void reset(long code) {
        relay = null;
        stream.reset(code);
    }

    @Override
    public void informational(ResponseHead head) {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            answered = true;
            try {
                exchange.informational(head);
            } catch (MalformedMessageException e) {
                exchange.malformedResponse(e.problem());
            }
        }
    }

    @Override
    public void response(ResponseHead head, boolean ended) throws MalformedMessageException {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            answered = true;
            exchange.response(head, ended);
        }
    }

    @Override
    public void data(ByteBuffer buffer, int from, int to, boolean ended) {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            try {
                exchange.responseData(buffer, from, to, ended);
            } catch (MalformedMessageException e) {
                exchange.malformedResponse(e.problem());
            }
        }
    }

    @Override
    public void trailers(Fields trailers) {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.responseTrailers(trailers);
        }
    }

    @Override
    public void reset(Reset reset) {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.originReset(reset);
        }
    }

    @Override
    public void drained() {
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.originDrained();
        }
    }

    @Override
    public void deadlinePassed() {
        stream.reset(ErrorCode.CANCEL); // the client's side has the deadline of an exchange, which is over by then
    }
}
