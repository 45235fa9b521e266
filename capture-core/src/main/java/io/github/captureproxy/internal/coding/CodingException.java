package io.github.captureproxy.internal.coding;

import java.io.IOException;

/** A content coding cannot be undone; the message names it and says what can be done. */
public final class CodingException extends IOException {
    private static final long serialVersionUID = 1L;

    CodingException(String message) {
        super(message);
    }

    CodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
