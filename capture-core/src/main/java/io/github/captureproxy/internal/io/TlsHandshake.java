package io.github.captureproxy.internal.io;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A TLS handshake on a channel. What takes time in it runs on another thread; all else, and every call of the callback,
 * on the channel's worker thread.
 */
public final class TlsHandshake implements ChannelHandler {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Channel channel;
    private final SSLEngine engine;
    private final Executor tasks;
    private final Callback callback;
    private ByteBuffer received;
    private int alert = TlsAlerts.NONE;
    private boolean wrote;
    private boolean certificateSent;
    private boolean working;
    private boolean begun;
    private volatile boolean over;
    private @Nullable IOException failure;

    /** Who waits for a handshake. One of the first two methods is called, once; the second as well if the first throws. */
    public interface Callback {
        /**
         * The handshake is done: from now on the channel encrypts and decrypts. The callee sets its handler.
         *
         * @param handshake the handshake
         * @throws IOException if the channel breaks at once
         */
        void secured(TlsHandshake handshake) throws IOException;

        /**
         * The handshake failed. The channel is still open, if the peer has not closed it.
         *
         * @param handshake the handshake, which tells how far it had come
         * @param cause why
         */
        void failed(TlsHandshake handshake, Exception cause);

        /**
         * Tells if the engine's next bytes show a certificate.
         *
         * @return true once one has been chosen
         */
        default boolean isCertificateChosen() {
            return false;
        }
    }

    /**
     * Makes a handshake; {@link #start} sets it going.
     *
     * @param channel the connection, on whose worker thread the caller is
     * @param engine the engine, not started
     * @param tasks runs what takes time
     * @param callback told how it goes
     */
    public TlsHandshake(Channel channel, SSLEngine engine, Executor tasks, Callback callback) {
        this.channel = channel;
        this.engine = engine;
        this.tasks = tasks;
        this.callback = callback;
        this.received = NOTHING;
    }

