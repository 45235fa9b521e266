package io.github.captureproxy.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rule of RFC 6066 section 3 for a host name in SNI: a DNS name in ASCII, no final dot, no IP address. */
final class SniHostName {

    /** RFC 1035 section 2.3.4, as text without the final dot. */
    private static final int MAX_NAME = 253;

    private static final int MAX_LABEL = 63;

    private SniHostName() {}

    /** The name as it was sent, if it keeps the rule. Underscores pass: names with them are in use. */
    static Optional<String> of(byte[] raw) {
        if (raw.length > MAX_NAME) {
            return Optional.empty();
        }
        String name = new String(raw, StandardCharsets.ISO_8859_1);
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (!isLabel(label)) {
                return Optional.empty();
            }
        }
        boolean address = labels[labels.length - 1].chars().allMatch(SniHostName::isDigit);
        return address ? Optional.empty() : Optional.of(name);
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.length() <= MAX_LABEL
                && label.charAt(0) != '-'
                && label.charAt(label.length() - 1) != '-'
                && label.chars().allMatch(SniHostName::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '-' || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
