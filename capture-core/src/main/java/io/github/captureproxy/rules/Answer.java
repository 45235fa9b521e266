package io.github.captureproxy.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A response that a rule gives in place of an origin's. The proxy adds what delimits it; where a response has no content
 * (to HEAD, or with 204 or 304: RFC 9110 sections 9.3.2, 15.3.5, 15.4.5) the body stays behind. Immutable and safe for
 * any thread.
 */
public final class Answer {
    private static final byte[] NOTHING = {};

    private final int status;
    private final HeaderList headers;
    private final byte[] body;
    private final HeaderList trailers;

    private Answer(int status, HeaderList headers, byte[] body, HeaderList trailers) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.trailers = trailers;
    }

    /**
     * An answer without header fields and body.
     *
     * @param status 200 to 599
     * @return the answer
     * @throws IllegalArgumentException if the status is none of those
     */
    public static Answer of(int status) {
        return new Answer(FieldRules.status(status), HeaderList.empty(), NOTHING, HeaderList.empty());
    }

    /**
     * A 200 with a JSON text.
     *
     * @param text the text, sent as UTF-8
     * @return the answer
     */
    public static Answer json(String text) {
        return of(200).header("Content-Type", "application/json").body(text);
    }

    /**
     * The same with another status.
     *
     * @param newStatus 200 to 599
     * @return a copy
     * @throws IllegalArgumentException if the status is none of those
     */
    public Answer status(int newStatus) {
        return new Answer(FieldRules.status(newStatus), headers, body, trailers);
    }

    /**
     * The same with one more header field, behind those that are there.
     *
     * @param name the field name; not one that delimits messages or is about a connection, such as
     *     {@code Content-Length} or {@code Connection}
     * @param value its value
     * @return a copy
     * @throws IllegalArgumentException if the name is no token or one of those, or the value has a line break or another
     *     control character, or one outside ISO-8859-1
     */
    public Answer header(String name, String value) {
        return new Answer(status, and(headers, FieldRules.responseName(name), value), body, trailers);
    }

    /** The same with one more trailer field. */
    Answer trailer(String name, String value) {
        return new Answer(status, headers, body, and(trailers, FieldRules.responseName(name), value));
    }

    /** The same with the length of content that is not sent, as to HEAD and with 304 (RFC 9110 section 8.6). */
    Answer lengthOfOther(long length) {
        return new Answer(status, and(headers, "Content-Length", String.valueOf(length)), NOTHING, HeaderList.empty());
    }

    private static HeaderList and(HeaderList fields, String name, String value) {
        List<Header> more = new ArrayList<>(fields);
        more.add(new Header(name, FieldRules.value(name, value)));
        return HeaderList.of(more);
    }

    /**
     * The same with another body.
     *
     * @param bytes the bytes; copied
     * @return a copy
     */
    public Answer body(byte[] bytes) {
        return new Answer(status, headers, bytes.clone(), trailers);
    }

    /**
     * The same with another body.
     *
     * @param text the text, sent as UTF-8
     * @return a copy
     */
    public Answer body(String text) {
        return new Answer(status, headers, Objects.requireNonNull(text, "text").getBytes(UTF_8), trailers);
    }

    /**
     * The status.
     *
     * @return 200 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The header fields, without what delimits the response.
     *
     * @return the fields in order
     */
    public HeaderList headers() {
        return headers;
    }

    /**
     * The trailer fields, which a {@link Stub} gives back.
     *
     * @return the fields in order
     */
    public HeaderList trailers() {
        return trailers;
    }

    /**
     * The body.
     *
     * @return a copy of the bytes
     */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return status + ", " + body.length + " bytes";
    }
}
