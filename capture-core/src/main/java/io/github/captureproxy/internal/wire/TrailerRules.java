package io.github.captureproxy.internal.wire;

/**
 * Which fields are dropped from a trailer section (RFC 9110 6.5.1).
 *
 * <p>Only those that a careless recipient could take for framing, for routing or for its own connection. The rest passes:
 * what an origin may say in a trailer is between it and the client.
 */
public final class TrailerRules {

    private TrailerRules() {}

    /**
     * Whether a field of this name must not pass in a trailer section.
     *
     * @param name the name
     * @return true if it is to be dropped
     */
    public static boolean forbidden(FieldName name) {
        return switch (name) {
            case HOST, CONTENT_LENGTH, TRAILER -> true;
            default -> name.isHopByHop();
        };
    }
}
