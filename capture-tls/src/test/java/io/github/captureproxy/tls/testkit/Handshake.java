package io.github.captureproxy.tls.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines, and the bytes between them, in memory. */
public final class Handshake {
    private static final int BUFFER = 1 << 17;

    private final Side client;
    private final Side server;

    public Handshake(SSLEngine client, SSLEngine server) {
        this.client = new Side(client);
        this.server = new Side(server);
    }

    /** What happened at an end. */
    public static final class Side {
        private final SSLEngine engine;
        private final ByteBuffer incoming = ByteBuffer.allocate(BUFFER);
        private final ByteBuffer plain = ByteBuffer.allocate(BUFFER);
        private SSLException failure;

        private Side(SSLEngine engine) {
            this.engine = engine;
        }

        /** What the engine threw; null if nothing. */
        public SSLException failure() {
            return failure;
        }

        public SSLEngine engine() {
            return engine;
        }

        /** The application data received, as text. */
        public String received() {
            return new String(plain.array(), 0, plain.position(), StandardCharsets.US_ASCII);
        }
    }

    public Side client() {
        return client;
    }

    public Side server() {
        return server;
    }

    /** Moves bytes until nothing moves any more. */
    public Handshake run() throws SSLException {
        client.engine.beginHandshake();
        server.engine.beginHandshake();
        settle();
        return this;
    }

    /** Has the client send text. */
    public Handshake clientSends(String text) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(BUFFER);
        client.engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), out);
        server.incoming.put(out.flip());
        settle();
        return this;
    }

    private void settle() {
        boolean moved = true;
        while (moved) {
            boolean fromClient = step(client, server);
            moved = step(server, client) || fromClient;
        }
    }

    private static boolean step(Side from, Side to) {
        boolean moved = false;
        try {
            ByteBuffer out = ByteBuffer.allocate(BUFFER);
            for (int i = 0; i < 20; i++) {
                tasks(from.engine);
                if (from.engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                    break;
                }
                from.engine.wrap(ByteBuffer.allocate(0), out);
            }
            moved = out.flip().hasRemaining();
            to.incoming.put(out);
            from.incoming.flip();
            SSLEngineResult result;
            do {
                int before = from.incoming.remaining();
                result = from.engine.unwrap(from.incoming, from.plain);
                tasks(from.engine);
                moved |= from.incoming.remaining() < before;
            } while (result.getStatus() == SSLEngineResult.Status.OK
                    && result.bytesConsumed() > 0
                    && from.engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP);
            from.incoming.compact();
        } catch (SSLException e) {
            from.incoming.compact();
            if (from.failure == null) {
                from.failure = e;
                moved = alert(from, to);
            }
        }
        return moved;
    }

    private static boolean alert(Side from, Side to) {
        try {
            ByteBuffer out = ByteBuffer.allocate(BUFFER);
            from.engine.wrap(ByteBuffer.allocate(0), out);
            boolean any = out.flip().hasRemaining();
            to.incoming.put(out);
            return any;
        } catch (SSLException e) {
            return false; // the engine is done for: it said why before
        }
    }

    private static void tasks(SSLEngine engine) {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            Runnable task = engine.getDelegatedTask();
            if (task != null) {
                task.run();
            }
        }
    }

    /** Tells if a server answers a hello with anything but an alert. */
    public static boolean isServed(SSLEngine server, byte[] hello) {
        server.setUseClientMode(false);
        try {
            ByteBuffer in = ByteBuffer.wrap(hello);
            ByteBuffer plain = ByteBuffer.allocate(BUFFER);
            server.unwrap(in, plain);
            tasks(server);
            ByteBuffer out = ByteBuffer.allocate(BUFFER);
            while (server.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                server.wrap(ByteBuffer.allocate(0), out);
                tasks(server);
            }
            byte[] sent = Arrays.copyOf(out.array(), out.position());
            return sent.length > 0 && sent[0] == 22;
        } catch (SSLException e) {
            return false; // that it throws is the answer
        }
    }

    /** The first record that a client sends. */
    public static byte[] hello(SSLEngine client) throws SSLException {
        client.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(BUFFER);
        client.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }
}
