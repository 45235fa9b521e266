package io.github.captureproxy.internal.io;

import java.io.IOException;

/** What a channel tells its owner. All calls come on the channel's worker thread, one at a time. */
public interface ChannelHandler {
    /**
     * Bytes, or the end of the stream, can be read.
     *
     * @throws IOException if the channel failed; {@link #failed} follows
     */
    void readable() throws IOException;

    /**
     * All that was kept back by {@link Channel#send} has been written.
     *
     * @throws IOException if the channel failed; {@link #failed} follows
     */
    void drained() throws IOException;

    /**
     * An event is over in which {@link Channel#callAtEventEnd} was called: what was gathered in it can be sent.
     *
     * @throws IOException if the channel failed; {@link #failed} follows
     */
    default void eventEnded() throws IOException {
        // most send at once
    }

    /** Some of what is kept back has been written: the peer takes it, if slowly. */
    default void writing() {
        // most have nothing to wait for
    }

    /**
     * The deadline that was set on the channel has passed. It is cleared before the call. Where the peer takes nothing of
     * what it is sent, the channel is closed already, and {@link #closed} follows.
     */
    void deadlinePassed();

    /**
     * The channel broke, or a handler's method threw. {@link #closed} follows.
     *
     * @param cause what was thrown
     */
    void failed(Throwable cause);

    /**
     * What was kept could not be written. The channel may still be readable: a peer that takes no more may have said why.
     *
     * @param cause what was thrown
     * @return true if the handler reads on; false if the channel is to be given up, and {@link #failed} to be called
     */
    default boolean writeFailed(IOException cause) {
        return false;
    }

    /** The channel is closed, by whichever side: called once, last. */
    void closed();

    /**
     * The proxy ends, and the connection is closed in an orderly way next: the time to say so, for a handler that
     * {@link #saysGoodbye}.
     *
     * @throws IOException if the channel failed
     */
    default void ending() throws IOException {
        // most protocols end with the connection
    }

    /**
     * Tells if {@link #ending} is to be called. May be called on any thread.
     *
     * @return true if the protocol has an end of its own
     */
    default boolean saysGoodbye() {
        return false;
    }

    /**
     * Tells if an orderly end of the connection would now be taken for the end of something that is not whole. May be
     * called on any thread: what was true a moment ago will do.
     *
     * @return true if the connection has to be reset instead
     */
    default boolean isMidway() {
        return false;
    }
}
