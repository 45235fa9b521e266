package io.github.captureproxy.diagnosis;

import java.util.Objects;

/**
 * Something that was found out about calls that are seen, or are not.
 *
 * @param topic what it is about
 * @param suspect true if it can be the reason that a call is missing
 * @param text what was found, without secrets: hosts, ports and paths, never a query or a field value
 * @param advice what to do about it; empty if there is nothing to do
 */
public record Finding(Topic topic, boolean suspect, String text, String advice) {
    /** Checks that all parts are there. */
    public Finding {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(advice, "advice");
    }

    /** What there is to find something out about. */
    public enum Topic {
        /** The URI that was asked about. */
        TARGET,
        /** What connects to the proxy's port. */
        PORT,
        /** Who is turned away. */
        ACCESS,
        /** What is recorded, and what is not while that is paused. */
        RECORDING,
        /** What has not ended yet, and so is not in History. */
        IN_FLIGHT,
        /** What History has forgotten. */
        HISTORY,
        /** What running sessions leave out. */
        SESSIONS,
        /** What listeners have missed. */
        LISTENERS,
        /** Tunnels that were not looked into. */
        TUNNELS,
        /** Settings of this JVM. */
        JVM,
        /** Environment variables of this process, which its children inherit. */
        ENVIRONMENT
    }

    @Override
    public String toString() {
        return text + (advice.isEmpty() ? "" : "\n-> " + advice);
    }
}
