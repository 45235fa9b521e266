package io.github.captureproxy.examples.store;

/** Where a session is in its life. */
public enum SessionState {
    /** It has not started yet. */
    NEW,
    /** It records. */
    RUNNING,
    /** It records nothing for the moment. */
    PAUSED,
    /** It has ended; it may be started again. */
    STOPPED
}
