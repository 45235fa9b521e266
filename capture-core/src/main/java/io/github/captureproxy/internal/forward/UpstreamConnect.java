package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadScanner;
import io.github.captureproxy.internal.wire.HeadWriter;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Asks an upstream proxy for a tunnel, and reads its answer. */
final class UpstreamConnect implements ChannelHandler {
    private final ProxyContext context;
    private final Channel channel;
    private final Destination destination;
    private final Callback callback;
    private boolean over;
    private final HeadScanner scanner = new HeadScanner();
    private byte[] received = {};

    UpstreamConnect(ProxyContext context, Channel channel, Destination destination, Callback callback) {
        this.context = context;
        this.channel = channel;
        this.destination = destination;
        this.callback = callback;
    }

    /** Who waits for the tunnel. One of the methods is called, once. */
    interface Callback {
        /** The tunnel is open; its far end may have sent something already. */
        void established(byte[] early) throws IOException;

        /** There will be no tunnel; the channel is reset. */
        void failed(Failure failure);
    }

    private void established(byte[] early) throws IOException {
        over = true;
        callback.established(early);
    }

    private void failed(Failure failure) {
        if (!over) {
            over = true;
            channel.reset();
            callback.failed(failure);
        }
    }

    void send() throws IOException {
        String host = destination.origin().host();
        String authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":"
                + destination.origin().port();
        String credentials = destination.credentials();
        String fields = "Host: " + authority + "\r\n"
                + (credentials == null ? "" : "Proxy-Authorization: " + credentials + "\r\n");
        channel.send(ByteBuffer.wrap(HeadWriter.head("CONNECT " + authority + " HTTP/1.1", fields)));
    }

    @Override
    public void readable() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        int count = channel.read(buffer);
        if (count < 0) {
            refused("closed the connection");
            return;
        }
        int known = received.length;
        received = Arrays.copyOf(received, known + count);
        buffer.get(0, received, known, count);
        try {
            heads(known);
        } catch (MalformedMessageException e) {
            refused("sent a response that breaks the rules of HTTP");
        }
    }

    /** Reads one head after the other, as interim responses may come before the one that counts. */
    private void heads(int known) throws MalformedMessageException, IOException {
        int end = scanner.scan(ByteBuffer.wrap(received), known, received.length);
        while (end >= 0) {
            ResponseHead head = HeadParser.response(
                    Arrays.copyOf(received, end), context.config().limits().headerFields());
            received = Arrays.copyOfRange(received, end, received.length);
            if (head.status() >= 200 || head.status() == 101) {
                answered(head, received);
                return;
            }
            scanner.reset();
            end = scanner.scan(ByteBuffer.wrap(received), 0, received.length);
        }
        if (received.length > context.config().limits().headerBytes()) {
            refused("sent too large a head");
        }
    }

    private void answered(ResponseHead head, byte[] rest) throws IOException {
        if (head.status() == 407) {
            failed(new Failure(
                    502, Outcome.Status.FORBIDDEN, Outcome.Side.ORIGIN, "the upstream proxy refused its credentials"));
        } else if (head.status() >= 200 && head.status() < 300) {
            established(rest);
        } else {
            refused("answered " + head.status());
        }
    }

    private void refused(String how) {
        failed(new Failure(
                502,
                Outcome.Status.CONNECT_FAILED,
                Outcome.Side.ORIGIN,
                "the upstream proxy " + how + " when it was asked for a tunnel"));
    }

    @Override
    public void drained() {
        // the request is small; nothing waits for it
    }

    @Override
    public void deadlinePassed() {
        // the client's channel has the deadline
    }

    @Override
    public void failed(Throwable cause) {
        refused("broke the connection");
    }

    @Override
    public void closed() {
        refused("closed the connection");
    }
}
