package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.Http2Frame.DATA;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.RST_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.SETTINGS;
import static io.github.captureproxy.testkit.http2.Http2Frame.WINDOW_UPDATE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What {@link AnsweringHttp2Origin} does on one connection: as much at a time as the client's windows let it send. */
final class Answers {
    private static final byte[] HELLO = "hello".getBytes(ISO_8859_1);
    private static final int FRAME = 16_384;
    private static final int DEFAULT_WINDOW = 65_535;

    private final RawHttp2Connection connection;
    private final List<String> whole;
    private final AtomicLong sent;
    private final Map<Integer, Body> bodies = new TreeMap<>();
    private final Map<Integer, String> paths = new HashMap<>();
    private final Map<Integer, Long> granted = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private long connectionWindow = DEFAULT_WINDOW;

    /** What is still to be sent of a response; behind its first bytes come zeros, of which none is held. */
    private static final class Body {
        private final byte[] first;
        private final int length;
        private int at;

        Body(byte[] first, int length) {
            this.first = first;
            this.length = length;
        }

        int left() {
            return length - at;
        }

        byte[] next(int size) {
            byte[] part = at < first.length ? Arrays.copyOfRange(first, at, at + size) : new byte[size];
            at += size;
            return part;
        }
    }

    Answers(RawHttp2Connection connection, List<String> whole, AtomicLong sent) {
        this.connection = connection;
        this.whole = whole;
        this.sent = sent;
    }

    /** Returns when the connection has ended. */
    void run() throws IOException {
        Optional<Http2Frame> next = connection.next();
        while (next.isPresent()) {
            take(next.get());
            pump();
            next = connection.next();
        }
    }

    private void take(Http2Frame frame) throws IOException {
        if (frame.has(END_HEADERS) && frame.type() != DATA && frame.stream() > 0) {
            connection.field(frame.stream(), ":path").ifPresent(path -> paths.put(frame.stream(), path));
        }
        if (frame.type() == Http2Frame.HEADERS && frame.has(END_STREAM)) {
            ended.add(frame.stream());
        }
        if (frame.type() == DATA) {
            giveBack(frame);
        } else if (frame.type() == RST_STREAM) {
            bodies.remove(frame.stream());
        } else if (frame.type() == WINDOW_UPDATE && frame.stream() == 0) {
            connectionWindow += frame.integerAt(0);
        } else if (frame.type() == WINDOW_UPDATE) {
            granted.merge(frame.stream(), (long) frame.integerAt(0), Long::sum);
        }
        boolean complete = frame.type() == DATA
                ? frame.has(END_STREAM)
                : frame.has(END_HEADERS) && frame.type() != SETTINGS && ended.contains(frame.stream());
        if (complete) {
            answer(frame.stream());
        }
    }

    /** The stream's window of what is held back stays used up; the connection's is for others too. */
    private void giveBack(Http2Frame frame) throws IOException {
        int size = frame.payload().length;
        if (size > 0) {
            connection.send(Http2Frame.windowUpdate(0, size));
        }
        if (size > 0 && !frame.has(END_STREAM) && !path(frame.stream()).startsWith("/hold")) {
            connection.send(Http2Frame.windowUpdate(frame.stream(), size));
        }
    }

    private String path(int stream) {
        return paths.getOrDefault(stream, "");
    }

    private void answer(int stream) throws IOException {
        String path = path(stream);
        whole.add(path);
        if (!path.startsWith("/hold")) {
            connection.send(Http2Frame.headers(
                    stream, END_HEADERS, HeaderBlock.of(":status", "200").bytes()));
            bodies.put(
                    stream,
                    path.startsWith("/big/")
                            ? new Body(new byte[0], Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)))
                            : new Body(HELLO, HELLO.length));
        }
    }

    private void pump() throws IOException {
        Iterator<Map.Entry<Integer, Body>> all = bodies.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Integer, Body> entry = all.next();
            if (pump(entry.getKey(), entry.getValue())) {
                all.remove();
            }
        }
    }

    /** Tells whether all of a body has been sent. */
    private boolean pump(int stream, Body body) throws IOException {
        long initial = connection.peerSetting(INITIAL_WINDOW_SIZE, DEFAULT_WINDOW);
        long window = initial + granted.getOrDefault(stream, 0L) - body.at;
        while (body.left() > 0 && window > 0 && connectionWindow > 0) {
            int size = (int) Math.min(Math.min(window, connectionWindow), Math.min(FRAME, body.left()));
            byte[] part = body.next(size);
            window -= size;
            connectionWindow -= size;
            sent.addAndGet(size);
            connection.send(Http2Frame.data(stream, body.left() == 0 ? END_STREAM : 0, part));
        }
        return body.left() == 0;
    }
}
