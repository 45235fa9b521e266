package io.github.captureproxy.internal.address;

import java.util.Locale;

/** The names that mean this machine's loopback, whatever DNS says of them (RFC 6761, section 6.3). */
public final class LocalhostName {
    /** The one that every system knows. */
    public static final String NAME = "localhost";

    private LocalhostName() {}

    /**
     * Tells if a host name is one of them.
     *
     * @param host a host name, in any case, with or without the dot of the root
     * @return true for {@code localhost} and the names below it
     */
    public static boolean is(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals(NAME) || lower.endsWith("." + NAME);
    }
}
