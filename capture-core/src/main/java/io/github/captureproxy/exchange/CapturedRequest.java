package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the client sent it. Immutable and safe for any thread. */
public final class CapturedRequest {
    private final String method;
    private final byte[] target;
    private final int targetStart;
    private final int targetEnd;
    private final String httpVersion;
    private final @Nullable HttpOrigin origin;
    private final HeaderList headers;
    private final CapturedBody body;
    private final HeaderList trailers;

    /**
     * Makes a request of its parts.
     *
     * @param method the method
     * @param target the request target as it was sent
     * @param httpVersion the version that the client spoke, such as {@code HTTP/1.1}
     * @param origin scheme, host and port that it was meant for; null if they could not be told
     * @param headers the header fields
     * @param body the body
     * @param trailers the trailer fields; empty if there were none
     * @throws IllegalArgumentException if method, target or version has a character outside ISO-8859-1: each stands for
     *     one byte
     */
    public CapturedRequest(
            String method,
            String target,
            String httpVersion,
            @Nullable HttpOrigin origin,
            HeaderList headers,
            CapturedBody body,
            HeaderList trailers) {
        this(
                Latin1.check("method", method),
                Latin1.bytes("target", target),
                0,
                target.length(),
                Latin1.check("HTTP version", httpVersion),
                origin,
                headers,
                body,
                trailers);
    }

    private CapturedRequest(
            String method,
            byte[] target,
            int targetStart,
            int targetEnd,
            String httpVersion,
            @Nullable HttpOrigin origin,
            HeaderList headers,
            CapturedBody body,
            HeaderList trailers) {
        this.method = Objects.requireNonNull(method, "method");
        this.target = target;
        this.targetStart = targetStart;
        this.targetEnd = targetEnd;
        this.httpVersion = Objects.requireNonNull(httpVersion, "httpVersion");
        this.origin = origin;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
        this.trailers = Objects.requireNonNull(trailers, "trailers");
    }

    /**
     * A request over the bytes of its head, without a body yet. Nothing is decoded until it is asked for.
     *
     * @param method the method
     * @param head the head's bytes; not copied, so they must not change any more
     * @param targetStart where the target starts in them
     * @param targetEnd where it ends
     * @param fieldsStart where the first field line starts
     * @param httpVersion the version that the client spoke
     * @param origin scheme, host and port that it was meant for; null if they could not be told
     * @return the request
     */
    public static CapturedRequest ofHead(
            String method,
            byte[] head,
            int targetStart,
            int targetEnd,
            int fieldsStart,
            String httpVersion,
            @Nullable HttpOrigin origin) {
        HeaderList headers = HeaderList.ofFieldLines(head, fieldsStart, head.length);
        return new CapturedRequest(
                method,
                head,
                targetStart,
                targetEnd,
                httpVersion,
                origin,
                headers,
                CapturedBody.empty(),
                HeaderList.empty());
    }

    /**
     * The same request with its body.
     *
     * @param newBody the body
     * @param newTrailers the trailer fields; empty if there were none
     * @return a copy that shares all else
     */
    public CapturedRequest withBody(CapturedBody newBody, HeaderList newTrailers) {
        return new CapturedRequest(
                method, target, targetStart, targetEnd, httpVersion, origin, headers, newBody, newTrailers);
    }

    /**
     * The same request to another target. The origin stays as it is.
     *
     * @param newTarget the target as it would be sent
     * @return a copy that shares all else
     * @throws IllegalArgumentException if the target has a character outside ISO-8859-1
     */
    public CapturedRequest withTarget(String newTarget) {
        byte[] bytes = Latin1.bytes("target", newTarget);
        return new CapturedRequest(method, bytes, 0, bytes.length, httpVersion, origin, headers, body, trailers);
    }

    /**
     * The same request with other header fields, by which its body is decoded from then on.
     *
     * @param newHeaders the header fields
     * @return a copy that shares all else
     */
    public CapturedRequest withHeaders(HeaderList newHeaders) {
        return new CapturedRequest(
                method,
                target,
                targetStart,
                targetEnd,
                httpVersion,
                origin,
                newHeaders,
                body.withHeaders(newHeaders),
                trailers);
    }

