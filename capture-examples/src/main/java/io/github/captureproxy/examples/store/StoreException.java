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
}
