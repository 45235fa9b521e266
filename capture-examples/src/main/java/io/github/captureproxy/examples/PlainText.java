package io.github.captureproxy.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Locale;

/** Values as a person reads them, and never one that could steer a terminal. */
final class PlainText {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int KIBI = 1024;
    private static final int LONG_HOURS = 100;

    private PlainText() {}

    /** A text from the wire, without what would steer a terminal or turn the direction of writing: that becomes ?. */
    static String printable(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(isPrintable(c) ? c : '?'));
        return plain.toString();
    }

    /** A printable text of which each character was a byte on the wire: read as UTF-8 if it is, as browsers do. */
    static String ofBytes(String text) {
        return printable(decoded(text));
    }

    private static String decoded(String text) {
        if (text.chars().allMatch(c -> c < 0x80) || text.chars().anyMatch(c -> c > 0xff)) {
            return text;
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return text; // no UTF-8: one character a byte it stays
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** A URL, or {@code host:port}, with stars in place of user and password. */
    static String withoutUser(String url) {
        int scheme = url.indexOf("://");
        int start = scheme < 0 ? 0 : scheme + "://".length();
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        int at = url.substring(start, end).lastIndexOf('@');
        return at < 0 ? url : url.substring(0, start) + "***" + url.substring(start + at);
    }

    /** A number of bytes. */
    static String size(long bytes) {
        if (bytes < KIBI) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        do {
            value /= KIBI;
            unit++;
        } while (value >= KIBI - 0.05 && unit < UNITS.length - 1); // so that none is shown as 1024.0
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** A duration, in at most 8 characters for some decades. */
    static String duration(Duration duration) {
        if (duration.toSeconds() < 1) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%d.%02d s", duration.toSeconds(), duration.toMillisPart() / 10);
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + "m " + duration.toSecondsPart() + "s";
        }
        return duration.toHours() < LONG_HOURS
                ? duration.toHours() + "h " + duration.toMinutesPart() + "m"
                : duration.toDays() + "d " + duration.toHoursPart() + "h";
    }

    /** A number with its noun. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** The name of an enum's value, in words. */
    static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The beginning of a text, as much as a width holds. */
    static String cut(String text, int width) {
        int length = text.codePointCount(0, text.length());
        return length <= width ? text : text.substring(0, text.offsetByCodePoints(0, width));
    }

    /** A text cut to a width: its start and its end stay, as a URL's host and its last parts tell most. */
    static String shortened(String text, int width) {
        int length = text.codePointCount(0, text.length());
        if (length <= width) {
            return text;
        }
        String gap = "...";
        int kept = Math.max(width - gap.length(), 2);
        int head = (kept * 3 + 2) / 5;
        return text.substring(0, text.offsetByCodePoints(0, head))
                + gap
                + text.substring(text.offsetByCodePoints(text.length(), head - kept));
    }
}
