package io.github.captureproxy.internal.http2;

import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the frames of one connection over the time of an event, so that many streams share a TLS record and a system
 * call. A connection that breaks while it is written to is reset, and its end tells its streams. For one worker thread.
 */
final class FrameOutput {
    /** Four full TLS records: more gains nothing, and each connection that is written to in an event has as much. */
    private static final int BYTES = 64 * 1024;

    /** What may wait for a peer that reads nothing, beside data, which does not go out then. */
    private static final int MAX_UNSENT = 4 * BYTES;

    private final Channel channel;
    private long unsent;
    private @Nullable ByteBuffer gathered;
    private boolean broken;

    FrameOutput(Channel channel) {
        this.channel = channel;
    }

    /** The buffers that are free for the connections of one worker. */
    private static final class Pool {
        private static final int MAX_FREE = 16;

        private final Deque<ByteBuffer> free = new ArrayDeque<>();

        static Pool current() {
            return Worker.current().local(Pool.class, Pool::new);
        }

        ByteBuffer take() {
            ByteBuffer buffer = free.pollLast();
            return buffer == null ? ByteBuffer.allocate(BYTES) : buffer.clear();
        }

        void give(ByteBuffer buffer) {
            if (free.size() < MAX_FREE) {
                free.addLast(buffer);
            }
        }
    }

    /** Data may be written: the socket takes what it is given. */
    boolean takesData() {
        return !broken && channel.isDrained();
    }

    /** Room for at least so many bytes, which is far less than a buffer holds. */
    ByteBuffer room(int bytes) {
        ByteBuffer buffer = gathered;
        if (buffer != null && buffer.remaining() < bytes) {
            flush();
            buffer = gathered;
        }
        if (buffer == null) {
            buffer = Pool.current().take();
            gathered = buffer;
            channel.callAtEventEnd();
        }
        return buffer;
    }

    /** How much data fits behind a frame's header before the next flush. */
    int roomForData() {
        ByteBuffer buffer = gathered;
        return (buffer == null ? BYTES : buffer.remaining()) - Frames.HEADER_BYTES;
    }

    /** So much waits for the peer that what it asks for must not make that more. */
    boolean isClogged() {
        return unsent > MAX_UNSENT;
    }

    /** The peer has taken all that waited. */
    void drained() {
        unsent = 0;
    }

    /** Gives what was gathered to the socket. */
    void flush() {
        ByteBuffer buffer = gathered;
        if (buffer == null) {
            return;
        }
        gathered = null;
        try {
            if (!broken) {
                int size = buffer.flip().remaining();
                channel.send(buffer);
                unsent = channel.isDrained() ? 0 : unsent + size;
            }
        } catch (IOException e) { // its end, which follows, tells everyone
            broken = true;
            channel.reset();
        } finally {
            Pool.current().give(buffer);
        }
    }
}
