package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.content.ContentKind;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a body is, as its bytes tell.
 *
 * @param size its bytes on the wire
 * @param captured how many of them were kept
 * @param complete whether its end was received
 * @param decoded how many bytes the kept ones are without their content coding; empty if that can't be undone
 * @param problem why it can't, or why it ends early
 * @param kind what it is
 * @param charset the charset of its text
 * @param imageType the media type of an image that can be shown
 * @param contentType what its message says that it is
 */
record BodyFacts(
        long size,
        long captured,
        boolean complete,
        Optional<Long> decoded,
        Optional<String> problem,
        ContentKind kind,
        String charset,
        Optional<String> imageType,
        Optional<String> contentType) {

    static BodyFacts of(CapturedBody body) throws IOException {
        try {
            return decodable(body);
        } catch (ContentDecodingException e) {
            return undecodable(body, ReadableBody.words(e));
        }
    }

    private static BodyFacts undecodable(CapturedBody body, String problem) {
        return new BodyFacts(
                body.size(),
                body.capturedSize(),
                body.isComplete(),
                Optional.empty(),
                Optional.of(problem),
                ContentKind.BINARY,
                "",
                Optional.empty(),
                body.contentType());
    }

    private static BodyFacts decodable(CapturedBody body) throws IOException {
        byte[] start;
        long count;
        Optional<String> problem;
        try (ReadableBody in = ReadableBody.open(body)) {
            start = in.readNBytes(ContentKind.SNIFFED);
            count = start.length + rest(in);
            problem = in.problem();
        }
        if (count == 0 && problem.isPresent()) {
            return undecodable(body, problem.get());
        }
        String essence = body.mediaType().map(MediaType::essence).orElse("");
        return new BodyFacts(
                body.size(),
                body.capturedSize(),
                body.isComplete(),
                Optional.of(count),
                problem,
                ContentKind.of(essence, start),
                BodyViews.charset(body).name(),
                ContentKind.imageType(start),
                body.contentType());
    }

    private static long rest(InputStream in) throws IOException {
        byte[] scratch = new byte[64 * 1024];
        long count = 0;
        for (int read = in.read(scratch); read >= 0; read = in.read(scratch)) {
            count += read;
        }
        return count;
    }
}
