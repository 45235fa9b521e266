package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.BodyPart;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The body that a call is about: of one of an exchange's messages, of a part of it ({@code part=1.0} is the first part
 * in the second one), or of one of many messages ({@code message=7}).
 */
final class BodyPlace {
    /** So much of a body is taken apart into parts and fields; what comes behind it is not shown as such. */
    static final int MAX_TAKEN_APART = 16 * 1024 * 1024;

    private static final int MAX_NESTING = 5;

    private BodyPlace() {}

    static CapturedBody find(Exchange exchange, Call call) throws IOException {
        CapturedBody body = whole(exchange, call);
        for (String ordinal : parts(call)) {
            List<BodyPart> parts = takenApart(body).multipart();
            int index = ordinal(ordinal);
            if (index >= parts.size()) {
                throw new RefusedException(404, "there is no such part");
            }
            BodyPart part = parts.get(index);
            body = part.body().withHeaders(part.headers());
        }
        return body;
    }

    private static List<String> parts(Call call) {
        List<String> parts =
                call.query("part").map(way -> List.of(way.split("\\."))).orElse(List.of());
        if (parts.size() > MAX_NESTING) {
            throw new RefusedException(400, "parts within parts more than " + MAX_NESTING + " deep");
        }
        return parts;
    }

    private static int ordinal(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new RefusedException(400, "part has to be numbers with dots between");
        }
        return Integer.parseInt(text);
    }

    private static CapturedBody whole(Exchange exchange, Call call) throws IOException {
        return switch (call.path("side")) {
            case "request" -> of(Optional.of(exchange.request()));
            case "sent-request" -> of(exchange.sentRequest());
            case "response" -> ofResponse(exchange.response());
            case "origin-response" -> ofResponse(exchange.originResponse());
            case "message" ->
                new MessagesOf(exchange).content(call.number("message").orElse(0));
            default -> throw new RefusedException(404, "there is no such message");
        };
    }

    /** A body that was put together by hand may not know its message's fields. */
    private static CapturedBody of(Optional<CapturedRequest> request) {
        return request.map(found -> found.body().withHeaders(found.headers())).orElse(CapturedBody.empty());
    }

    private static CapturedBody ofResponse(Optional<CapturedResponse> response) {
        return response.map(found -> found.body().withHeaders(found.headers())).orElse(CapturedBody.empty());
    }

    /** The beginning of a body, its content coding undone, in memory. */
    static CapturedBody takenApart(CapturedBody body) throws IOException {
        byte[] bytes;
        boolean cut;
        try (ReadableBody in = ReadableBody.open(body)) {
            bytes = in.readNBytes(MAX_TAKEN_APART);
            cut = bytes.length == MAX_TAKEN_APART || in.problem().isPresent();
        }
        boolean whole = !cut && body.isComplete() && !body.isTruncated();
        return CapturedBody.of(
                CapturedBody.inMemory(bytes),
                whole ? bytes.length : bytes.length + 1L,
                whole,
                null,
                HeaderList.of("content-type", body.contentType().orElse("")));
    }
}
