package io.github.captureproxy.tls.internal.hsts;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A valid {@code Strict-Transport-Security} header (RFC 6797 section 6.1).
 *
 * @param maxAgeSeconds for how long the host is to be known, from now; 0 forgets it
 * @param includeSubDomains true if all names below the host are meant as well
 */
public record StrictTransportSecurity(long maxAgeSeconds, boolean includeSubDomains) {
    /** A hundred years: what is longer is cut, so that times can be computed. */
    static final long MAX_SECONDS = 100L * 365 * 24 * 3600;

    /**
     * Reads a header's value. Unknown directives are ignored; one that stands there twice, a missing or malformed
     * {@code max-age}, an {@code includeSubDomains} with a value, and any other fault of syntax make the whole invalid.
     *
     * @param value the value
     * @return what it says; empty if it is not valid
     */
    public static Optional<StrictTransportSecurity> parse(String value) {
        return new Reader(value).read();
    }

    /** Walks over a value once. */
    private static final class Reader {
        private final String text;
        private int at;
        private final Set<String> seen = new HashSet<>();
        private long maxAge = -1;
        private boolean subDomains;

        Reader(String text) {
            this.text = text;
        }

        /** {@code [ directive ] *( ";" [ directive ] )}, with white space allowed between any two parts. */
        Optional<StrictTransportSecurity> read() {
            while (true) {
                skipSpace();
                if (!isEnd() && text.charAt(at) != ';' && !directive()) {
                    return Optional.empty();
                }
                skipSpace();
                if (isEnd()) {
                    return maxAge < 0 ? Optional.empty() : Optional.of(new StrictTransportSecurity(maxAge, subDomains));
                }
                if (text.charAt(at) != ';') {
                    return Optional.empty();
                }
                at++;
            }
        }

        private boolean directive() {
            String name = token().toLowerCase(Locale.ROOT);
            if (name.isEmpty() || !seen.add(name)) {
                return false;
            }
            skipSpace();
            if (isEnd() || text.charAt(at) != '=') {
                return flag(name);
            }
            at++;
            skipSpace();
            boolean quoted = !isEnd() && text.charAt(at) == '"';
            Optional<String> argument =
                    quoted ? quotedString() : Optional.of(token()).filter(t -> !t.isEmpty());
            return argument.isPresent() && argument(name, argument.get());
        }

        private boolean flag(String name) {
            subDomains |= name.equals("includesubdomains");
            return !name.equals("max-age");
        }

        private boolean argument(String name, String argument) {
            if (name.equals("max-age")) {
                maxAge = seconds(argument);
                return maxAge >= 0;
            }
            return !name.equals("includesubdomains");
        }

        private static long seconds(String digits) {
            if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return -1;
            }
            long value = 0;
            for (int i = 0; i < digits.length() && value < MAX_SECONDS; i++) {
                value = value * 10 + (digits.charAt(i) - '0');
            }
            return Math.min(value, MAX_SECONDS);
        }

        private String token() {
            int from = at;
            while (!isEnd() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        private Optional<String> quotedString() {
            StringBuilder content = new StringBuilder();
            for (at++; !isEnd(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return Optional.of(content.toString());
                }
                if (c == '\\' && ++at >= text.length()) {
                    return Optional.empty();
                }
                content.append(text.charAt(at));
            }
            return Optional.empty();
        }

        private void skipSpace() {
            while (!isEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private boolean isEnd() {
            return at >= text.length();
        }

        private static boolean isTokenCharacter(char c) {
            return c > ' ' && c < 127 && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
        }
    }
}
