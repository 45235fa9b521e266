package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.StoreException;

/** A call that can't be answered, with the status and the words that the page gets instead. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** RFC 4918 section 11.5. */
    private static final int INSUFFICIENT_STORAGE = 507;

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

    /**
     * Refuses what the history can't take or tell, which is no fault of what was asked.
     *
     * @param before what comes before the history's own words
     * @param e what is wrong with the history
     */
    static RefusedException of(String before, StoreException e) {
        return new RefusedException(e.isDiskFull() ? INSUFFICIENT_STORAGE : 500, before + e.getMessage());
    }

    int status() {
        return status;
    }
}
