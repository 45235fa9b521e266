package io.github.captureproxy.cookies;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dates of {@code Expires}, which come in many shapes (RFC 6265 section 5.1.1). */
final class CookieDate {
    private static final Pattern DELIMITERS = Pattern.compile("[\\t\\x20-/;-@\\[-`{-~]+");

    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?", Pattern.DOTALL);

    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\D.*)?", Pattern.DOTALL);

    private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(?:\\D.*)?", Pattern.DOTALL);

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** No older year is one (step 5). */
    private static final int FIRST_YEAR = 1601;

    private static final int UNKNOWN = -1;

    private int hour = UNKNOWN;
    private int minute;
    private int second;
    private int day = UNKNOWN;
    private int month = UNKNOWN;
    private int year = UNKNOWN;

    private CookieDate() {}

    /** Reads a date; empty if it is none. */
    static Optional<Instant> parse(String text) {
        CookieDate date = new CookieDate();
        Arrays.stream(DELIMITERS.split(text)).forEach(date::token);
        return date.instant();
    }

    /** Takes the token for the first part that it fits and that is not known yet (step 2). */
    private void token(String token) {
        if (hour == UNKNOWN && time(TIME.matcher(token))) {
            return;
        }
        if (day == UNKNOWN) {
            day = number(DAY.matcher(token));
            if (day != UNKNOWN) {
                return;
            }
        }
        if (month == UNKNOWN && token.length() >= 3) {
            month = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
            if (month != UNKNOWN) {
                return;
            }
        }
        if (year == UNKNOWN) {
            year = number(YEAR.matcher(token));
        }
    }

    private boolean time(Matcher token) {
        if (!token.matches()) {
            return false;
        }
        hour = Integer.parseInt(token.group(1));
        minute = Integer.parseInt(token.group(2));
        second = Integer.parseInt(token.group(3));
        return true;
    }

    private static int number(Matcher token) {
        return token.matches() ? Integer.parseInt(token.group(1)) : UNKNOWN;
    }

    private Optional<Instant> instant() {
        if (hour == UNKNOWN || day == UNKNOWN || month == UNKNOWN || year == UNKNOWN || fullYear() < FIRST_YEAR) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(fullYear(), month + 1, day, hour, minute, second)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) { // such as the 31st of February, which makes it no date (step 6)
            return Optional.empty();
        }
    }

    private int fullYear() {
        if (year >= 70 && year <= 99) {
            return year + 1900;
        }
        return year >= 0 && year <= 69 ? year + 2000 : year;
    }
}
