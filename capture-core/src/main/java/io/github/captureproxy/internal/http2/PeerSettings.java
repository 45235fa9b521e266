package io.github.captureproxy.internal.http2;

/** What a peer has said in its SETTINGS (RFC 9113 section 6.5.2). Unknown settings are ignored. Pure. */
final class PeerSettings {
    private static final int SETTING_BYTES = 6;

    private static final long MAX_WINDOW = 0x7fff_ffffL;

    private static final long MAX_FRAME_SIZE = 0xff_ffffL;

    private int initialWindow = Frames.DEFAULT_WINDOW;
    private int maxFrameSize = Frames.MAX_PAYLOAD;
    private long headerTableSize = 4_096;
    private long lowestTableSize = headerTableSize;
    private long maxConcurrentStreams = Long.MAX_VALUE;

    /**
     * Takes a SETTINGS frame.
     *
     * @param payload its payload, a whole number of settings
     * @param peerIsServer true if only a client's value for push makes sense
     * @throws Http2Exception if a value is out of its range
     */
    void take(byte[] payload, boolean peerIsServer) throws Http2Exception {
        lowestTableSize = Long.MAX_VALUE;
        for (int at = 0; at + SETTING_BYTES <= payload.length; at += SETTING_BYTES) {
            int id = (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
            set(id, Frames.unsigned32(payload, at + 2), peerIsServer);
        }
    }

    private void set(int id, long value, boolean peerIsServer) throws Http2Exception {
        switch (id) {
            case Frames.SETTINGS_HEADER_TABLE_SIZE -> {
                headerTableSize = value;
                lowestTableSize = Math.min(lowestTableSize, value);
            }
            case Frames.SETTINGS_ENABLE_PUSH -> {
                if (value > 1 || peerIsServer && value != 0) {
                    throw Http2Exception.protocol("an impossible SETTINGS_ENABLE_PUSH");
                }
            }
            case Frames.SETTINGS_MAX_CONCURRENT_STREAMS -> maxConcurrentStreams = value;
            case Frames.SETTINGS_INITIAL_WINDOW_SIZE -> {
                if (value > MAX_WINDOW) {
                    throw Http2Exception.connection(
                            ErrorCode.FLOW_CONTROL_ERROR, "an impossible SETTINGS_INITIAL_WINDOW_SIZE");
                }
                initialWindow = (int) value;
            }
            case Frames.SETTINGS_MAX_FRAME_SIZE -> {
                if (value < Frames.MAX_PAYLOAD || value > MAX_FRAME_SIZE) {
                    throw Http2Exception.protocol("an impossible SETTINGS_MAX_FRAME_SIZE");
                }
                maxFrameSize = (int) value;
            }
            default -> {
                // has no meaning here
            }
        }
    }

    int initialWindow() {
        return initialWindow;
    }

    int maxFrameSize() {
        return maxFrameSize;
    }

    long headerTableSize() {
        return headerTableSize;
    }

    /** The smallest size that the last frame named, which the encoder has to go through (RFC 7541 section 4.2). */
    long lowestTableSize() {
        return Math.min(lowestTableSize, headerTableSize);
    }

    long maxConcurrentStreams() {
        return maxConcurrentStreams;
    }
}
