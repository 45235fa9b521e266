package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.captureproxy.examples.content.JsonBranch;
import io.github.captureproxy.examples.content.JsonSearch;
import io.github.captureproxy.examples.content.ProtoFields;
import io.github.captureproxy.examples.content.TextPiece;
import io.github.captureproxy.exchange.BodyPart;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.MediaType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers with bodies of one kind of place, always piece by piece, and with what is in them. Their content coding is
 * undone unless the call says {@code raw=1}.
 */
final class BodyViews {
    private static final int MAX_PATH = 1_000;
    private static final int MAX_BRANCH = 1_000;
    private static final int MAX_LEVELS = 4;
    private static final Set<String> LINES =
            Set.of("application/x-ndjson", "application/jsonl", "application/jsonlines", "application/json-seq");

    private final Finder finder;

    BodyViews(Finder finder) {
        this.finder = finder;
    }

    /** Finds the body that a call is about. */
    @FunctionalInterface
    interface Finder {
        Found find(Call call) throws IOException;
    }

    /**
     * A body.
     *
     * @param body the body
     * @param fileName what a file of it may be called
     */
    record Found(CapturedBody body, String fileName) {}

    void addTo(Routes routes, String place) {
        routes.on("GET", place, readable(this::bytes))
                .on("GET", place + "/facts", call -> Reply.json(BodyFacts.of(body(call))))
                .on("GET", place + "/text", readable(this::text))
                .on("GET", place + "/json", readable(this::json))
                .on("GET", place + "/json-value", readable(this::jsonValue))
                .on("GET", place + "/json-search", readable(this::jsonSearch))
                .on("GET", place + "/form", readable(this::form))
                .on("GET", place + "/parts", readable(this::parts))
                .on("GET", place + "/protobuf", readable(this::protobuf));
    }

    private CapturedBody body(Call call) throws IOException {
        return finder.find(call).body();
    }

    private static Routes.Endpoint readable(Routes.Endpoint endpoint) {
        return call -> {
            try {
                return endpoint.answer(call);
            } catch (ContentDecodingException e) {
                throw new RefusedException(422, "the content coding can't be undone: " + ReadableBody.words(e));
            } catch (JsonProcessingException e) { // such as for the value within which a body was cut
                throw new RefusedException(422, "this is not whole JSON: " + JsonBranch.words(e));
            }
        };
    }

    private static InputStream open(CapturedBody body, Call call) throws IOException {
        return call.flag("raw") ? body.open() : ReadableBody.open(body);
    }

    /** A coding that breaks within the first MiB leaves UTF-8. */
    static Charset charset(CapturedBody body) {
        try {
            return body.charset();
        } catch (ContentDecodingException e) { // which the facts tell
            return StandardCharsets.UTF_8;
        }
    }

    private Reply bytes(Call call) throws IOException {
        Found found = finder.find(call);
        long offset = call.number("offset").orElse(0);
        long length = call.number("length").orElse(Long.MAX_VALUE);
        boolean save = call.flag("download");
        InputStream in = save && !call.flag("raw")
                ? found.body().openDecoded(CapturedBody.MAX_DECODED_BYTES) // a file that lacks its end has to fail
                : open(found.body(), call);
        Reply reply = Reply.bytes("application/octet-stream", out -> {
            try (in) {
                TextPiece.skip(in, offset);
                byte[] some = new byte[16 * 1024];
                long left = length;
                for (int read = 0; left > 0 && read >= 0; left -= Math.max(read, 0)) {
                    read = in.read(some, 0, (int) Math.min(some.length, left));
                    out.write(some, 0, Math.max(read, 0));
                }
            }
        });
        return save ? reply.as(found.fileName()) : reply;
    }

    private Reply text(Call call) throws IOException {
        CapturedBody body = body(call);
        try (InputStream in = open(body, call)) {
            long offset = call.number("offset").orElse(0);
            int length = call.number("length", TextPiece.MAX_BYTES, 1, TextPiece.MAX_BYTES);
            return Reply.json(TextPiece.read(in, charset(body), offset, length));
        }
    }

    private static Reader reader(CapturedBody body) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(ReadableBody.open(body), charset(body)));
        PushbackReader withoutMark = new PushbackReader(text);
        int first = withoutMark.read();
        if (first >= 0 && first != '\uFEFF') {
            withoutMark.unread(first);
        }
        return withoutMark;
    }

    private static boolean isLines(CapturedBody body) {
        return body.mediaType().map(MediaType::essence).filter(LINES::contains).isPresent();
    }

    private static List<Integer> path(Call call) {
        String text = call.query("path").orElse("");
        if (text.isEmpty()) {
            return List.of();
        }
        String[] ordinals = text.split("\\.");
        if (ordinals.length > MAX_PATH || !text.matches("[0-9.]+") || text.length() > MAX_PATH * 10) {
            throw new RefusedException(400, "path has to be numbers with dots between");
        }
        try {
            return Arrays.stream(ordinals).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new RefusedException(400, "path has to be numbers with dots between");
        }
    }

    private Reply json(Call call) throws IOException {
        CapturedBody body = body(call);
        JsonBranch.Wanted wanted = new JsonBranch.Wanted(
                path(call),
                call.number("from", 0, 0, Integer.MAX_VALUE),
                call.number("limit", 200, 1, MAX_BRANCH),
                call.number("depth", 1, 0, MAX_LEVELS),
                isLines(body));
        try (Reader text = reader(body)) {
            return Reply.json(JsonBranch.read(text, wanted));
        }
    }

    private Reply jsonValue(Call call) throws IOException {
        CapturedBody body = body(call);
        try (Reader text = reader(body)) {
            Optional<String> value = JsonBranch.value(text, path(call), isLines(body));
            return Reply.json(Map.of("text", value.orElse("")));
        }
    }

    private Reply jsonSearch(Call call) throws IOException {
        CapturedBody body = body(call);
        String words = call.query("text").orElseThrow(() -> new RefusedException(400, "give a text"));
        try (Reader text = reader(body)) {
            return Reply.json(JsonSearch.in(text, words, isLines(body)));
        }
    }

    private Reply form(Call call) throws IOException {
        return Reply.json(Map.of("fields", BodyPlace.takenApart(body(call)).form()));
    }

    /** A part of a multipart body. */
    private record PartView(
            Optional<String> name,
            Optional<String> filename,
            List<MessageView.FieldView> headers,
            long size,
            boolean complete,
            Preview preview) {
        private static final int START = 512;

        static PartView of(BodyPart part) {
            byte[] bytes = part.body().bytes();
            return new PartView(
                    part.name(),
                    part.filename(),
                    MessageView.FieldView.of(part.headers()),
                    part.body().size(),
                    part.body().isComplete(),
                    Preview.of(Arrays.copyOf(bytes, Math.min(bytes.length, START))));
        }
    }

    private Reply parts(Call call) throws IOException {
        List<PartView> parts = BodyPlace.takenApart(body(call)).multipart().stream()
                .map(PartView::of)
                .toList();
        return Reply.json(Map.of("parts", parts));
    }

    private Reply protobuf(Call call) throws IOException {
        try (InputStream in = open(body(call), call)) {
            return Reply.json(ProtoFields.of(in.readNBytes(TextPiece.MAX_BYTES)));
        }
    }
}
