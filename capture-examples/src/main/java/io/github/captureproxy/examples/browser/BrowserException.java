package io.github.captureproxy.examples.browser;

import java.io.IOException;

/** A browser can't be started, or not as it should be; the message says why, and what mends it, in one line. */
public final class BrowserException extends IOException {
    private static final long serialVersionUID = 1;

    BrowserException(String message) {
        super(message);
    }

    BrowserException(String message, Throwable cause) {
        super(message, cause);
    }
}
