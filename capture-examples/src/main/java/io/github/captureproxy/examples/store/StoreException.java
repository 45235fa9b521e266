package io.github.captureproxy.examples.store;

/** A database that cannot be opened or asked. The message names the file, what is wrong with it, and what would mend it. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether there is no room left for what was to be written: what was asked for is good, and works again once there is.
     *
     * @return true if the disk is full
     */
    public boolean isDiskFull() {
        Throwable cause = getCause();
        while (cause != null && !Problems.isDiskFull(cause)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
