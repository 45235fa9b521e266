package io.github.captureproxy.exchange;

import java.util.List;

/**
 * Why an HTTP/2 stream was reset: an RST_STREAM frame (RFC 9113 section 6.4), or the end of the connection that did as
 * much to it.
 *
 * @param code the error code (RFC 9113 section 7), an unsigned number of 32 bits
 * @param byPeer true if the client or the origin at the other end of the stream reset it, false if the proxy did
 */
public record StreamReset(long code, boolean byPeer) {
    private static final long MAX_CODE = 0xffff_ffffL;

    private static final List<String> NAMES = List.of(
            "NO_ERROR",
            "PROTOCOL_ERROR",
            "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT",
            "STREAM_CLOSED",
            "FRAME_SIZE_ERROR",
            "REFUSED_STREAM",
            "CANCEL",
            "COMPRESSION_ERROR",
            "CONNECT_ERROR",
            "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY",
            "HTTP_1_1_REQUIRED");

    /**
     * Checks the code.
     *
     * @throws IllegalArgumentException if the code is not one of 32 bits
     */
    public StreamReset {
        if (code < 0 || code > MAX_CODE) {
            throw new IllegalArgumentException("the error code is " + code + ": give one of 0 to " + MAX_CODE);
        }
    }

    /**
     * The error code's name.
     *
     * @return its name in RFC 9113 section 7, such as {@code CANCEL}; a code that has none there in hex, such as
     *     {@code 0xff}
     */
    public String name() {
        return code < NAMES.size() ? NAMES.get((int) code) : "0x" + Long.toHexString(code);
    }

    /** The reset in words, such as {@code CANCEL, sent by the peer}. */
    @Override
    public String toString() {
        return name() + (byPeer ? ", sent by the peer" : ", sent by the proxy");
    }
}
