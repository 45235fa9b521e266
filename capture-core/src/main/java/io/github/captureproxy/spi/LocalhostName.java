package io.github.captureproxy.spi;

import java.util.Locale;

/** The names that mean this machine's loopback, whatever DNS says of them (RFC 6761, section 6.3). Pure. */
final class LocalhostName {
    static final String NAME = "localhost";

    private LocalhostName() {}

    /** Whether it is {@code localhost} or a name below, with or without the dot of the root, in any case. */
    static boolean is(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals(NAME) || lower.endsWith("." + NAME);
    }
}
