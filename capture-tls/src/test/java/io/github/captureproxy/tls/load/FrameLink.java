package io.github.captureproxy.tls.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.util.ByteArrayBuffer;

/**
 * One end of an HTTP/2 connection that keeps to RFC 9113, and what is to be seen of the other end. One thread reads
 * frames; all else is done on another, by turns.
 */
abstract class FrameLink implements Closeable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    static final int MAX_PAYLOAD = 16_384;
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final long NO_ERROR = 0;
    private static final int DEFAULT_WINDOW = 65_535;
    private static final int TABLE_BYTES = 4_096;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ScheduledExecutorService turns;
    private final HPackDecoder decoder = new HPackDecoder(TABLE_BYTES, ISO_8859_1);
    private final HPackEncoder encoder = new HPackEncoder(TABLE_BYTES, ISO_8859_1);
    private final Map<Integer, StreamEnd> streams = new HashMap<>();
    private final Map<Integer, StreamPlan> whole = new HashMap<>();
    private int sendWindow = DEFAULT_WINDOW;
    private int peerWindow = DEFAULT_WINDOW;
    private int ownWindow = DEFAULT_WINDOW;

    /** Over a connection on which TLS is spoken and has chosen h2. */
    FrameLink(Socket socket, String name) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        this.turns = Executors.newSingleThreadScheduledExecutor(task -> thread(task, name));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The peer has opened a stream. */
    abstract StreamEnd opened(int id, List<Header> fields);

    /** A stream is over. */
    abstract void ended(StreamEnd stream);

    /** The connection has ended, or something is wrong with it. */
    abstract void broken(String what);

    /** Says what this end says first, and begins to read. */
    void start(boolean client, int window) {
        ownWindow = window;
        turn(() -> {
            if (client) {
                out.write(PREFACE.getBytes(ISO_8859_1));
            }
            frame(
                    SETTINGS,
                    0,
                    0,
                    ByteBuffer.allocate(12)
                            .putShort((short) 4)
                            .putInt(window)
                            .putShort((short) 3)
                            .putInt(100)
                            .array());
            grant(0, (1 << 30) - DEFAULT_WINDOW);
        });
        thread(() -> read(client), "frames").start();
    }

    private void read(boolean client) {
        try {
            if (!client) {
                in.readNBytes(PREFACE.length());
            }
            while (true) {
                int lengthAndType = in.readInt();
                int flags = in.readUnsignedByte();
                int id = in.readInt();
                byte[] payload = in.readNBytes(lengthAndType >>> 8);
                turn(() -> received(lengthAndType & 0xff, flags, id, payload));
            }
        } catch (IOException | RejectedExecutionException e) {
            tellEnd(String.valueOf(e));
        }
    }

    private void tellEnd(String how) {
        try {
            turn(() -> broken(how));
        } catch (RejectedExecutionException e) { // closed by this end
            return;
        }
    }

    /** Does something that sends, in turn. */
    void turn(Turn what) {
        turns.execute(() -> run(what));
    }

    /** The same, later. */
    void later(Turn what, int millis) {
        Future<?> unused = turns.schedule(() -> run(what), millis, TimeUnit.MILLISECONDS);
    }

    private void run(Turn what) {
        try {
            what.run();
            out.flush();
        } catch (IOException | RuntimeException e) {
            broken(String.valueOf(e));
        }
    }

    /** What is done in one turn. */
    interface Turn {
        void run() throws IOException;
    }

    private void received(int type, int flags, int id, byte[] payload) throws IOException {
        switch (type) {
            case DATA -> data(flags, id, payload);
            case HEADERS -> headers(flags, id, payload);
            case RST_STREAM -> wasReset(id, ByteBuffer.wrap(payload).getInt() & 0xffff_ffffL);
            case SETTINGS -> settings(flags, payload);
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(PING, ACK, 0, payload);
                }
            }
            case GOAWAY -> broken("GOAWAY with " + ByteBuffer.wrap(payload).getInt(4));
            case WINDOW_UPDATE -> granted(id, ByteBuffer.wrap(payload).getInt());
            default -> broken("a frame of type " + type);
        }
    }

    private void wasReset(int id, long code) {
        StreamEnd stream = streams.get(id);
        StreamPlan plan = whole.get(id);
        if (stream != null) {
            stream.wasReset(code);
        } else if (plan != null && plan.ending() != Ending.CLIENT_RESETS && code != NO_ERROR) {
            broken("a reset with " + code + " of " + plan + ", which had ended");
        }
    }

    private void settings(int flags, byte[] payload) throws IOException {
        if ((flags & ACK) != 0) {
            return;
        }
        for (ByteBuffer left = ByteBuffer.wrap(payload); left.hasRemaining(); ) {
            int identifier = left.getShort();
            int value = left.getInt();
            if (identifier == 4) {
                for (StreamEnd stream : streams.values()) {
                    stream.granted(value - peerWindow);
                }
                peerWindow = value;
            }
        }
        frame(SETTINGS, ACK, 0);
    }

    private void granted(int id, int more) throws IOException {
        if (id == 0) {
            sendWindow += more;
            for (StreamEnd stream : new ArrayList<>(streams.values())) {
                stream.pump();
            }
        } else if (streams.containsKey(id)) {
            streams.get(id).granted(more);
            streams.get(id).pump();
        }
    }

    private void headers(int flags, int id, byte[] payload) throws IOException {
        List<Header> fields;
        try {
            fields = decoder.decodeHeaders(ByteBuffer.wrap(payload));
        } catch (HttpException e) {
            throw new IOException(e);
        }
        StreamEnd stream = streams.get(id);
        if (stream == null) {
            stream = opened(id, fields);
        }
        if (stream != null) {
            stream.fields(fields, (flags & END_STREAM) != 0);
        }
    }

    private void data(int flags, int id, byte[] payload) throws IOException {
        grantConnection(payload.length);
        boolean padded = (flags & PADDED) != 0;
        int from = padded ? 1 : 0;
        int to = payload.length - (padded ? payload[0] & 0xff : 0);
        StreamEnd stream = streams.get(id);
        if (stream != null) {
            stream.data(payload, from, to, (flags & END_STREAM) != 0);
        }
    }

    private void grantConnection(int bytes) throws IOException {
        if (bytes > 0) {
            grant(0, bytes);
        }
    }

    void add(StreamEnd stream) {
        streams.put(stream.id(), stream);
    }

    /** Both sides of a stream have ended: nothing more may be said of it. */
    void endedWhole(StreamEnd stream) {
        whole.put(stream.id(), stream.plan());
    }

    void remove(StreamEnd stream) {
        if (streams.remove(stream.id(), stream)) {
            ended(stream);
        }
    }

    int sendWindow() {
        return sendWindow;
    }

    /** What a stream may send at first. */
    int peerWindow() {
        return peerWindow;
    }

    /** What a stream may receive at first. */
    int ownWindow() {
        return ownWindow;
    }

    void sendFields(int id, boolean ended, String... namesAndValues) throws IOException {
        ByteArrayBuffer block = new ByteArrayBuffer(256);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            encoder.encodeHeader(block, namesAndValues[i], namesAndValues[i + 1], false);
        }
        frame(HEADERS, END_HEADERS | (ended ? END_STREAM : 0), id, block.toByteArray());
    }

    /** A whole DATA payload, padding included. */
    void sendData(int id, int flags, byte[] payload) throws IOException {
        sendWindow -= payload.length;
        frame(DATA, flags, id, payload);
    }

    void grant(int id, int more) throws IOException {
        frame(WINDOW_UPDATE, 0, id, ByteBuffer.allocate(4).putInt(more).array());
    }

    void reset(int id, long code) throws IOException {
        frame(RST_STREAM, 0, id, ByteBuffer.allocate(4).putInt((int) code).array());
    }

    private void frame(int type, int flags, int id, byte... payload) throws IOException {
        out.write(ByteBuffer.allocate(9)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(id)
                .array());
        out.write(payload);
    }

    @Override
    public void close() throws IOException {
        turns.shutdownNow();
        socket.close();
    }
}
