package io.github.captureproxy.examples.lan;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What a device enters to be let in, once.
 *
 * @param text eight characters in two groups, such as {@code K7QM-2XPD}: 40 bits
 * @param end from when on it does not hold any more
 */
public record EntryCode(String text, Instant end) {
    /** Long enough to walk to the device and type; short enough that one left on a screen is worth nothing. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Crockford's: without I, L and O, which look like digits, and without U. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int GROUP = 4;
    private static final int LENGTH = 2 * GROUP;

    /** What people type for a character may be longer by blanks and dashes; more than this is no code. */
    private static final int MAX_TYPED = 40;

    static EntryCode random(SecureRandom random, Instant now) {
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            made.append(i == GROUP ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new EntryCode(made.toString(), now.plus(LIFETIME));
    }

    /** Compares in a time that does not depend on where the two differ. */
    boolean matches(String typed) {
        return MessageDigest.isEqual(text.getBytes(US_ASCII), normalized(typed).getBytes(US_ASCII));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** A code as it is meant, however it was typed: any case, dashes and blanks or none, letters for look-alike digits. */
    static String normalized(String typed) {
        if (typed.length() > MAX_TYPED) {
            return "";
        }
        String bare = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        boolean isCode = bare.length() == LENGTH && bare.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
        return isCode ? bare.substring(0, GROUP) + "-" + bare.substring(GROUP) : "";
    }
}
