package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.internal.wire.Fields;
import java.nio.ByteBuffer;

/** Records the body of one message as it passes. For one thread at a time. */
final class MessageRecorder {
    private BodySink sink = BodySink.NONE;
    private HeaderList headers = HeaderList.empty();
    private HeaderList trailers = HeaderList.empty();
    private long size;
    private boolean complete;

    void start(BodySink body, HeaderList fields) {
        this.sink = body;
        this.headers = fields;
    }

    void data(ByteBuffer buffer, int from, int length) {
        size += length;
        sink.write(buffer, from, length);
    }

    void end(Fields trailerFields) {
        complete = true;
        if (trailerFields.count() > 0) {
            trailers = HeaderList.ofFieldLines(trailerFields.bytes(), 0, trailerFields.bytes().length);
        }
    }

    /** Forgets what has come in: another message takes this one's place, whole as it is. */
    void discard() {
        sink.discard();
        sink = BodySink.NONE;
        size = 0;
        complete = true;
    }

    long size() {
        return size;
    }

    boolean isComplete() {
        return complete;
    }

    HeaderList trailers() {
        return trailers;
    }

    CapturedBody finish() {
        if (size == 0 && complete) {
            sink.discard();
            return CapturedBody.empty();
        }
        return sink.finish(size, complete, headers);
    }
}
