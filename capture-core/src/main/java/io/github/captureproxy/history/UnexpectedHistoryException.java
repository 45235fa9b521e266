package io.github.captureproxy.history;

import java.io.Serial;

/** Not exactly one recorded exchange matched a filter; the message shows what was captured instead. */
public final class UnexpectedHistoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was looked for and what was there
     */
    public UnexpectedHistoryException(String message) {
        super(message);
    }
}
