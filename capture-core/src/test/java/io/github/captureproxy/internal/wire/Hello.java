package io.github.captureproxy.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Hellos for tests: the JDK's own, and ones put together by hand. */
final class Hello {

    private int legacyVersion = 0x0303;
    private int[] suites = {0x1301};
    private final Map<Integer, byte[]> extensions = new LinkedHashMap<>();
    private byte[] behind = {};

    /** What the JDK's client says first, as one or more records. */
    static byte[] jsse(String host, List<String> protocols, String... versions) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine(host, 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        parameters.setProtocols(versions);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    static Hello tls12() {
        return new Hello();
    }

    Hello legacyVersion(int version) {
        legacyVersion = version;
        return this;
    }

    Hello suites(int... values) {
        suites = values;
        return this;
    }

    Hello extension(int type, byte... data) {
        extensions.put(type, data);
        return this;
    }

    /** An extension that is a list of two-byte numbers behind a length of one or two bytes. */
    Hello list(int type, int lengthBytes, int... values) {
        return extension(type, vector(lengthBytes, u16(values)));
    }

    Hello serverName(String name) {
        byte[] entry = concat(new byte[] {0}, vector(2, Wire.bytes(name)));
        return extension(HelloExtensions.SERVER_NAME, vector(2, entry));
    }

    Hello alpn(String... names) {
        byte[] list = {};
        for (String name : names) {
            list = concat(list, vector(1, Wire.bytes(name)));
        }
        return extension(HelloExtensions.ALPN, vector(2, list));
    }

    /** Bytes behind the extensions, where none belong. */
    Hello behind(byte... bytes) {
        behind = bytes;
        return this;
    }

    /** The handshake message, its header included. */
    byte[] message() {
        byte[] block = {};
        for (Map.Entry<Integer, byte[]> extension : extensions.entrySet()) {
            block = concat(block, u16(extension.getKey()), vector(2, extension.getValue()));
        }
        byte[] body = concat(
                u16(legacyVersion), new byte[32], vector(1, new byte[8]), vector(2, u16(suites)), new byte[] {1, 0});
        body = concat(body, extensions.isEmpty() ? block : vector(2, block), behind);
        return concat(new byte[] {1}, vector(3, body));
    }

    byte[] record() {
        return records(message(), 1 << 14);
    }

    /** A message in records of a given size. */
    static byte[] records(byte[] message, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < message.length; i += size) {
            int length = Math.min(size, message.length - i);
            out.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            out.write(message, i, length);
        }
        return out.toByteArray();
    }

    static byte[] vector(int lengthBytes, byte[] data) {
        byte[] out = new byte[lengthBytes + data.length];
        for (int i = 0; i < lengthBytes; i++) {
            out[i] = (byte) (data.length >> 8 * (lengthBytes - 1 - i));
        }
        System.arraycopy(data, 0, out, lengthBytes, data.length);
        return out;
    }

    static byte[] u16(int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length);
        for (int value : values) {
            out.putShort((short) value);
        }
        return out.array();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
