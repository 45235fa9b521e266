package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.config.ProxyConfig;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.TlsAlerts;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.record.CaptureSink;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadScanner;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.spi.TlsInspection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A connection to an origin or an upstream proxy: reads its responses and hands them to the exchange it works for. */
public final class OriginConnection implements ChannelHandler, OriginSide {
    private enum State {
        /** Kept for a later exchange. */
        IDLE,
        /** A response's head is awaited, or coming in. */
        HEAD,
        /** A response's body is coming in. */
        BODY,
        /** The response has ended; the request still goes on. */
        DONE,
        /** Closed, or handed over to another handler. */
        GONE
    }

    private final ProxyConfig config;
    private final Dialer dialer;
    private final Channel channel;
    private final Destination destination;
    private final @Nullable OriginSlot slot;
    private final @Nullable OriginTls tls;
    private final CaptureSink sink;
    private final HeadScanner scanner = new HeadScanner();
    private State state = State.IDLE;
    private @Nullable ExchangeRelay relay;
    private byte @Nullable [] partial;
    private boolean used;
    private Runnable whenClosed = () -> {};

    /**
     * Takes a new connection over.
     *
     * @param context what all connections share
     * @param channel the connection
     * @param destination where it leads
     * @param slot where it is kept between exchanges; null if it belongs to one client
     * @param tls what its handshake showed; null if it is plain
     */
    public OriginConnection(
            ProxyContext context,
            Channel channel,
            Destination destination,
            @Nullable OriginSlot slot,
            @Nullable OriginTls tls) {
        this.config = context.config();
        this.dialer = context.dialer();
        this.channel = channel;
        this.destination = destination;
        this.slot = slot;
        this.tls = tls;
        this.sink = context.recording().sink();
        channel.handler(this);
    }

    /**
     * The connection itself.
     *
     * @return the channel
     */
    public Channel channel() {
        return channel;
    }

    /**
     * What its TLS handshake showed.
     *
     * @return null if it is plain
     */
    @Override
    public @Nullable OriginTls tls() {
        return tls;
    }

    /** Requests for a destination can go on it. */
    boolean leadsTo(Destination other) {
        return destination.key().equals(other.key());
    }

    /**
     * Sets who hears of its end, exchange or not.
     *
     * @param task run once, on the worker's thread
     */
    public void whenClosed(Runnable task) {
        whenClosed = task;
    }

    @Override
    public boolean isInTunnel() {
        return slot == null;
    }

    /**
     * Tells if an exchange can be sent on it.
     *
     * @return true if it is open and idle
     */
    public boolean isUsable() {
        return state == State.IDLE && channel.isOpen();
    }

    /** Tells if the origin has ended or broken an idle connection, or sent something, that the reactor has not told yet. */
    boolean isStale() {
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        try {
            return channel.read(buffer) != 0;
        } catch (IOException e) { // broken, so of no use: the caller makes another
            return true;
        } finally {
            buffers.release(buffer);
        }
    }

    @Override
    public boolean wasUsed() {
        return used;
    }

    @Override
    public boolean isUnanswered() {
        return state == State.HEAD && partial == null;
    }

    @Override
    public boolean send(OutgoingRequest request, ByteBuffer buffer) throws IOException {
        return request.send(channel, buffer);
    }

    @Override
    public void sendStashed(OutgoingRequest request) throws IOException {
        request.sendStashed(channel);
    }

    @Override
    public boolean isDrained() {
        return channel.isDrained();
    }

    @Override
    public boolean isReusable(boolean persistent) {
        return persistent && isDrained();
    }

