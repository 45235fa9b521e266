package io.github.captureproxy.export;

/** The formats that exchanges can be written in. */
public final class Export {
    private Export() {}
}
