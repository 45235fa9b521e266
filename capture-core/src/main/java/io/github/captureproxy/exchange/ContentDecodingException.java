package io.github.captureproxy.exchange;

import org.jspecify.annotations.Nullable;

/**
 * A body's content coding could not be undone: it is unknown, broken, makes too many bytes, or its decoder is not on
 * the class path. The message names the coding and what can be done. The raw bytes are still there.
 */
public final class ContentDecodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContentDecodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
