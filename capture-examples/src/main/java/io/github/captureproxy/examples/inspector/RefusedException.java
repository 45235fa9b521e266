package io.github.captureproxy.examples.inspector;

/** A call that can't be answered, with the status and the words that the page gets instead. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Refuses a call.
     *
     * @param status the status, from 400 on
     * @param message what was wrong, and what would be right
     */
    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
