package io.github.captureproxy.examples.store;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions of the terms that compare: {@code duration:>500ms}, {@code size:<100k}. Their values have been checked. */
final class Amounts {
    private static final Pattern AMOUNT = Pattern.compile("([<>])(\\d{1,9})([a-zA-Z]*)");

    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "b", 1L, "k", 1L << 10, "kb", 1L << 10, "m", 1L << 20, "mb", 1L << 20, "g", 1L << 30);
    private static final Map<String, Long> NANOS =
            Map.of("us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L);

    private Amounts() {}

    static Sql duration(String value) {
        return compared("duration", value, NANOS);
    }

    static Sql size(String column, String value) {
        return compared(column, value, BYTES);
    }

    private static Sql compared(String column, String value, Map<String, Long> units) {
        Matcher amount = AMOUNT.matcher(value);
        Long unit = amount.matches() ? units.get(amount.group(3).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + value + "' is no amount");
        }
        boolean more = amount.group(1).equals(">");
        try {
            long bound = Math.multiplyExact(Long.parseLong(amount.group(2)), unit);
            return Sql.of(column + (more ? " > ?" : " < ?"), bound);
        } catch (ArithmeticException e) { // More than any column holds.
            return more ? Sql.FALSE : Sql.TRUE;
        }
    }
}