    /**
     * The same request for another origin. The target stays as it is.
     *
     * @param newOrigin scheme, host and port that it is meant for; null if they could not be told
     * @return a copy that shares all else
     */
    public CapturedRequest withOrigin(@Nullable HttpOrigin newOrigin) {
        return new CapturedRequest(
                method, target, targetStart, targetEnd, httpVersion, newOrigin, headers, body, trailers);
    }

    /**
     * The method, such as {@code GET}.
     *
     * @return the method as it was sent
     */
    public String method() {
        return method;
    }

    /**
     * The request target as it was sent (RFC 9112 section 3.2): absolute-form ({@code http://host/path}) to a forward
     * proxy; origin-form ({@code /path}) inside a tunnel or to a reverse proxy; authority-form ({@code host:443}) with
     * CONNECT; asterisk-form ({@code *}) with an OPTIONS for the server itself. Of a head that could not be read, as
     * much as could be told, which may be nothing.
     *
     * @return the target, one character a byte
     */
    public String target() {
        return new String(target, targetStart, targetEnd - targetStart, ISO_8859_1);
    }

    /**
     * The absolute URL that was asked for. Path and query stand as they were sent, raw characters included, so this
     * need not be a valid {@link java.net.URI}. That of {@code *} has no path (RFC 9112 section 3.3).
     *
     * @return the URL; the bare target where no origin could be told
     */
    public String url() {
        String sent = target();
        if (origin == null) {
            return sent;
        }
        return sent.equals("*") ? origin.toString() : origin + pathAndQuery(sent);
    }

    /**
     * The path, as it was sent, without the query.
     *
     * @return the path, at least {@code /}; or {@code *}
     */
    public String path() {
        String both = pathAndQuery(target());
        int question = both.indexOf('?');
        return question < 0 ? both : both.substring(0, question);
    }

    /**
     * The query, as it was sent, without its question mark.
     *
     * @return the query, if there is one; it may be empty
     */
    public Optional<String> query() {
        String sent = target();
        int question = sent.indexOf('?');
        return question < 0 ? Optional.empty() : Optional.of(sent.substring(question + 1));
    }

    /**
     * Scheme, host and port that the request was meant for.
     *
     * @return the origin, if it could be told
     */
    public Optional<HttpOrigin> origin() {
        return Optional.ofNullable(origin);
    }

    /**
     * The host that the request was meant for.
     *
     * @return the host in lower case, or an empty string if it could not be told
     */
    public String host() {
        return origin == null ? "" : origin.host();
    }

    /**
     * The version that the client spoke.
     *
     * @return such as {@code HTTP/1.1} or {@code HTTP/2}
     */
    public String httpVersion() {
        return httpVersion;
    }

    /**
     * The header fields.
     *
     * @return the fields as the client sent them, hop-by-hop ones included
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

    private static String pathAndQuery(String sent) {
        if (sent.startsWith("/") || sent.equals("*")) {
            return sent;
        }
        int authority = sent.indexOf("://");
        if (authority < 0) {
            return "/";
        }
        for (int i = authority + 3; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c == '/') {
                return sent.substring(i);
            }
            if (c == '?') {
                return "/" + sent.substring(i);
            }
        }
        return "/";
    }

    /**
     * The request line with user information and the query left out, as they may hold secrets.
     *
     * @return method and URL without a query
     */
    @Override
    public String toString() {
        String url = url();
        int question = url.indexOf('?');
        return method + " " + withoutUser(question < 0 ? url : url.substring(0, question) + "?...");
    }

    /** Only a target of which no origin could be told still has user information. */
    private static String withoutUser(String url) {
        int scheme = url.indexOf("://");
        int authority = scheme < 0 ? 0 : scheme + 3; // that of a CONNECT stands alone
        int slash = url.indexOf('/', authority);
        int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
        return at < authority ? url : url.substring(0, authority) + url.substring(at + 1);
    }
}
