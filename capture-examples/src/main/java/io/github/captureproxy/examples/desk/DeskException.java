package io.github.captureproxy.examples.desk;

/** What a person asked for can't be; the message says why, and what would be right. */
public final class DeskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message words for a person
     */
    public DeskException(String message) {
        super(message);
    }

    /**
     * Says why, and what failed.
     *
     * @param message words for a person
     * @param cause what failed
     */
    public DeskException(String message, Throwable cause) {
        super(message, cause);
    }
}
