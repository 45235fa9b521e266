package io.github.captureproxy.testkit.hops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;

/**
 * A connection of HTTP/2 whose frames one thread reads and deals out to the streams. The connection's window is granted
 * at once, a stream's as its content is taken, so that a stream that nobody reads stops its sender and no other.
 */
final class Http2Wire implements Runnable {
    /** RFC 9113, section 6.9.2. */
    private static final int FIRST_WINDOW = 65_535;

    private static final int MOST_IN_FRAME = 16_384;
    private static final long PATIENCE_MILLIS = 10_000;

    final RawHttp2Connection connection;
    final RawSocket carrier;
    private final IntFunction<Http2Half> opened;
    private final HPackEncoder encoder = new HPackEncoder(4_096, ISO_8859_1);
    private final Map<Integer, Http2Half> streams = new HashMap<>();
    private final Map<Integer, Long> windows = new HashMap<>();
    private boolean blockEnds;
    private long window = FIRST_WINDOW;
    private long initialWindow = FIRST_WINDOW;
    private boolean gone;
    private int sent = 1;
    private int acknowledged;
    private volatile boolean goneAway;

    /** What makes the half of a stream that the peer opens. */
    Http2Wire(RawHttp2Connection connection, RawSocket carrier, IntFunction<Http2Half> opened) {
        this.connection = connection;
        this.carrier = carrier;
        this.opened = opened;
    }

    @Override
    public void run() {
        try {
            for (var frame = connection.next(); frame.isPresent(); frame = connection.next()) {
                deal(frame.get());
            }
        } catch (IOException e) {
            // the connection has ended, which its streams are told
        }
        end();
    }

    private synchronized void end() {
        gone = true;
        streams.values().forEach(it -> it.received(new Http2Event.Gone()));
        notifyAll();
    }

    synchronized void add(Http2Half half) {
        streams.put(half.stream(), half);
        if (gone) {
            half.received(new Http2Event.Gone());
        }
    }

    private void deal(Http2Frame frame) throws IOException {
        int stream = frame.stream();
        switch (frame.type()) {
            case Http2Frame.HEADERS, Http2Frame.CONTINUATION -> headers(frame);
            case Http2Frame.DATA -> data(frame);
            case Http2Frame.RST_STREAM ->
                half(stream).received(new Http2Event.Reset(frame.integerAt(0) & 0xffff_ffffL));
            case Http2Frame.SETTINGS -> settings(frame);
            case Http2Frame.WINDOW_UPDATE -> granted(stream, frame.integerAt(0));
            case Http2Frame.GOAWAY -> goneAway = true;
            default -> {
                // PINGs are answered already, and nothing else matters here
            }
        }
    }

    private void headers(Http2Frame frame) throws IOException {
        blockEnds |= frame.type() == Http2Frame.HEADERS && frame.has(Http2Frame.END_STREAM);
        if (frame.has(Http2Frame.END_HEADERS)) {
            List<Header> fields = new ArrayList<>();
            connection.fields(frame.stream()).forEach(it -> fields.add(new Header(it.getName(), it.getValue())));
            half(frame.stream()).received(new Http2Event.Block(fields, blockEnds));
            blockEnds = false;
        }
    }

    private void data(Http2Frame frame) throws IOException {
        if (frame.payload().length > 0) {
            connection.send(Http2Frame.windowUpdate(0, frame.payload().length));
        }
        half(frame.stream()).received(new Http2Event.Data(frame.payload(), frame.has(Http2Frame.END_STREAM)));
    }

    private synchronized Http2Half half(int stream) {
        Http2Half known = streams.get(stream);
        if (known == null) {
            known = opened.apply(stream);
            streams.put(stream, known);
        }
        return known;
    }

    private synchronized void settings(Http2Frame frame) {
        if (frame.has(Http2Frame.ACK)) {
            acknowledged++;
        }
        for (int i = 0; i + 6 <= frame.payload().length; i += 6) {
            if ((frame.integerAt(i) >>> 16) == Http2Frame.INITIAL_WINDOW_SIZE) {
                long by = frame.integerAt(i + 2) - initialWindow;
                initialWindow += by;
                windows.replaceAll((stream, left) -> left + by);
            }
        }
        notifyAll();
    }

    /** Sends settings, and waits until the peer has acknowledged them, and so all others. */
    void set(int... settings) throws IOException {
        connection.send(Http2Frame.settings(settings));
        synchronized (this) {
            sent++;
            await(() -> acknowledged == sent || gone, "acknowledgement of settings");
        }
    }

    private synchronized void granted(int stream, int more) {
        if (stream == 0) {
            window += more;
        } else {
            windows.merge(stream, initialWindow + more, (left, unused) -> left + more);
        }
        notifyAll();
    }

    /** Waits until the peer has said that it takes no more, and has ended the connection. */
    synchronized void awaitEnd() throws IOException {
        await(() -> gone, "end of the connection");
        if (!goneAway) {
            throw new IOException("the connection ended without GOAWAY");
        }
    }

    /** What a wait is for. */
    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition, String what) throws IOException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            long left = PATIENCE_MILLIS - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                throw new IOException("there came no " + what);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IOException("interrupted while waiting for " + what, e);
            }
        }
    }

    /** Sends a header block, with what fits in the dynamic table. */
    void sendBlock(int stream, List<Header> fields, boolean ends) throws IOException {
        synchronized (connection) { // the peer's table is to see the blocks in the order that this one's does
            ByteArrayBuffer block = new ByteArrayBuffer(256);
            for (Header field : fields) {
                encoder.encodeHeader(block, field.name(), field.value(), false);
            }
            byte[] bytes = block.toByteArray();
            int at = Math.min(bytes.length, MOST_IN_FRAME);
            int flags = (ends ? Http2Frame.END_STREAM : 0) | (at == bytes.length ? Http2Frame.END_HEADERS : 0);
            connection.send(Http2Frame.headers(stream, flags, Arrays.copyOf(bytes, at)));
            while (at < bytes.length) {
                int to = Math.min(bytes.length, at + MOST_IN_FRAME);
                connection.send(Http2Frame.continuation(
                        stream, to == bytes.length ? Http2Frame.END_HEADERS : 0, Arrays.copyOfRange(bytes, at, to)));
                at = to;
            }
        }
    }

    /** Sends content as the windows allow. */
    void sendData(int stream, byte[] content) throws IOException {
        for (int at = 0; at < content.length; ) {
            int count = take(stream, Math.min(content.length - at, MOST_IN_FRAME));
            connection.send(Http2Frame.data(stream, 0, Arrays.copyOfRange(content, at, at + count)));
            at += count;
        }
    }

    private synchronized int take(int stream, int wanted) throws IOException {
        windows.putIfAbsent(stream, initialWindow);
        await(() -> gone || isOver(stream) || window > 0 && windows.get(stream) > 0, "window for stream " + stream);
        if (gone || isOver(stream)) {
            throw new IOException("stream " + stream + " takes no more");
        }
        int count = (int) Math.min(wanted, Math.min(window, windows.get(stream)));
        window -= count;
        windows.merge(stream, (long) -count, Long::sum);
        return count;
    }

    private boolean isOver(int stream) {
        Http2Half half = streams.get(stream);
        return half != null && half.wasReset();
    }

    /** A stream was reset, so that no one need wait for it. */
    synchronized void wake() {
        notifyAll();
    }
}
