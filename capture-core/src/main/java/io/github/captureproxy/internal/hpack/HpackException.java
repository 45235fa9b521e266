package io.github.captureproxy.internal.hpack;

/**
 * Thrown for a header block that cannot be decoded: a connection error of type COMPRESSION_ERROR (RFC 9113 4.3).
 *
 * <p>It carries no stack trace: a peer decides how often it is thrown, and the message says all there is to know. The
 * message holds nothing of the block's content.
 */
public final class HpackException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what is wrong with the block, in a few words
     */
    HpackException(String message) {
        super(message, null, false, false);
    }
}
