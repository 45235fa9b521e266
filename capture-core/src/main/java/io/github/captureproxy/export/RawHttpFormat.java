package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InformationalResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Requests and responses as HTTP/1.1 writes them (RFC 9112), those of HTTP/2 in the same form: the request as the client
 * sent it, interim responses, the response. An empty line parts them, a line of {@code ###} parts exchanges. What is no
 * part of a message stands in a line that starts with {@code #}: that bytes of a body are missing, or how an exchange
 * failed.
 *
 * <p>Bodies are written byte for byte whatever their size; a chunked one gets chunks of its own, with its trailers. For
 * people {@link #decoded()} is better to read.
 */
public final class RawHttpFormat extends TextFormat {
    private final Redaction redaction;
    private final boolean decoded;

    RawHttpFormat(Redaction redaction, boolean decoded) {
        super(redaction);
        this.redaction = redaction;
        this.decoded = decoded;
    }

    @Override
    public RawHttpFormat redact(Redaction other) {
        return new RawHttpFormat(other, decoded);
    }

    /**
     * The same format with bodies as text: content codings and chunks undone, in UTF-8. In place of a body that is no
     * text, and behind the first 16 MiB of one that is, a line says how large it is.
     *
     * @return a format that differs in that alone
     */
    public RawHttpFormat decoded() {
        return new RawHttpFormat(redaction, true);
    }

    @Override
    void piece(Exchange exchange, OutputStream out) throws IOException {
        RawMessage raw = new RawMessage(out, decoded);
        CapturedRequest request = exchange.request();
        raw.head(
                request.method() + " " + request.target() + " " + request.httpVersion(),
                request.headers(),
                request.body());
        raw.body(request.body(), request.headers(), request.trailers());
        for (InformationalResponse interim : exchange.informational()) {
            raw.head("HTTP/1.1 " + interim.status() + " " + interim.reason(), interim.headers());
        }
        if (exchange.response().isPresent()) {
            CapturedResponse response = exchange.response().get();
            raw.head(
                    response.httpVersion() + " " + response.status() + " " + response.reason(),
                    response.headers(),
                    response.body());
            raw.body(response.body(), response.headers(), response.trailers());
        }
        if (!exchange.outcome().isSuccess()) {
            raw.remark(exchange.outcome().toString());
        }
    }

    @Override
    String between() {
        return "###\r\n";
    }

    @Override
    public String toString() {
        return decoded ? "raw HTTP, decoded" : "raw HTTP";
    }
}
