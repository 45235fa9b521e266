package io.github.captureproxy.tls.internal.issuing;

import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** A whole TLS handshake in memory. */
public final class EngineHandshake {
    private static final int BUFFER = 1 << 16;
    private static final int MAX_ROUNDS = 100;

    private EngineHandshake() {}

    /** A server's context that shows a leaf. */
    public static SSLContext server(Leaf leaf) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("leaf", leaf.privateKey(), new char[0], leaf.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Shakes hands and gives the client's side; the client checks the chain and the name. */
    public static SSLEngine run(SSLContext server, SSLContext client, String name, String protocol)
            throws SSLException {
        SSLEngine one = client.createSSLEngine(name, 443);
        one.setUseClientMode(true);
        SSLParameters parameters = one.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {protocol});
        if (LeafName.of(name).address().isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        one.setSSLParameters(parameters);
        SSLEngine other = server.createSSLEngine();
        other.setUseClientMode(false);
        ByteBuffer there = ByteBuffer.allocate(BUFFER);
        ByteBuffer back = ByteBuffer.allocate(BUFFER);
        one.beginHandshake();
        other.beginHandshake();
        for (int i = 0; i < MAX_ROUNDS && !(isDone(one) && isDone(other)); i++) {
            step(one, back, there);
            step(other, there, back);
        }
        return one;
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(BUFFER));
                in.compact();
            }
        }
    }
}
