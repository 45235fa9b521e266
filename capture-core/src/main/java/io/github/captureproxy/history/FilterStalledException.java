package io.github.captureproxy.history;

import java.io.Serial;

/**
 * What has ended is not in a session's history yet, as the session's filter hangs or is slower than the traffic; the message
 * names the session, and tells how many wait and for how long the filter has been in its call. What the history would have
 * shown is not all of it, so it was not read.
 */
public final class FilterStalledException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message which session it is and what it waits for
     */
    public FilterStalledException(String message) {
        super(message);
    }
}
