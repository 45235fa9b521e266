package io.github.captureproxy.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a connection whose handshake is done: decrypts what its channel reads, and encrypts what it sends. Nothing but
 * the beginning of a record is kept between two events. For the channel's worker thread.
 */
final class TlsCodec {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NONE = {};

    private final Channel channel;
    private final SSLEngine engine;
    private final int recordBytes;
    private byte[] undecrypted;
    private boolean unread;
    private boolean inputEnded;
    private @Nullable IOException failure;

    /**
     * Takes over from a handshake.
     *
     * @param channel the connection
     * @param engine the engine, done with its handshake
     * @param undecrypted what was read behind the handshake
     */
    TlsCodec(Channel channel, SSLEngine engine, byte[] undecrypted) {
        this.channel = channel;
        this.engine = engine;
        this.recordBytes = engine.getSession().getPacketBufferSize();
        this.undecrypted = undecrypted;
        this.unread = undecrypted.length > 0;
    }

    SSLEngine engine() {
        return engine;
    }

    /** There is something to read that the socket will not tell of. */
    boolean hasUnread() {
        return unread;
    }

    /** Nobody will look at it any more. */
    void forgetUnread() {
        unread = false;
        undecrypted = NONE;
    }

    /**
     * Reads and decrypts.
     *
     * @param target where to; has room for more than a record
     * @return the number of decrypted bytes, 0 if there are none yet, -1 if the peer has ended its stream
     * @throws IOException if the connection broke, or ended without saying so: what came may be cut short
     */
    int read(ByteBuffer target) throws IOException {
        unread = false;
        if (failure != null) {
            throw failure;
        }
        if (inputEnded) {
            return -1;
        }
        int before = target.position();
        ByteBuffer source = TlsScratch.current().received();
        // A record is never longer decrypted, so all that is whole will find room.
        int most = Math.min(source.capacity(), Math.max(target.remaining(), recordBytes));
        int count = 0;
        if (undecrypted.length < most) {
            source.put(undecrypted).limit(most);
            count = channel.readSocket(source);
            source.flip();
        } else {
            source = ByteBuffer.wrap(undecrypted);
        }
        undecrypted = NONE;
        decrypt(source, target);
        int decrypted = target.position() - before;
        if (decrypted > 0) {
            unread |= inputEnded || failure != null;
            return decrypted;
        }
        if (failure != null) {
            throw failure;
        }
        if (inputEnded) {
            return -1;
        }
        if (count < 0) { // no failure of TLS: many peers end an idle connection so
            throw new EOFException("the connection ended without a TLS close_notify");
        }
        return 0;
    }

    /** What came before a failure is whole, and may say why: it is handed on first. */
    private void decrypt(ByteBuffer source, ByteBuffer target) {
        try {
            decryptRecords(source, target);
            keepRest(source);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException e) { // the engine meets input that its authors did not think of
            failure = new SSLException("the TLS engine failed: " + e.getMessage(), e);
        }
    }

    private void decryptRecords(ByteBuffer source, ByteBuffer target) throws IOException {
        while (source.hasRemaining() && !inputEnded) {
            SSLEngineResult result = engine.unwrap(source, target);
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> {
                    return;
                }
                case BUFFER_OVERFLOW -> {
                    unread = true;
                    return;
                }
                case CLOSED -> inputEnded = true;
                default -> afterRecord(result.getHandshakeStatus());
            }
        }
    }

    /** Answers a change of keys (RFC 8446 section 4.6.3); a second handshake is not made. */
    private void afterRecord(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NEED_WRAP
                && engine.getSession().getProtocol().equals("TLSv1.3")) {
            sendOwn();
        } else if (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
            throw new SSLException("the peer began a renegotiation, which is not supported");
        }
    }

    private void keepRest(ByteBuffer source) {
        if (source.hasRemaining()) {
            undecrypted = new byte[source.remaining()];
            source.get(undecrypted);
        }
    }

    /**
     * Encrypts and sends. What the socket does not take at once is kept by the channel, encrypted.
     *
     * @param bytes the bytes, from position to limit
     * @throws IOException if the connection broke
     */
    void send(ByteBuffer bytes) throws IOException {
        ByteBuffer records = TlsScratch.current().toSend();
        while (bytes.hasRemaining()) {
            while (bytes.hasRemaining() && records.remaining() >= recordBytes) {
                if (engine.wrap(bytes, records).getStatus() != SSLEngineResult.Status.OK) {
                    throw new SSLException("the TLS connection is closed");
                }
            }
            channel.sendToSocket(records.flip());
            records.clear();
        }
    }

    /**
     * Says that nothing more will be sent (RFC 8446 section 6.1).
     *
     * @throws IOException if the connection broke
     */
    void endOutput() throws IOException {
        if (!engine.isOutboundDone()) {
            engine.closeOutbound();
            sendOwn();
        }
    }

    /** Sends what the engine itself has to say. */
    private void sendOwn() throws IOException {
        ByteBuffer record = ByteBuffer.allocate(recordBytes);
        SSLEngineResult result;
        do {
            result = engine.wrap(NOTHING, record);
            channel.sendToSocket(record.flip());
            record.clear();
        } while (result.bytesProduced() > 0 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    }
}
