package io.github.captureproxy.internal.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadWriter;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.ReasonPhrase;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.spi.OwnPage;
import java.nio.ByteBuffer;

/** A response that the proxy makes itself: what it says on the wire, and how it is recorded. */
final class OwnResponse {
    /** Each of them is the last on its connection, which keeps what follows from being taken for another request. */
    private static final String CLOSE = "Connection: close\r\n";

    /** What is about the connection of HTTP/1. */
    static final HopByHop HOP_BY_HOP = HopByHop.NONE;

    private static final int MAX_FIELDS = 100;

    private final int status;
    private final String reason;
    private final byte[] head;
    private final int fieldsStart;
    private final byte[] body;

    private OwnResponse(int status, String fields, byte[] body) {
        this.status = status;
        this.reason = ReasonPhrase.of(status);
        this.body = body;
        String line = "HTTP/1.1 " + status + " " + reason;
        this.head = HeadWriter.head(line, fields + "Content-Length: " + body.length + "\r\n");
        this.fieldsStart = line.length() + 2;
    }

    /** A short text that says what failed. */
    static OwnResponse error(int status, String detail, String extraFields) {
        byte[] text = (ReasonPhrase.of(status) + ": " + detail + "\n").getBytes(UTF_8);
        return new OwnResponse(status, extraFields + "Content-Type: text/plain; charset=utf-8\r\n" + CLOSE, text);
    }

    /** A page for setting a client up. */
    static OwnResponse page(OwnPage page) {
        StringBuilder fields = new StringBuilder("Content-Type: " + page.contentType() + "\r\n");
        page.headers()
                .forEach((name, value) ->
                        fields.append(name).append(": ").append(value).append("\r\n"));
        return new OwnResponse(page.status(), fields + CLOSE, page.body());
    }

    /** What a request that ends at the proxy gets: TRACE itself, OPTIONS nothing but success (RFC 9110 9.3.7, 9.3.8). */
    static OwnResponse asOrigin(RequestHead request) {
        return request.method().equals("TRACE")
                ? new OwnResponse(200, "Content-Type: message/http\r\n" + CLOSE, Trace.of(request))
                : new OwnResponse(200, CLOSE, new byte[0]);
    }

    /** What goes out; to HEAD without the body. */
    ByteBuffer bytes(boolean withBody) {
        ByteBuffer out =
                ByteBuffer.allocate(head.length + (withBody ? body.length : 0)).put(head);
        if (withBody) {
            out.put(body);
        }
        return out.flip();
    }

    ByteBuffer body() {
        return ByteBuffer.wrap(body);
    }

    /** The head for a stream, of which {@link #HOP_BY_HOP} stays behind. */
    ResponseHead parsedHead() {
        try {
            return HeadParser.response(head.clone(), MAX_FIELDS);
        } catch (MalformedMessageException e) { // only if a page of the interceptor's has a field that cannot be sent
            throw new IllegalStateException("the proxy's own response is malformed: " + e.problem(), e);
        }
    }

    CapturedResponse captured(boolean withBody) {
        HeaderList headers = HeaderList.ofFieldLines(head, fieldsStart, head.length);
        CapturedBody sent = withBody ? CapturedBody.of(body, headers) : CapturedBody.empty();
        return new CapturedResponse(status, reason, "HTTP/1.1", headers, sent, HeaderList.empty());
    }

    @Override
    public String toString() {
        return new String(head, ISO_8859_1);
    }
}
