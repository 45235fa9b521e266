package io.github.captureproxy.examples.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * One end of a TLS connection, at little cost: many records for each system call, and buffers on the heap, where the JDK's
 * ciphers work. Handshakes run on the thread that reads.
 */
final class TlsLink implements Link {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NONE = {};

    /** More than a record, in both forms. */
    private static final int RECORD = 17 * 1024;

    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private byte[] received = NONE;
    private ByteBuffer unsent = NOTHING;

    TlsLink(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
    }

    /** The encrypted bytes of one call, either way. */
    private static final class Room {
        private static final int BYTES = 256 * 1024;

        final ByteBuffer in = ByteBuffer.allocate(BYTES);
        final ByteBuffer out = ByteBuffer.allocate(BYTES);
        final ByteBuffer unexpected = ByteBuffer.allocate(RECORD);
    }

    /** Makes the handshake, on a channel that blocks. */
    TlsLink handshake() throws IOException {
        engine.beginHandshake();
        Room room = ROOM.get();
        decrypt(NOTHING, room.unexpected.clear());
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            if (read(room.unexpected.clear()) < 0) {
                throw new EOFException("the connection ended within the handshake");
            }
        }
        return this;
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int before = target.position();
        ByteBuffer in = ROOM.get().in.clear();
        in.put(received);
        in.limit(Math.min(in.capacity(), Math.max(target.remaining(), RECORD))); // so that all of it finds room
        int count = channel.read(in);
        decrypt(in.flip(), target);
        received = NONE;
        if (in.hasRemaining()) {
            received = new byte[in.remaining()];
            in.get(received);
        }
        int decrypted = target.position() - before;
        return decrypted == 0 && (count < 0 || engine.isInboundDone()) ? -1 : decrypted;
    }

    private void decrypt(ByteBuffer in, ByteBuffer target) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    if (!say() && !take(in, target)) {
                        return;
                    }
                }
                default -> {
                    if (!take(in, target)) {
                        return;
                    }
                }
            }
        }
    }

    /** Decrypts one record; false if there is none, or no room. */
    private boolean take(ByteBuffer in, ByteBuffer target) throws IOException {
        if (!in.hasRemaining()) {
            return false;
        }
        SSLEngineResult result = engine.unwrap(in, target);
        return result.getStatus() == SSLEngineResult.Status.OK && result.bytesConsumed() + result.bytesProduced() > 0;
    }

    /** Sends what the engine itself has to say; false if that was nothing. */
    private boolean say() throws IOException {
        ByteBuffer out = ROOM.get().out.clear();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && out.remaining() >= RECORD) {
            if (engine.wrap(NOTHING, out).bytesProduced() == 0) {
                break;
            }
        }
        boolean said = out.position() > 0;
        send(out.flip());
        return said;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        if (!isFlushed()) {
            channel.write(unsent);
        }
        ByteBuffer out = ROOM.get().out;
        while (source.hasRemaining() && isFlushed()) {
            out.clear();
            while (source.hasRemaining() && out.remaining() >= RECORD) {
                if (engine.wrap(source, out).getStatus() != SSLEngineResult.Status.OK) {
                    throw new SSLException("the TLS connection is closed");
                }
            }
            send(out.flip());
        }
    }

    private void send(ByteBuffer records) throws IOException {
        if (isFlushed()) {
            channel.write(records);
        }
        if (records.hasRemaining()) {
            unsent = ByteBuffer.allocate(unsent.remaining() + records.remaining())
                    .put(unsent)
                    .put(records)
                    .flip();
        }
    }

    @Override
    public boolean isFlushed() {
        return !unsent.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        ByteBuffer out = ROOM.get().out.clear();
        try {
            while (!engine.isOutboundDone() && engine.wrap(NOTHING, out).bytesProduced() > 0) {
                // its last words
            }
            send(out.flip());
        } finally {
            channel.close();
            free();
        }
    }

    /** Native code keeps what it holds, descriptors among it, until both ways are closed. */
    private void free() {
        try {
            engine.closeInbound();
        } catch (SSLException e) {
            // the peer has ended without a word, as it may
        }
    }
}
