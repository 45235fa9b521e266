package io.github.captureproxy.internal.wire;

/** A request's head as it came: the request line and the fields (RFC 9112 3), over the bytes it came in. Immutable. */
public final class RequestHead {

    private static final String[] COMMON_METHODS = {
        "GET", "POST", "HEAD", "PUT", "CONNECT", "OPTIONS", "DELETE", "PATCH", "TRACE"
    };

    private final Fields fields;
    private final String method;
    private final int targetStart;
    private final int targetEnd;
    private final int minorVersion;
    private final boolean http2;

    /** Made by the parser: the target lies behind the method and one SP, the fields behind the version. */
    RequestHead(Fields fields, int methodEnd, int targetEnd, int minorVersion) {
        this(fields, methodEnd, targetEnd, minorVersion, false);
    }

    /** Made of what came in HTTP/2, and is written as it would be in HTTP/1.1. */
    RequestHead(Fields fields, int methodEnd, int targetEnd, int minorVersion, boolean http2) {
        this.http2 = http2;
        this.fields = fields;
        this.method = method(fields.bytes(), methodEnd);
        this.targetStart = methodEnd + 1;
        this.targetEnd = targetEnd;
        this.minorVersion = minorVersion;
    }

    /** Methods are case-sensitive (RFC 9110 9.1). */
    private static String method(byte[] bytes, int end) {
        for (String method : COMMON_METHODS) {
            if (method.length() == end && matches(bytes, method)) {
                return method;
            }
        }
        return Ascii.string(bytes, 0, end);
    }

    private static boolean matches(byte[] bytes, String method) {
        for (int i = 0; i < method.length(); i++) {
            if (bytes[i] != method.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The head, from the first byte of the request line to behind the blank line. Shared, not to be written to.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        return fields.bytes();
    }

    /**
     * The field lines.
     *
     * @return the fields, over the same bytes
     */
    public Fields fields() {
        return fields;
    }

    /**
     * The method.
     *
     * @return the method as sent; one and the same string for each of the usual ones
     */
    public String method() {
        return method;
    }

    /**
     * Where the target starts.
     *
     * @return the index of its first byte
     */
    public int targetStart() {
        return targetStart;
    }

    /**
     * Where the target ends.
     *
     * @return the index behind its last byte
     */
    public int targetEnd() {
        return targetEnd;
    }

    /**
     * The target as it was sent, each byte one character (ISO-8859-1).
     *
     * @return a new string
     */
    public String target() {
        return Ascii.string(bytes(), targetStart, targetEnd);
    }

    /**
     * The version: HTTP/1.0, or HTTP/1.1 for that and whatever comes after it in HTTP/1 (RFC 9110 2.5).
     *
     * @return 0 or 1
     */
    public int minorVersion() {
        return minorVersion;
    }

    /**
     * Tells if it came in HTTP/2: then it is written here as HTTP/1.1 would have it, {@code :authority} as {@code host}.
     *
     * @return false for HTTP/1
     */
    public boolean isHttp2() {
        return http2;
    }

    /**
     * The version in the words of {@code Via} (RFC 9110 7.6.3).
     *
     * @return {@code 1.0}, {@code 1.1} or {@code 2}
     */
    public String viaVersion() {
        return http2 ? "2" : minorVersion == 0 ? "1.0" : "1.1";
    }

    /**
     * The version as it is recorded.
     *
     * @return {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
     */
    public String version() {
        return "HTTP/" + viaVersion();
    }

    /**
     * Where the field lines start.
     *
     * @return the index behind the request line's CRLF
     */
    public int fieldsStart() {
        return targetEnd + " HTTP/1.1\r\n".length();
    }
}
