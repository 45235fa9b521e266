package io.github.captureproxy.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** What a TLS client says first: the JDK's own hello, with more in it, in as many records as a test wants. */
final class TlsHello {
    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int VERSION_AND_RANDOM = 34;

    private final byte[] message;

    private TlsHello(byte[] message) {
        this.message = message;
    }

    static TlsHello of(String serverName, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine(serverName, 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return new TlsHello(Arrays.copyOfRange(out.array(), RECORD_HEADER, out.position()));
    }

    /** The same with one more extension, put first. */
    TlsHello with(int type, int length) {
        ByteBuffer in = ByteBuffer.wrap(message);
        int sessionId = HANDSHAKE_HEADER + VERSION_AND_RANDOM;
        int suites = sessionId + 1 + Byte.toUnsignedInt(in.get(sessionId));
        int compression = suites + 2 + Short.toUnsignedInt(in.getShort(suites));
        int extensions = compression + 1 + Byte.toUnsignedInt(in.get(compression));
        int added = 4 + length;
        ByteBuffer out = ByteBuffer.allocate(message.length + added);
        out.put(message, 0, extensions)
                .putShort((short) (in.getShort(extensions) + added))
                .putShort((short) type)
                .putShort((short) length)
                .put(new byte[length])
                .put(message, extensions + 2, message.length - extensions - 2);
        out.putInt(0, in.getInt(0) + added);
        return new TlsHello(out.array());
    }

    byte[] bytes() {
        return inRecordsOf(1 << 14);
    }

    byte[] inRecordsOf(int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 0; from < message.length; from += size) {
            int length = Math.min(size, message.length - from);
            out.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(message, from, length);
        }
        return out.toByteArray();
    }
}
