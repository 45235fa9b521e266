package io.github.captureproxy.testkit.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.testkit.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackException;

/**
 * One end of an HTTP/2 connection that sends what a test says and reads frame by frame. It acknowledges the peer's
 * SETTINGS and PINGs by itself, and does nothing else of its own accord. Every wait ends after ten seconds. Not for
 * more than one thread, but for sending beside reading.
 */
public class RawHttp2Connection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_TABLE = 65_536;

    private final RawSocket socket;
    private final InputStream in;
    private final HPackDecoder decoder = new HPackDecoder(LARGEST_TABLE, ISO_8859_1);
    private final Map<Integer, Integer> peerSettings = new HashMap<>();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final Map<Integer, List<Header>> fields = new HashMap<>();

    RawHttp2Connection(RawSocket socket) throws IOException {
        this.socket = socket;
        this.in = socket.socket().getInputStream();
    }

    /** Sends frames in one write. */
    public synchronized void send(Http2Frame... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Http2Frame frame : frames) {
            all.writeBytes(frame.bytes());
        }
        socket.send(all.toByteArray());
    }

    /** Sends bytes as they are. */
    public synchronized void send(byte[] bytes) throws IOException {
        socket.send(bytes);
    }

    /** Reads the next frame; empty if the connection has ended, by a reset or in an orderly way. */
    public Optional<Http2Frame> next() throws IOException {
        try {
            byte[] head = in.readNBytes(Http2Frame.HEAD);
            if (head.length < Http2Frame.HEAD) {
                return Optional.empty();
            }
            ByteBuffer numbers = ByteBuffer.wrap(head);
            int lengthAndType = numbers.getInt();
            int flags = numbers.get() & 0xff;
            int length = lengthAndType >>> 8;
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                return Optional.empty();
            }
            Http2Frame frame = new Http2Frame(lengthAndType & 0xff, flags, numbers.getInt(), payload);
            note(frame);
            return Optional.of(frame);
        } catch (SocketException e) { // a reset, which is an end too
            return Optional.empty();
        }
    }

    /** Reads up to a frame of some sort, and returns it; the ones before are dropped. */
    public Http2Frame readUntil(Predicate<Http2Frame> wanted) throws IOException {
        long start = System.nanoTime();
        StringBuilder seen = new StringBuilder();
        Optional<Http2Frame> frame = next();
        while (frame.isPresent() && System.nanoTime() - start < PATIENCE.toNanos()) {
            if (wanted.test(frame.get())) {
                return frame.get();
            }
            seen.append("\n  ").append(frame.get());
            frame = next();
        }
        throw new EOFException("the frame did not come; there came" + seen);
    }

    private void note(Http2Frame frame) throws IOException {
        if (frame.type() == Http2Frame.HEADERS || frame.type() == Http2Frame.CONTINUATION) {
            noteBlock(frame);
        } else if (frame.is(Http2Frame.SETTINGS)) {
            for (int i = 0; i + 6 <= frame.payload().length; i += 6) {
                peerSettings.put((int) ByteBuffer.wrap(frame.payload()).getShort(i), frame.integerAt(i + 2));
            }
            answer(Http2Frame.frame(Http2Frame.SETTINGS, Http2Frame.ACK, 0));
        } else if (frame.is(Http2Frame.PING)) {
            answer(Http2Frame.frame(Http2Frame.PING, Http2Frame.ACK, 0, frame.payload()));
        }
    }

    /** A peer that closes meanwhile may not get the answer; its end shows in the next read. */
    private void answer(Http2Frame frame) throws IOException {
        try {
            send(frame);
        } catch (SocketException e) {
            // the peer has closed
        }
    }

    private void noteBlock(Http2Frame frame) throws IOException {
        int skipped = (frame.type() == Http2Frame.HEADERS && frame.has(Http2Frame.PADDED) ? 1 : 0)
                + (frame.type() == Http2Frame.HEADERS && frame.has(Http2Frame.WITH_PRIORITY) ? 5 : 0);
        int padding =
                frame.type() == Http2Frame.HEADERS && frame.has(Http2Frame.PADDED) ? frame.payload()[0] & 0xff : 0;
        block.write(frame.payload(), skipped, frame.payload().length - skipped - padding);
        if (frame.has(Http2Frame.END_HEADERS)) {
            try {
                fields.put(frame.stream(), decoder.decodeHeaders(ByteBuffer.wrap(block.toByteArray())));
            } catch (HPackException e) {
                throw new IOException("no header block: " + frame, e);
            }
            block.reset();
        }
    }

    /** The fields, pseudo-fields included, of the last header block on a stream. */
    public List<Header> fields(int stream) {
        return fields.getOrDefault(stream, List.of());
    }

    /** The first value of a field in the last header block on a stream. */
    public Optional<String> field(int stream, String name) {
        return fields(stream).stream()
                .filter(it -> it.getName().equals(name))
                .map(Header::getValue)
                .findFirst();
    }

    /** What the peer has set so far, or what holds as long as it does not. */
    public int peerSetting(int identifier, int otherwise) {
        return peerSettings.getOrDefault(identifier, otherwise);
    }

    /** Holds the peer to what it has acknowledged of HEADER_TABLE_SIZE. */
    public void limitTable(int size) {
        decoder.setMaxTableSize(size);
    }

    /** What carries the frames. */
    public RawSocket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
