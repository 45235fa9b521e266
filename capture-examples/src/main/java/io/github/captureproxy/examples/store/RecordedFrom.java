package io.github.captureproxy.examples.store;

import java.util.Optional;

/**
 * What is known of where a recorded exchange or tunnel came from, besides what it says itself.
 *
 * @param sessionId the session that it belongs to; 0 for none
 * @param process the name of the process that sent it, if known
 * @param label replaces the label of the listening address in what is stored, such as {@code import}; if there is none,
 *     that label stays
 */
public record RecordedFrom(long sessionId, Optional<String> process, Optional<String> label) {
    /** Of no session. */
    public static final RecordedFrom UNKNOWN = new RecordedFrom(0, Optional.empty(), Optional.empty());

    /**
     * Of a session, and nothing more is known.
     *
     * @param sessionId its id; 0 for none
     * @return the value
     */
    public static RecordedFrom session(long sessionId) {
        return new RecordedFrom(sessionId, Optional.empty(), Optional.empty());
    }
}
