package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;

/**
 * Says what a client speaks inside a CONNECT tunnel, from the first bytes that it sent.
 *
 * <p>Two mistakes must not happen. Another protocol must never be taken for HTTP, so the whole request line has to be
 * seen, up to its CRLF. And a client that sent a whole message of another protocol and waits for the answer must not be
 * kept waiting, so {@link Kind#NEED_MORE} is the answer only where the bytes look so much like a beginning that more
 * are sure to come. Thread-safe: there is no state.
 */
public final class FirstBytes {

    /** What the first bytes are. */
    public enum Kind {
        /** A beginning of one of the known kinds; ask again when more bytes are there. */
        NEED_MORE,
        /** A whole HTTP/1.0 or HTTP/1.1 request line other than CONNECT (RFC 9112 section 3). */
        HTTP1,
        /** The client's HTTP/2 connection preface, whole (RFC 9113 section 3.4). */
        HTTP2_PREFACE,
        /** A TLS record with the beginning of a ClientHello (RFC 8446 section 5.1). */
        TLS,
        /** Anything else: to be relayed as it is. */
        OTHER
    }

    private static final byte[] HTTP2_PREFACE = AsciiPrefix.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    private FirstBytes() {}

    /**
     * Looks at the bytes between position and limit. The buffer is left as it was.
     *
     * <p>What was decided from some bytes stays decided when more follow, but for one case: an HTTP method that is not
     * registered, cut before the first byte of its target, is {@link Kind#OTHER}.
     *
     * @param buf all that the client sent so far
     * @return what that is; {@link Kind#NEED_MORE} for an empty buffer
     */
    public static Kind of(ByteBuffer buf) {
        if (!buf.hasRemaining()) {
            return Kind.NEED_MORE;
        }
        if (buf.get(buf.position()) == TlsRecord.HANDSHAKE) {
            return tls(buf);
        }
        int same = AsciiPrefix.commonPrefix(buf, buf.position(), HTTP2_PREFACE);
        if (same == HTTP2_PREFACE.length) {
            return Kind.HTTP2_PREFACE;
        }
        return same == buf.remaining() ? Kind.NEED_MORE : RequestLineSniffer.sniff(buf);
    }

    /** Record type, version, length and handshake type: enough to tell a ClientHello from all else. */
    private static Kind tls(ByteBuffer buf) {
        int start = buf.position();
        int seen = Math.min(buf.remaining(), TlsRecord.HEADER_BYTES + 1);
        if (seen > 1 && buf.get(start + 1) != TlsRecord.MAJOR_VERSION) {
            return Kind.OTHER;
        }
        if (seen > 2 && (buf.get(start + 2) & 0xff) > TlsRecord.MAX_MINOR_VERSION) {
            return Kind.OTHER;
        }
        if (seen > 3 && (buf.get(start + 3) & 0xff) > TlsRecord.MAX_FRAGMENT_BYTES >> 8) {
            return Kind.OTHER;
        }
        if (seen > 4
                && !TlsRecord.isFragmentLength(
                        Short.toUnsignedInt(buf.duplicate().getShort(start + 3)))) {
            return Kind.OTHER;
        }
        if (seen <= TlsRecord.HEADER_BYTES) {
            return Kind.NEED_MORE;
        }
        return buf.get(start + TlsRecord.HEADER_BYTES) == TlsRecord.CLIENT_HELLO ? Kind.TLS : Kind.OTHER;
    }
}
