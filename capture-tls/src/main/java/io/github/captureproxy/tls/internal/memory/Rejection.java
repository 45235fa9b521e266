package io.github.captureproxy.tls.internal.memory;

/**
 * A client's refusal of the leaf for one name.
 *
 * @param cause what it was about, as far as can be told
 * @param weak true if no alert said so: the client just left
 * @param words what happened, for people
 */
public record Rejection(Cause cause, boolean weak, String words) {
    /** What a rejection is about. */
    public enum Cause {
        /** The client does not know the authority. */
        AUTHORITY,
        /** Most likely that, but the client did not say. */
        UNCLEAR,
        /** This certificate, in spite of its authority: the client has pinned another, or finds a fault in it. */
        PIN
    }
}
