package io.github.captureproxy.internal.wire;

/**
 * How a message's body is delimited (RFC 9112 6.3), decided so that no two readers can come to different ends.
 *
 * <p>Stricter than the RFC asks: a repeated Content-Length is refused even where all its values agree, and a
 * Transfer-Encoding is refused unless it is {@code chunked} and nothing else. Immutable.
 */
public final class Framing {

    /** The ways in which a body can end. */
    public enum Kind {
        /** There is no body. */
        NONE,
        /** The body has {@link Framing#length()} bytes. */
        LENGTH,
        /** The body is in chunked coding. */
        CHUNKED,
        /** The body goes on until the connection ends; responses only. */
        UNTIL_CLOSE,
        /** The body goes on until its HTTP/2 stream ends (RFC 9113 8.1). */
        STREAM
    }

    /** No body. */
    public static final Framing NONE = new Framing(Kind.NONE, 0);

    /** Chunked coding. */
    public static final Framing CHUNKED = new Framing(Kind.CHUNKED, -1);

    /** Until the connection ends. */
    public static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, -1);

    /** Until an HTTP/2 stream ends, with a length that is not known beforehand. */
    public static final Framing STREAM = new Framing(Kind.STREAM, -1);

    /** Digits that always fit a long; a body of 10^18 bytes is no body. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private final Kind kind;
    private final long length;

    private Framing(Kind kind, long length) {
        this.kind = kind;
        this.length = length;
    }

    /**
     * A body of known length.
     *
     * @param length bytes, 0 or more
     * @return the framing
     */
    public static Framing length(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("A body of " + length + " bytes");
        }
        return new Framing(Kind.LENGTH, length);
    }

    /**
     * What a head says of a message whose HTTP/2 stream delimits it: its length is only a hint, which the stream checks.
     *
     * @param stated what the fields say: NONE or LENGTH
     * @param ended true if the stream has ended with the head
     * @return NONE or STREAM, with the length if one is stated
     */
    public static Framing ofStream(Framing stated, boolean ended) {
        if (ended) {
            return NONE;
        }
        return stated.kind == Kind.LENGTH ? new Framing(Kind.STREAM, stated.length) : STREAM;
    }

    /**
     * Decides on a request.
     *
     * @param head the request
     * @return NONE, LENGTH or CHUNKED
     * @throws MalformedMessageException 400 if the framing is ambiguous or malformed, 501 for a coding we do not know
     */
    public static Framing ofRequest(RequestHead head) throws MalformedMessageException {
        return of(head.fields(), head.minorVersion(), NONE);
    }

    /**
     * Decides on a response.
     *
     * @param head the response
     * @param requestMethod the method of the request that it answers
     * @return the framing; NONE for 1xx, 204 and 304, for HEAD, and for a 2xx to CONNECT
     * @throws MalformedMessageException if the framing is ambiguous or malformed
     */
    public static Framing ofResponse(ResponseHead head, String requestMethod) throws MalformedMessageException {
        int status = head.status();
        if (requestMethod.equals("CONNECT") && status >= 200 && status < 300) {
            return NONE;
        }
        Fields fields = head.fields();
        if (head.isWithoutContent() && fields.has(FieldName.TRANSFER_ENCODING)) {
            return NONE;
        }
        Framing framing = of(fields, head.minorVersion(), UNTIL_CLOSE);
        return head.isWithoutContent() || status == 304 || requestMethod.equals("HEAD") ? NONE : framing;
    }

    private static Framing of(Fields fields, int minorVersion, Framing without) throws MalformedMessageException {
        int length = fields.indexOf(FieldName.CONTENT_LENGTH);
        int coding = fields.indexOf(FieldName.TRANSFER_ENCODING);
        if (coding >= 0) {
            checkCoding(fields, coding, minorVersion, length);
            return CHUNKED;
        }
        if (length < 0) {
            return without;
        }
        if (fields.indexOf(FieldName.CONTENT_LENGTH, length + 1) >= 0) {
            throw MalformedMessageException.badSyntax("more than one Content-Length");
        }
        return length(number(fields, length));
    }

    private static void checkCoding(Fields fields, int coding, int minorVersion, int length)
            throws MalformedMessageException {
        if (length >= 0) {
            throw MalformedMessageException.badSyntax("both Transfer-Encoding and Content-Length");
        }
        if (minorVersion == 0) {
            throw MalformedMessageException.badSyntax("Transfer-Encoding in HTTP/1.0");
        }
        if (!fields.valueEquals(coding, "chunked") || fields.indexOf(FieldName.TRANSFER_ENCODING, coding + 1) >= 0) {
            throw TransferCodings.refusal(fields);
        }
    }

    private static long number(Fields fields, int i) throws MalformedMessageException {
        byte[] bytes = fields.bytes();
        int from = fields.valueStart(i);
        int to = fields.valueEnd(i);
        if (from == to || to - from > MAX_LENGTH_DIGITS) {
            throw MalformedMessageException.badSyntax("a Content-Length that is empty or too long");
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            if (!Ascii.isDigit(bytes[at])) {
                throw MalformedMessageException.badSyntax("a Content-Length that is not a number");
            }
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    /**
     * The way in which the body ends.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The body's length.
     *
     * @return bytes; 0 for NONE, -1 where it is not known beforehand; for STREAM no more than a hint
     */
    public long length() {
        return length;
    }

    @Override
    public String toString() {
        return kind == Kind.LENGTH ? kind + " " + length : kind.toString();
    }
}
