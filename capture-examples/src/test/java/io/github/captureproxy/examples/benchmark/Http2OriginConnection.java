package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;

/** The origin's end of an HTTP/2 connection, which answers each request with a body of one and the same size. */
final class Http2OriginConnection implements OriginEnd, Http2Frames.Sink {
    private static final int WINDOW = 1 << 20;
    private static final int OUT_BYTES = 256 * 1024;
    private static final int FRAME_BYTES = Http2Frames.HEADER_BYTES + Http2Frames.MAX_PAYLOAD;
    private static final byte[] BODY = new byte[Http2Frames.MAX_PAYLOAD];

    /** {@code :status: 200} (RFC 7541 appendix A). */
    private static final byte[] STATUS_200 = {(byte) 0x88};

    private final Link link;
    private final SelectionKey key;
    private final IntSupplier answerBytes;
    private int size = -1;
    private Http2Head head = head(0);
    private final Http2Frames frames = new Http2Frames(this, true);
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);
    private final Deque<Answer> answers = new ArrayDeque<>();
    private int initialWindow = Http2Frames.INITIAL_WINDOW;
    private long window = initialWindow;
    private boolean isFirst = true;
    private boolean begun;

    /** What is still to be sent on a stream. */
    private static final class Answer {
        final int stream;
        long window;
        int left;

        Answer(int stream, long window, int left) {
            this.stream = stream;
            this.window = window;
            this.left = left;
        }
    }

    Http2OriginConnection(Link link, SelectionKey key, IntSupplier answerBytes) {
        this.link = link;
        this.key = key;
        this.answerBytes = answerBytes;
    }

    @Override
    public boolean onReady(ByteBuffer shared) throws IOException {
        if (key.isReadable() && !frames.read(link)) {
            return false;
        }
        if (begun) { // else the handshake goes on
            write();
        }
        return true;
    }

    @Override
    public void frame(int type, int flags, int stream, ByteBuffer bytes, int at, int length) throws IOException {
        if (!begun) {
            begun = true;
            Http2Frames.begin(out, false, WINDOW);
        }
        switch (type) {
            case Http2Frames.HEADERS -> asked(stream);
            case Http2Frames.WINDOW_UPDATE -> granted(stream, bytes.getInt(at));
            case Http2Frames.SETTINGS -> settings(flags, bytes, at, length);
            default -> {
                // nothing that asks for an answer
            }
        }
    }

    /** A kept connection lives to see another size, for which the fields are named anew. */
    private void asked(int stream) {
        if (size != answerBytes.getAsInt()) {
            size = answerBytes.getAsInt();
            head = head(size);
            isFirst = true;
        }
        answers.add(new Answer(stream, initialWindow, size));
    }

    private static Http2Head head(int size) {
        return new Http2Head(
                STATUS_200,
                "server",
                "origin",
                "date",
                "Mon, 01 Jan 2024 00:00:00 GMT",
                "content-type",
                "application/octet-stream",
                "cache-control",
                "no-store",
                "content-length",
                Integer.toString(size));
    }

    private void granted(int stream, int more) {
        if (stream == 0) {
            window += more;
            return;
        }
        for (Answer answer : answers) {
            if (answer.stream == stream) {
                answer.window += more;
            }
        }
    }

    private void settings(int flags, ByteBuffer bytes, int at, int length) {
        if ((flags & Http2Frames.ACK) != 0) {
            return;
        }
        for (int entry = at; entry < at + length; entry += 6) {
            if (bytes.getShort(entry) == Http2Frames.SETTINGS_INITIAL_WINDOW) {
                initialWindow = bytes.getInt(entry + 2); // comes before the first request
            }
        }
        Http2Frames.header(out, 0, Http2Frames.SETTINGS, Http2Frames.ACK, 0);
    }

    private void write() throws IOException {
        boolean more = true;
        while (more && link.isFlushed()) {
            more = fill();
            link.write(out.flip());
            out.compact();
        }
        link.write(out.flip());
        out.compact();
        boolean waits = more || !link.isFlushed() || out.position() > 0;
        key.interestOps(waits ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Writes frames as far as windows and room go; false if it is the windows that end it. */
    private boolean fill() {
        Answer answer;
        while ((answer = answers.peek()) != null) {
            if (out.remaining() < 2 * FRAME_BYTES) {
                return true;
            }
            if (answer.left == size) {
                head.write(out, isFirst, answer.stream, false);
                isFirst = false;
            }
            int count = (int) Math.min(Math.min(answer.left, Http2Frames.MAX_PAYLOAD), Math.min(window, answer.window));
            if (count <= 0) {
                return false;
            }
            answer.left -= count;
            answer.window -= count;
            window -= count;
            int flags = answer.left == 0 ? Http2Frames.END_STREAM : 0;
            Http2Frames.header(out, count, Http2Frames.DATA, flags, answer.stream)
                    .put(BODY, 0, count);
            if (answer.left == 0) {
                answers.remove();
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
