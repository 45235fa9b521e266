package io.github.captureproxy.internal.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.internal.config.Limits;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.HeadScanner;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds a client's requests in what it sends, one head after the other, over as many reads as each takes. */
final class RequestHeadReader {
    private static final byte[] NOTHING = {};

    private final Limits limits;
    private final HeadScanner scanner = new HeadScanner();
    private byte[] partial = NOTHING;
    private int consumedTo;
    private boolean unscanned;

    RequestHeadReader(Limits limits) {
        this.limits = limits;
    }

    /** A head has begun and is not whole. */
    boolean isWithin() {
        return partial.length > 0;
    }

    /** What has come in of a head that is not whole, or that was refused. */
    byte[] partial() {
        return partial;
    }

    /** Puts what has come in before the bytes of the next read. */
    void putPartial(ByteBuffer buffer) {
        buffer.put(partial);
    }

    /** Keeps what may become something else than a head, unread. */
    void keep(ByteBuffer buffer, int start, int end) {
        partial = bytes(buffer, start, end);
        unscanned = true;
    }

    /**
     * Reads on.
     *
     * @param buffer holds what {@link #putPartial} put there, and the bytes behind it
     * @param start the first byte's index
     * @param end behind the last one
     * @return the head, or null if it is not whole: then its bytes are kept here
     * @throws MalformedMessageException if it breaks the rules, or a limit
     */
    @Nullable
    RequestHead read(ByteBuffer buffer, int start, int end) throws MalformedMessageException {
        int scanned = unscanned || isLoneCr(partial) ? 0 : partial.length;
        unscanned = false;
        int from = scanned == 0 ? start + HeadScanner.leadingCrlf(buffer, start, end) : start;
        if (scanned == 0 && end - from == 1 && buffer.get(from) == '\r') {
            partial = bytes(buffer, from, end);
            return null;
        }
        int headEnd;
        try {
            headEnd = scanner.scan(buffer, from + scanned, end);
        } catch (MalformedMessageException e) {
            partial = bytes(buffer, from, Math.min(end, from + limits.headerBytes()));
            throw e;
        }
        int length = (headEnd < 0 ? end : headEnd) - from;
        if (length > limits.headerBytes()) {
            partial = bytes(buffer, from, from + limits.headerBytes());
            boolean inTarget = new String(partial, ISO_8859_1).indexOf('\r') < 0;
            throw inTarget
                    ? new MalformedMessageException(414, "the request line is longer than the limit")
                    : new MalformedMessageException(431, "the request's head is larger than the limit");
        }
        partial = bytes(buffer, from, from + length);
        if (headEnd < 0) {
            return null;
        }
        RequestHead head = HeadParser.request(partial, limits.headerFields());
        consumedTo = headEnd;
        scanner.reset();
        partial = NOTHING;
        return head;
    }

    /** It may yet become an empty line, which is ignored: so it is looked at again when more is there. */
    private static boolean isLoneCr(byte[] bytes) {
        return bytes.length == 1 && bytes[0] == '\r';
    }

    private static byte[] bytes(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return bytes;
    }

    /** Behind the last head that was read whole. */
    int consumedTo() {
        return consumedTo;
    }
}
