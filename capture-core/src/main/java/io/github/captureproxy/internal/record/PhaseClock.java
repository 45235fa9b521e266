package io.github.captureproxy.internal.record;

import io.github.captureproxy.exchange.Timings;

/** Notes when the phases of an exchange began and ended. All values are of {@link System#nanoTime}. */
final class PhaseClock {
    private static final long NEVER = Long.MIN_VALUE;

    private final long start;
    private long dialled = NEVER;
    private long resolved = NEVER;
    private long tlsStart = NEVER;
    private long connected = NEVER;
    private long sent = NEVER;
    private long headBegan = NEVER;
    private long firstByte = NEVER;

    PhaseClock(long start) {
        this.start = start;
    }

    long start() {
        return start;
    }

    /** A connection is being made. One that was there before, and broke, no longer counts. */
    void dialled(long now) {
        dialled = now;
        resolved = NEVER;
        tlsStart = NEVER;
        connected = NEVER;
        sent = NEVER;
    }

    void resolved(long now) {
        if (resolved == NEVER) {
            resolved = now;
        }
    }

    /** The bytes reach the origin: its TLS handshake begins. */
    void securing(long now) {
        tlsStart = now;
    }

    void connected(long now) {
        connected = now;
    }

    void sent(long now) {
        sent = now;
    }

    /** A part of a response's head has come in. */
    void headBegan(long now) {
        if (headBegan == NEVER) {
            headBegan = now;
        }
    }

    /** The head that came in was not yet the final response's. */
    void interim() {
        headBegan = NEVER;
    }

    /** The final response is there: its first byte came now, unless its head came in parts. */
    void firstByte(long now) {
        if (firstByte == NEVER) {
            firstByte = headBegan == NEVER ? now : headBegan;
        }
    }

    Timings timings(long end) {
        boolean resolving = dialled != NEVER && resolved == NEVER && connected == NEVER;
        long dialStart = dialled == NEVER ? connected : dialled;
        long connectStart = resolved == NEVER ? dialled : resolved;
        long sendEnd = sendEnd(end);
        return new Timings(
                span(start, dialStart == NEVER ? end : dialStart),
                span(dialled, resolving ? end : resolved),
                dialled == NEVER || resolving ? -1 : span(connectStart, connected == NEVER ? end : connected),
                span(tlsStart, connected == NEVER ? end : connected),
                connected == NEVER ? -1 : span(connected, sendEnd),
                connected == NEVER ? -1 : span(sendEnd, firstByte == NEVER ? end : firstByte),
                span(firstByte, end));
    }

    /** Where both directions flow at once, the time from the response's first byte on is the response's alone. */
    private long sendEnd(long end) {
        if (sent == NEVER) {
            return firstByte == NEVER ? end : firstByte;
        }
        return firstByte == NEVER ? sent : Math.min(sent, firstByte);
    }

    private static long span(long from, long to) {
        return from == NEVER || to == NEVER ? -1 : Math.max(0, to - from);
    }
}
