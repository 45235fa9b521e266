package io.github.captureproxy.internal.http2;

/**
 * Counts what a peer can make this side do for nearly nothing, and says when it is too much: a number at once, and a
 * rate in the long run. For one connection.
 */
final class FloodGuard {
    /** As nghttp2 has it: no application cancels a thousand requests at once, or 33 a second for long. */
    private static final int RESETS = 1_000;

    private static final int RESETS_PER_SECOND = 33;

    /** SETTINGS, PING, PRIORITY, window updates, empty frames and the like; data that is sent earns more of them. */
    private static final int CONTROLS = 1_000;

    private static final int CONTROLS_PER_SECOND = 100;

    /** Each frame of data that is sent may be answered by window updates, some clients' as often as they read 1 KiB. */
    private static final int EARNED_BY_DATA = 20;

    private final Bucket resets = new Bucket(RESETS, RESETS_PER_SECOND);
    private final Bucket controls = new Bucket(CONTROLS, CONTROLS_PER_SECOND);

    /** The peer has reset a stream, or made this side reset one. */
    void reset(long now) throws Http2Exception {
        if (!resets.take(now)) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "too many streams were reset");
        }
    }

    /** A frame came that costs the peer nothing. */
    void control(long now) throws Http2Exception {
        if (!controls.take(now)) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "too many frames without data");
        }
    }

    /** A frame of data is sent. */
    void data() {
        controls.earn(EARNED_BY_DATA);
    }

    /** Tokens that come back with time. */
    private static final class Bucket {
        private static final long SECOND = 1_000_000_000L;

        private final int most;
        private final long nanosPerToken;
        private long tokens;
        private long filledAt;
        private boolean started;

        Bucket(int most, int perSecond) {
            this.most = most;
            this.nanosPerToken = SECOND / perSecond;
            this.tokens = most;
        }

        boolean take(long now) {
            if (!started) {
                started = true;
                filledAt = now;
            }
            long back = (now - filledAt) / nanosPerToken;
            if (back > 0) {
                tokens = Math.min(most, tokens + back);
                filledAt += back * nanosPerToken;
            }
            return --tokens >= 0;
        }

        void earn(int more) {
            tokens = Math.min(most, tokens + more);
        }
    }
}
