package io.github.captureproxy.history;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.internal.coding.BodyText;
import io.github.captureproxy.internal.json.JsonPointer;
import io.github.captureproxy.internal.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Filters by what stands in the body of either message. A body that cannot be read matches none of them. */
final class BodyFilters {
    private BodyFilters() {}

    static ExchangeFilter contains(MessageSide side, String text) {
        FilterArguments.requireText(text, side + "BodyContains");
        return FilterExpression.term(
                side + " body contains '" + text + "'",
                exchange ->
                        text(exchange, side).map(body -> body.contains(text)).orElse(false));
    }

    static ExchangeFilter json(MessageSide side, String json) {
        Object wanted;
        try {
            wanted = JsonText.parse(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    side + "Json is given no JSON: " + JsonText.problem(e) + "; give one whole JSON text", e);
        }
        return FilterExpression.term(
                side + " JSON is " + json,
                exchange -> value(exchange, side).map(wanted::equals).orElse(false));
    }

    static ExchangeFilter jsonAt(MessageSide side, String pointer, @Nullable Object value) {
        JsonPointer path = JsonPointer.parse(pointer);
        Object wanted = JsonText.scalar(value);
        String shown = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return FilterExpression.term(
                side + " JSON has " + (pointer.isEmpty() ? "at its root" : pointer) + " = " + shown,
                exchange -> text(exchange, side)
                        .flatMap(path::find)
                        .map(wanted::equals)
                        .orElse(false));
    }

    /** The body as text, if there is one and it can be read within the bound. */
    static Optional<String> text(Exchange exchange, MessageSide side) {
        CapturedBody body = side.body(exchange);
        if (body.capturedSize() == 0 || body.capturedSize() > ExchangeFilter.MAX_BODY_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] decoded = body.decoded(ExchangeFilter.MAX_BODY_BYTES);
            Optional<MediaType> type = body.mediaType();
            return Optional.of(BodyText.decode(
                    decoded,
                    type.map(MediaType::essence).orElse(""),
                    type.flatMap(known -> known.parameter("charset")).orElse(""),
                    body.isTruncated() || !body.isComplete()));
        } catch (ContentDecodingException | UncheckedIOException e) { // What cannot be read has no text.
            return Optional.empty();
        }
    }

    private static Optional<Object> value(Exchange exchange, MessageSide side) {
        return text(exchange, side).flatMap(json -> {
            try {
                return Optional.of(JsonText.parse(json));
            } catch (IOException e) { // It is no JSON.
                return Optional.empty();
            }
        });
    }
}
