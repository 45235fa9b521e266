package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import java.nio.ByteBuffer;

/**
 * Takes the bytes of one body of one message as they pass. Used by one thread at a time. Exactly one of
 * {@link #finish} and {@link #discard} ends it; no write follows.
 */
public interface BodySink {
    /** Keeps nothing; {@link #finish} still tells the size. Has no state, so everyone may share it. */
    BodySink NONE = new BodySink() {
        @Override
        public void write(ByteBuffer data, int from, int length) {
            // Nothing is kept.
        }

        @Override
        public CapturedBody finish(long size, boolean complete, HeaderList headers) {
            return CapturedBody.of(CapturedBody.inMemory(NOTHING), size, complete, null, headers);
        }

        @Override
        public void discard() {
            // Nothing is held.
        }

        @Override
        public String toString() {
            return "keeps nothing";
        }
    };

    /** An array without bytes, to share. */
    byte[] NOTHING = {};

    /**
     * Takes bytes that pass. They are read by absolute index: the buffer's position and limit stay as they are, and the
     * buffer is not kept.
     *
     * @param data holds the bytes
     * @param from the index of the first byte in the buffer
     * @param length how many there are
     */
    void write(ByteBuffer data, int from, int length);

    /**
     * Ends the capture and gives back what it held of the budget.
     *
     * @param size how many bytes of the body passed, kept or not
     * @param complete true if the message was received whole
     * @param headers the message's header fields
     * @return what was captured
     */
    CapturedBody finish(long size, boolean complete, HeaderList headers);

    /** Drops what was captured, and gives back what it held of the budget. */
    void discard();
}
