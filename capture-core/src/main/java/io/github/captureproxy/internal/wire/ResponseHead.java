package io.github.captureproxy.internal.wire;

/** A response's head as it came: the status line and the fields (RFC 9112 4), over the bytes it came in. Immutable. */
public final class ResponseHead {
    private static final int FIRST_FINAL = 200;
    private static final int NO_CONTENT = 204;
    private static final String EVENT_STREAM = "text/event-stream";

    private final Fields fields;
    private final int status;
    private final int reasonStart;
    private final int reasonEnd;
    private final int minorVersion;
    private final boolean http2;

    /** Made by the parser; the fields start behind the reason's CRLF. */
    ResponseHead(Fields fields, int status, int reasonStart, int reasonEnd, int minorVersion) {
        this(fields, status, reasonStart, reasonEnd, minorVersion, false);
    }

    /** Made of what came in HTTP/2, and is written as it would be in HTTP/1.1. */
    ResponseHead(Fields fields, int status, int reasonStart, int reasonEnd, int minorVersion, boolean http2) {
        this.http2 = http2;
        this.fields = fields;
        this.status = status;
        this.reasonStart = reasonStart;
        this.reasonEnd = reasonEnd;
        this.minorVersion = minorVersion;
    }

    /**
     * The head, from the first byte of the status line to behind the blank line. Shared, not to be written to.
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
     * The status code.
     *
     * @return 100 to 999; those from 600 on have no meaning, and pass
     */
    public int status() {
        return status;
    }

    /**
     * Whether the status alone says that there is no content (RFC 9110 sections 15.2 and 15.3.5), to any request.
     *
     * @return true for 1xx and 204
     */
    boolean isWithoutContent() {
        return status < FIRST_FINAL || status == NO_CONTENT;
    }

    /**
     * Whether a line is a Content-Length that can't be right, as 1xx and 204 have no content. It must not be sent on (RFC
     * 9110 section 8.6).
     *
     * @param i the line, from 0
     * @return true if it promises content where there is none
     */
    public boolean promisesInVain(int i) {
        return fields.known(i) == FieldName.CONTENT_LENGTH && isWithoutContent() && !fields.valueEquals(i, "0");
    }

    /**
     * Tells if its content is a stream of server-sent events, by its media type (WHATWG HTML section 9.2).
     *
     * @return true for {@code text/event-stream}, with parameters or without
     */
    public boolean isEventStream() {
        int line = fields.indexOf(FieldName.CONTENT_TYPE);
        if (line < 0) {
            return false;
        }
        byte[] bytes = bytes();
        int start = fields.valueStart(line);
        int end = start;
        while (end < fields.valueEnd(line) && bytes[end] != ';') {
            end++;
        }
        while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        return Ascii.equalsIgnoreCase(bytes, start, end, EVENT_STREAM);
    }

    /**
     * Where the reason phrase starts.
     *
     * @return the index of its first byte
     */
    public int reasonStart() {
        return reasonStart;
    }

    /**
     * Where the reason phrase ends.
     *
     * @return the index of the CRLF; the reason's start if it is empty
     */
    public int reasonEnd() {
        return reasonEnd;
    }

    /**
     * The reason phrase as it was sent, each byte one character (ISO-8859-1).
     *
     * @return a new string, maybe empty
     */
    public String reason() {
        return Ascii.string(bytes(), reasonStart, reasonEnd);
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
     * Tells if it came in HTTP/2: then it is written here as HTTP/1.1 would have it, with an empty reason.
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
     * @return the index behind the status line's CRLF
     */
    public int fieldsStart() {
        return reasonEnd + 2;
    }
}