    @Override
    public void reading(boolean on) {
        channel.reading(on);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public void begin(ExchangeRelay exchange) {
        relay = exchange;
        state = State.HEAD;
        scanner.reset();
        channel.deadline(0);
        channel.reading(true);
    }

    /** Ends the work for an exchange; the connection can take another. */
    public void rest() {
        relay = null;
        used = true;
        state = State.IDLE;
        channel.reading(true);
        channel.deadline(ProxyContext.deadline(config.timeouts().idle()));
    }

    /** A connection that has just been made is kept for its first exchange: its end would be no news of the past. */
    void keepUnused() {
        rest();
        used = false;
        if (slot != null) {
            slot.keep(this);
        }
    }

    @Override
    public void keep() {
        rest();
        if (slot != null) {
            slot.keep(this);
        }
    }

    @Override
    public void responseDone() {
        state = State.DONE;
    }

    /** Hands the connection over to another handler. */
    public void release() {
        state = State.GONE;
        relay = null;
        channel.deadline(0);
    }

    /** Notes that the socket of a connection that was handed over is closed. */
    public void forgetSocket() {
        dialer.closed(channel);
    }

    /** Closes it in an orderly way. */
    @Override
    public void close() {
        state = State.GONE;
        relay = null;
        channel.close();
    }

    @Override
    public void reset(long code) {
        state = State.GONE;
        relay = null;
        channel.reset();
    }

    @Override
    public void readable() throws IOException {
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        boolean kept = false;
        try {
            int start = buffer.position();
            int known = 0;
            if (partial != null) {
                known = partial.length;
                buffer.put(partial);
            }
            int count = channel.read(buffer);
            if (count < 0) {
                endOfStream();
            } else if (count > 0) {
                partial = null;
                kept = consume(buffer, start, start + known, buffer.position());
            }
        } finally {
            if (!kept) {
                buffers.release(buffer);
            }
        }
    }

    private boolean consume(ByteBuffer buffer, int start, int scanFrom, int end) throws IOException {
        ExchangeRelay exchange = relay;
        if (exchange == null || state == State.DONE) {
            close(); // bytes that answer nothing make the connection unusable (RFC 9112 section 9.2)
            if (exchange != null) {
                exchange.originClosed();
            }
            return false;
        }
        try {
            return state == State.BODY
                    ? exchange.responseBody(buffer, start, end)
                    : heads(exchange, buffer, start, scanFrom, end);
        } catch (MalformedMessageException e) {
            exchange.malformedResponse(e.problem());
            return false;
        }
    }

    private boolean heads(ExchangeRelay exchange, ByteBuffer buffer, int start, int scanFrom, int end)
            throws MalformedMessageException, IOException {
        int from = start;
        int unscanned = scanFrom;
        while (from < end) {
            int headEnd = scanner.scan(buffer, unscanned, end);
            int length = (headEnd < 0 ? end : headEnd) - from;
            if (length > config.limits().headerBytes()) {
                throw new MalformedMessageException(502, "its head is larger than the limit");
            }
            byte[] bytes = new byte[length];
            buffer.get(from, bytes);
            if (headEnd < 0) {
                partial = bytes;
                exchange.responseHeadBegan();
                return false;
            }
            scanner.reset();
            ResponseHead head = HeadParser.response(bytes, config.limits().headerFields());
            if (head.status() == 101) {
                byte[] early = new byte[end - headEnd];
                buffer.get(headEnd, early);
                exchange.switchingProtocols(this, head, early);
                return false;
            }
            if (head.status() >= 200) {
                state = State.BODY;
                return exchange.response(head, buffer, headEnd, end);
            }
            exchange.informational(head);
            from = headEnd;
            unscanned = headEnd;
        }
        return false;
    }

    private void endOfStream() throws IOException {
        ExchangeRelay exchange = relay;
        boolean inHead = partial != null;
        State before = state;
        if (exchange == null) {
            forgetSlot();
            close();
            return;
        }
        channel.reading(false);
        switch (before) {
            case BODY -> exchange.originEnded();
            case DONE -> exchange.originHalfClosed();
            default ->
                exchange.originGone(
                        inHead
                                ? "the origin closed the connection within a response's head"
                                : "the origin closed the connection without a response");
        }
    }

    private void forgetSlot() {
        if (slot != null) {
            slot.forget(this);
        }
    }

    @Override
    public void drained() throws IOException {
        if (relay != null) {
            relay.originDrained();
        }
    }

    @Override
    public boolean writeFailed(IOException cause) {
        ExchangeRelay exchange = relay;
        if (exchange == null) {
            return false;
        }
        exchange.writeFailed(this);
        return true;
    }

    @Override
    public void deadlinePassed() {
        if (state == State.IDLE) {
            forgetSlot();
            close();
        }
    }

    @Override
    public boolean isMidway() {
        return relay != null;
    }

    @Override
    public void failed(Throwable cause) {
        String how = tlsBroke(cause).orElse("the connection to the origin broke");
        ExchangeRelay exchange = relay;
        if (exchange != null) {
            exchange.originFailed(cause, how);
        }
    }

    /** Tells of a failure of TLS, and gives it in words if it is one. */
    private Optional<String> tlsBroke(Throwable cause) {
        ExchangeRelay exchange = relay;
        // Whose tunnel it is about, which need not be the one that the connection was made for.
        Destination served = exchange == null ? destination : exchange.request().destination();
        TlsInspection inspection = served.tls();
        SSLEngine engine = channel.tlsEngine();
        boolean closing = dialer.reactor().isClosing(); // which the origin may complain of
        if (inspection == null || engine == null || closing || !(cause instanceof SSLException failure)) {
            return Optional.empty();
        }
        Optional<TlsInspection.TlsProblem> problem =
                inspection.originBroke(engine, failure, Optional.ofNullable(TlsAlerts.received(failure)));
        problem.ifPresent(found -> sink.tlsFailure(TlsFailures.of(inspection, Outcome.Side.ORIGIN, found)));
        return problem.map(TlsInspection.TlsProblem::problem);
    }

    @Override
    public void closed() {
        dialer.closed(channel);
        ExchangeRelay exchange = relay;
        if (state == State.IDLE) {
            forgetSlot();
        }
        state = State.GONE;
        relay = null;
        if (exchange != null) {
            exchange.originGone("the connection to the origin was closed");
        }
        whenClosed.run();
    }
}