    /**
     * Goes as far as what the peer has sent already allows, with what takes time in it, and without the channel: for a
     * thread that may take time, before {@link #start}, so that the worker is not waited for in between.
     *
     * @param early what has been read of the peer's handshake
     */
    public void prepare(byte[] early) {
        received = ByteBuffer.wrap(early);
        try {
            begin();
            ByteBuffer unused = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            boolean more = true;
            while (more) {
                more = switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runDelegated();
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(unused);
                    default -> false;
                };
            }
        } catch (IOException e) { // told on the worker's thread, as the next one
            failure = e;
        } catch (RuntimeException e) {
            failure = engineFailed(e);
        }
    }

    /** The engine meets input that its authors did not think of. */
    private static SSLException engineFailed(RuntimeException cause) {
        return new SSLException("the TLS engine failed: " + cause.getMessage(), cause);
    }

    private void begin() throws SSLException {
        if (!begun) {
            begun = true;
            engine.beginHandshake();
        }
    }

    private boolean runDelegated() {
        Runnable task;
        while ((task = engine.getDelegatedTask()) != null) {
            task.run();
        }
        return true;
    }

    /** What takes time in a handshake. */
    private interface Work {
        void run() throws SSLException;
    }

    /**
     * Takes the channel over.
     *
     * @param early what has been read of the peer's handshake already, without what it was prepared with
     */
    public void start(byte[] early) {
        channel.handler(this);
        append(ByteBuffer.wrap(early));
        if (engine.getUseClientMode() && !begun) {
            offload(this::begin); // a client's first message holds a new key for each kind that it offers
        } else {
            step();
        }
    }

    /**
     * The engine.
     *
     * @return the engine
     */
    public SSLEngine engine() {
        return engine;
    }

    /**
     * Tells if the peer has been sent anything.
     *
     * @return true from the first byte on
     */
    public boolean hasWritten() {
        return wrote;
    }

    /**
     * Tells if the certificate has been handed to the socket.
     *
     * @return false if the peer cannot have seen it
     */
    public boolean hasSentCertificate() {
        return certificateSent;
    }

    /**
     * The alert that the peer sent.
     *
     * @param cause what the handshake failed with
     * @return its name, such as {@code unknown_ca}; null if it sent none
     */
    public @Nullable String alert(Exception cause) {
        return alert == TlsAlerts.NONE ? TlsAlerts.received(cause) : TlsAlerts.name(alert);
    }

    private void step() {
        if (working || over) {
            return; // bytes that came meanwhile are taken when the work is done
        }
        IOException before = failure;
        if (before != null) {
            fail(before);
            return;
        }
        boolean done;
        try {
            begin();
            done = advance();
        } catch (IOException e) {
            fail(e);
            return;
        } catch (RuntimeException e) {
            fail(engineFailed(e));
            return;
        }
        if (done) {
            secured();
        }
    }

    /** Goes on as far as what has been received allows. Returns true if the handshake is done. */
    private boolean advance() throws IOException {
        while (!over && !working) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> offload(this::runDelegated);
                case NEED_WRAP -> wrap();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap(TlsScratch.current().received())) {
                        channel.reading(true);
                        return false;
                    }
                }
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    private void secured() {
        over = true;
        channel.deadline(0);
        byte[] rest = new byte[received.remaining()];
        received.get(rest);
        received = NOTHING;
        channel.secured(new TlsCodec(channel, engine, rest));
        try {
            callback.secured(this);
        } catch (IOException | RuntimeException e) { // else nobody would hear of the connection any more
            channel.reading(false);
            callback.failed(this, e);
        }
    }

    /** Runs it on another thread, and goes on then. */
    private void offload(Work work) {
        working = true;
        channel.reading(false);
        try {
            tasks.execute(() -> {
                IOException problem = attempt(work);
                channel.execute(() -> resume(problem));
            });
        } catch (RejectedExecutionException e) {
            fail(new IOException("the proxy is closing", e));
        }
    }

    private @Nullable IOException attempt(Work work) {
        try {
            if (!over) {
                work.run();
            }
            return null;
        } catch (SSLException e) {
            return e;
        } catch (RuntimeException e) {
            return engineFailed(e);
        } catch (Error e) { // else the peer would wait for the deadline
            channel.execute(() -> resume(new IOException(e)));
            throw e;
        }
    }

    private void resume(@Nullable IOException problem) {
        working = false;
        if (problem == null) {
            step();
        } else {
            fail(problem);
        }
    }

    private void wrap() throws IOException {
        ByteBuffer records = TlsScratch.current().toSend();
        do {
            if (engine.wrap(NOTHING, records).getStatus() == SSLEngineResult.Status.CLOSED) {
                break;
            }
        } while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP
                && records.remaining() >= engine.getSession().getPacketBufferSize());
        if (records.flip().hasRemaining()) {
            boolean chosen = callback.isCertificateChosen();
            if (chosen && !certificateSent && !receive()) { // who has left already must not seem to refuse it
                throw new EOFException("the connection ended within the TLS handshake");
            }
            channel.sendToSocket(records);
            wrote = true;
            certificateSent |= chosen;
        } else if (engine.isOutboundDone()) {
            throw new SSLException("the TLS engine ended the handshake");
        }
    }

    /** Takes one record. Returns false if there is none. */
    private boolean unwrap(ByteBuffer unused) throws IOException {
        if (!received.hasRemaining()) {
            return false;
        }
        noteAlert();
        return switch (engine.unwrap(received, unused).getStatus()) {
            case BUFFER_UNDERFLOW -> false;
            case CLOSED -> throw new SSLException("the peer ended the handshake");
            default -> true;
        };
    }

    /** An alert that is not encrypted is read here as well: the engine may take it for something else. */
    private void noteAlert() {
        int seen = TlsAlerts.plain(received);
        if (seen != TlsAlerts.NONE) {
            alert = seen;
        }
    }

    @Override
    public void readable() throws IOException {
        if (receive()) {
            step();
        } else {
            fail(new EOFException("the connection ended within the TLS handshake"));
        }
    }

    /** Takes what is there. Returns false if the peer has ended its stream. */
    private boolean receive() throws IOException {
        Buffers buffers = Worker.current().buffers();
        ByteBuffer buffer = buffers.acquire();
        try {
            int start = buffer.position();
            int count = channel.readSocket(buffer);
            if (count < 0) {
                return false;
            }
            append(buffer.flip().position(start));
            return true;
        } finally {
            buffers.release(buffer);
        }
    }

    private void append(ByteBuffer more) {
        if (received.hasRemaining() || more.hasRemaining()) {
            received = ByteBuffer.allocate(received.remaining() + more.remaining())
                    .put(received)
                    .put(more)
                    .flip();
        }
    }

    private void fail(Exception cause) {
        if (!over) {
            over = true;
            channel.deadline(0);
            channel.reading(false);
            callback.failed(this, cause);
        }
    }

    /** Tells the peer why: sends the alert that the engine has prepared, as far as the socket takes it. */
    public void sendAlert() {
        if (working) {
            return; // what the engine has prepared is no alert
        }
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        try {
            if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                engine.wrap(NOTHING, record);
                channel.sendToSocket(record.flip());
            }
        } catch (IOException e) {
            received = NOTHING; // the peer is gone: there is nobody left to tell
        }
    }

    /** Gives up: no callback follows. */
    public void cancel() {
        over = true;
        channel.reset();
    }

    @Override
    public void drained() {
        // the peer answers when it has what it was sent
    }

    @Override
    public void deadlinePassed() {
        fail(new SocketTimeoutException("the TLS handshake took too long"));
    }

    @Override
    public void failed(Throwable cause) {
        fail(cause instanceof Exception exception ? exception : new IOException(cause));
    }

    @Override
    public void closed() {
        fail(new EOFException("the connection was closed within the TLS handshake"));
    }

    @Override
    public boolean isMidway() {
        return true;
    }
}
