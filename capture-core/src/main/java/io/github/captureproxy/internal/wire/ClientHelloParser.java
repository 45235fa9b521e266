package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2) in the first bytes of a TLS connection, which
 * may spread it over any number of records. Thread-safe: there is no state; a call with more bytes starts anew.
 */
public final class ClientHelloParser {

    /**
     * The most bytes, record headers included, that a hello may take. Hellos with post-quantum key shares are near 2
     * KiB, with large tickets a few more; TLS libraries stop at 16 to 128 KiB.
     */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int HANDSHAKE_HEADER_BYTES = 4;

    /** What became of the bytes. */
    public enum Status {
        /** No fault so far, but the hello is not whole. */
        NEED_MORE,
        /** No ClientHello, or a malformed one, or one that takes more than {@link #MAX_BYTES}. */
        NOT_TLS,
        /** The hello is whole and well-formed. */
        HELLO
    }

    /** A status, and the hello when there is one. Immutable. */
    public static final class Result {

        private static final Result NEED_MORE = new Result(Status.NEED_MORE, null);
        private static final Result NOT_TLS = new Result(Status.NOT_TLS, null);

        private final Status status;
        private final @Nullable ParsedHello hello;

        private Result(Status status, @Nullable ParsedHello hello) {
            this.status = status;
            this.hello = hello;
        }

        /**
         * What became of the bytes.
         *
         * @return the status
         */
        public Status status() {
            return status;
        }

        /**
         * The hello.
         *
         * @return present exactly when the status is {@link Status#HELLO}
         */
        public Optional<ParsedHello> hello() {
            return Optional.ofNullable(hello);
        }
    }

    private ClientHelloParser() {}

    /**
     * Looks for a hello in the bytes between position and limit. The buffer is left as it was, and whatever follows the
     * hello's last record (early data) is not looked at. No input makes it throw.
     *
     * @param buf all that the client sent so far
     * @return the hello, or why there is none
     */
    public static Result parse(ByteBuffer buf) {
        int start = buf.position();
        int length = Math.min(buf.remaining(), MAX_BYTES);
        try {
            byte @Nullable [] body = HandshakeBytes.clientHello(buf.slice(start, length));
            if (body != null) {
                return new Result(Status.HELLO, new ParsedHello(new HelloReader(body)));
            }
        } catch (MalformedHelloException e) {
            return Result.NOT_TLS; // that is the answer, not a failure
        }
        return length == MAX_BYTES ? Result.NOT_TLS : Result.NEED_MORE;
    }

    /** Takes the first handshake message out of its records. */
    private static final class HandshakeBytes {

        private final ByteBuffer in;
        private final byte[] header = new byte[HANDSHAKE_HEADER_BYTES];
        private int headerSeen;
        private byte @Nullable [] body;
        private int bodySeen;

        private HandshakeBytes(ByteBuffer in) {
            this.in = in;
        }

        /** The body of the ClientHello, or null while it is not whole. */
        static byte @Nullable [] clientHello(ByteBuffer in) throws MalformedHelloException {
            return new HandshakeBytes(in).read();
        }

        private byte @Nullable [] read() throws MalformedHelloException {
            while (in.hasRemaining()) {
                if (!checkRecordHeader()) {
                    return null;
                }
                int length = Short.toUnsignedInt(in.getShort(in.position() + 3));
                in.position(in.position() + TlsRecord.HEADER_BYTES);
                int left = readFragment(length);
                if (body != null && bodySeen == body.length) {
                    require(left == 0); // nothing may follow in the hello's last record: its answer decides the keys
                    return body;
                }
                if (left > 0) {
                    return null;
                }
            }
            return null;
        }

        /** Checks as much of a record header as is there; false if that is not all of it. */
        private boolean checkRecordHeader() throws MalformedHelloException {
            int at = in.position();
            int seen = in.remaining();
            require(in.get(at) == TlsRecord.HANDSHAKE);
            require(seen < 2 || in.get(at + 1) == TlsRecord.MAJOR_VERSION);
            require(seen < 3 || (in.get(at + 2) & 0xff) <= TlsRecord.MAX_MINOR_VERSION);
            require(seen < 5 || TlsRecord.isFragmentLength(Short.toUnsignedInt(in.getShort(at + 3))));
            return seen >= TlsRecord.HEADER_BYTES;
        }

        /** Takes what is there of a fragment, and says how many bytes of the fragment were not taken. */
        private int readFragment(int length) throws MalformedHelloException {
            int left = length;
            while (left > 0 && headerSeen < HANDSHAKE_HEADER_BYTES && in.hasRemaining()) {
                header[headerSeen++] = in.get();
                left--;
                require(header[0] == TlsRecord.CLIENT_HELLO);
            }
            if (headerSeen < HANDSHAKE_HEADER_BYTES) {
                return left;
            }
            if (body == null) {
                body = new byte[bodyLength()];
            }
            int count = Math.min(Math.min(left, in.remaining()), body.length - bodySeen);
            in.get(body, bodySeen, count);
            bodySeen += count;
            return left - count;
        }

        private int bodyLength() throws MalformedHelloException {
            int length = (header[1] & 0xff) << 16 | (header[2] & 0xff) << 8 | header[3] & 0xff;
            require(length <= MAX_BYTES - HANDSHAKE_HEADER_BYTES - TlsRecord.HEADER_BYTES);
            return length;
        }

        private static void require(boolean rule) throws MalformedHelloException {
            if (!rule) {
                throw new MalformedHelloException();
            }
        }
    }
}
