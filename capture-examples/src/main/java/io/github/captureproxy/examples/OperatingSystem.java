package io.github.captureproxy.examples;

import java.util.Locale;

/** The kinds of desktop that differ in where things are kept, and in how a certificate comes to be trusted. */
enum OperatingSystem {
    /** Linux, and what is much like it. */
    LINUX,
    /** Apple's. */
    MACOS,
    /** Microsoft's. */
    WINDOWS;

    /** Which one it is by the JVM's property {@code os.name}. */
    static OperatingSystem of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("windows")) {
            return WINDOWS;
        }
        return lower.startsWith("mac") ? MACOS : LINUX;
    }

    /** A word as this system's usual shell takes it. */
    String quoted(String word) {
        if (word.matches("[A-Za-z0-9._@%+=:,/-]+")) {
            return word;
        }
        return this == WINDOWS ? "\"" + word + "\"" : "'" + word.replace("'", "'\\''") + "'";
    }
}
