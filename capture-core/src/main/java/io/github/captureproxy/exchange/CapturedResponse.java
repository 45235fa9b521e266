package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Objects;

/** The final response to a request, as the origin sent it or as the proxy answered. Immutable, safe for any thread. */
public final class CapturedResponse {
    private final int status;
    private final byte[] reason;
    private final int reasonStart;
    private final int reasonEnd;
    private final String httpVersion;
    private final HeaderList headers;
    private final CapturedBody body;
    private final HeaderList trailers;

    /**
     * Makes a response of its parts.
     *
     * @param status the status code, 100 to 999
     * @param reason the reason phrase; may be empty
     * @param httpVersion the version that the origin spoke, such as {@code HTTP/1.1}
     * @param headers the header fields
     * @param body the body
     * @param trailers the trailer fields; empty if there were none
     * @throws IllegalArgumentException if the status is none, or reason or version has a character outside ISO-8859-1:
     *     each stands for one byte
     */
    public CapturedResponse(
            int status, String reason, String httpVersion, HeaderList headers, CapturedBody body, HeaderList trailers) {
        this(
                checkedStatus(status),
                Latin1.bytes("reason phrase", reason),
                0,
                reason.length(),
                Latin1.check("HTTP version", httpVersion),
                headers,
                body,
                trailers);
    }

    private CapturedResponse(
            int status,
            byte[] reason,
            int reasonStart,
            int reasonEnd,
            String httpVersion,
            HeaderList headers,
            CapturedBody body,
            HeaderList trailers) {
        this.status = status;
        this.reason = reason;
        this.reasonStart = reasonStart;
        this.reasonEnd = reasonEnd;
        this.httpVersion = Objects.requireNonNull(httpVersion, "httpVersion");
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
        this.trailers = Objects.requireNonNull(trailers, "trailers");
    }

    private static int checkedStatus(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("the status is " + status + ": give a code of 100 to 999");
        }
        return status;
    }

    /**
     * A response over the bytes of its head, without a body yet. Nothing is decoded until it is asked for.
     *
     * @param status the status code
     * @param head the head's bytes; not copied, so they must not change any more
     * @param reasonStart where the reason phrase starts in them
     * @param reasonEnd where it ends
     * @param fieldsStart where the first field line starts
     * @param httpVersion the version that the origin spoke
     * @return the response
     */
    public static CapturedResponse ofHead(
            int status, byte[] head, int reasonStart, int reasonEnd, int fieldsStart, String httpVersion) {
        HeaderList headers = HeaderList.ofFieldLines(head, fieldsStart, head.length);
        return new CapturedResponse(
                status, head, reasonStart, reasonEnd, httpVersion, headers, CapturedBody.empty(), HeaderList.empty());
    }

    /**
     * The same response with its body.
     *
     * @param newBody the body
     * @param newTrailers the trailer fields; empty if there were none
     * @return a copy that shares all else
     */
    public CapturedResponse withBody(CapturedBody newBody, HeaderList newTrailers) {
        return new CapturedResponse(status, reason, reasonStart, reasonEnd, httpVersion, headers, newBody, newTrailers);
    }

    /**
     * The same response with other header fields, by which its body is decoded from then on.
     *
     * @param newHeaders the header fields
     * @return a copy that shares all else
     */
    public CapturedResponse withHeaders(HeaderList newHeaders) {
        return new CapturedResponse(
                status,
                reason,
                reasonStart,
                reasonEnd,
                httpVersion,
                newHeaders,
                body.withHeaders(newHeaders),
                trailers);
    }

    /**
     * The status code.
     *
     * @return the code as it was sent
     */
    public int status() {
        return status;
    }

    /**
     * The reason phrase.
     *
     * @return the phrase as it was sent, one character a byte; may be empty
     */
    public String reason() {
        return new String(reason, reasonStart, reasonEnd - reasonStart, ISO_8859_1);
    }

    /**
     * The version that the origin spoke.
     *
     * @return such as {@code HTTP/1.1} or {@code HTTP/2}
     */
    public String httpVersion() {
        return httpVersion;
    }

    /**
     * The header fields.
     *
     * @return the fields as the origin sent them, hop-by-hop ones included
     */
    public HeaderList headers() {
        return headers;
    }

    /**
     * The body.
     *
     * @return the body; empty if there was none
     */
    public CapturedBody body() {
        return body;
    }

    /**
     * The trailer fields of a chunked body (RFC 9112 section 7.1.2), or those that ended an HTTP/2 stream (RFC 9113
     * section 8.1).
     *
     * @return the fields; empty if there were none
     */
    public HeaderList trailers() {
        return trailers;
    }

    @Override
    public String toString() {
        return status + " " + reason();
    }
}
