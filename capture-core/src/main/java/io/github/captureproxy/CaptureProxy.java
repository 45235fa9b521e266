package io.github.captureproxy;

/** A forward HTTP proxy that records what passes through it. */
public final class CaptureProxy {
    /** The port that a proxy listens on unless it is told another. */
    public static final int DEFAULT_PORT = 5555;

    private CaptureProxy() {}
}
