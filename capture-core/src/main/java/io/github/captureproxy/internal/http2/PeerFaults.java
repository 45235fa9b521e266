package io.github.captureproxy.internal.http2;

/** What a peer does wrong on a connection, or too often, and what comes of it. For one worker thread. */
final class PeerFaults {
    private final Http2Connection connection;
    private final FloodGuard guard = new FloodGuard();

    PeerFaults(Http2Connection connection) {
        this.connection = connection;
    }

    /** A frame came that costs the peer nothing. */
    void control() throws Http2Exception {
        guard.control(System.nanoTime());
    }

    /** A frame of data is sent, which the peer may answer. */
    void dataSent() {
        guard.data();
    }

    /** A client must not have streams ended at will; what an origin does may be another client's doing. */
    void reset() throws Http2Exception {
        if (connection.role().server()) {
            guard.reset(System.nanoTime());
        }
    }

    /** Ends one stream for what the peer did on it, which it can do often. */
    void fail(Http2Stream stream, int code, String problem) throws Http2Exception {
        reset();
        stream.fail(code, problem);
    }

    /**
     * A frame for a stream that is not open: no error if this side has just reset it (RFC 9113 section 5.1).
     *
     * @param cheap true if it has cost the peer next to nothing
     */
    void onClosedStream(int streamId, String what, boolean cheap) throws Http2Exception {
        if (connection.isIdle(streamId)) {
            throw Http2Exception.protocol(what + " on a stream that is not open yet");
        }
        if (cheap) {
            control();
        }
        if (!connection.closedStreams().wasResetHere(streamId)) {
            int code = connection.closedStreams().has(streamId) ? ErrorCode.STREAM_CLOSED : ErrorCode.PROTOCOL_ERROR;
            throw Http2Exception.connection(code, what + " on a stream that is closed");
        }
    }

    static void onStream(int streamId) throws Http2Exception {
        if (streamId == 0) {
            throw Http2Exception.protocol("a frame of a stream without a stream");
        }
    }

    static void onConnection(int streamId) throws Http2Exception {
        if (streamId != 0) {
            throw Http2Exception.protocol("a frame of the connection on a stream");
        }
    }

    static void size(boolean right) throws Http2Exception {
        if (!right) {
            throw Http2Exception.connection(ErrorCode.FRAME_SIZE_ERROR, "a frame of a size that its type cannot have");
        }
    }
}
