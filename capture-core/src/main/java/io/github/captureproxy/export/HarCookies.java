package io.github.captureproxy.export;

import io.github.captureproxy.exchange.HeaderList;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cookies of a message as HAR lists them beside the fields. */
final class HarCookies {
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})");
    private static final Pattern DAY =
            Pattern.compile("(?<day>\\d{1,2})[ -](?<month>[A-Za-z]{3})[a-z]*[ -](?<year>\\d{2,4})");

    /** As C's {@code asctime} writes it (RFC 9110 section 5.6.7), and JavaScript with the year before the time. */
    private static final Pattern MONTH_FIRST =
            Pattern.compile("(?<month>[A-Za-z]{3}) +(?<day>\\d{1,2}) +(?:[0-9:]+ +)?(?<year>\\d{4})");

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private HarCookies() {}

    static void ofRequest(JsonOut json, HeaderList headers) throws IOException {
        json.beginArray("cookies");
        for (String field : headers.all("cookie")) {
            for (String pair : field.split(";", -1)) {
                if (!pair.isBlank()) {
                    json.beginObject();
                    nameAndValue(json, pair);
                    json.endObject();
                }
            }
        }
        json.endArray();
    }

    static void ofResponse(JsonOut json, HeaderList headers) throws IOException {
        json.beginArray("cookies");
        for (String field : headers.all("set-cookie")) {
            String[] parts = field.split(";", -1);
            json.beginObject();
            nameAndValue(json, parts[0]);
            attributes(json, parts);
            json.endObject();
        }
        json.endArray();
    }

    private static void nameAndValue(JsonOut json, String pair) throws IOException {
        int equals = pair.indexOf('=');
        json.field("name", equals < 0 ? "" : pair.substring(0, equals).strip());
        json.field("value", pair.substring(equals + 1).strip());
    }

    /** Names in any case; of several with one name the last counts (RFC 6265 section 5.3). */
    private static void attributes(JsonOut json, String[] parts) throws IOException {
        String path = null;
        String domain = null;
        String sameSite = null;
        Instant expires = null;
        boolean httpOnly = false;
        boolean secure = false;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
            String value = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
            switch (name.toLowerCase(Locale.ROOT)) {
                case "path" -> path = value;
                case "domain" -> domain = value;
                case "samesite" -> sameSite = value;
                case "expires" -> expires = date(value).orElse(null);
                case "httponly" -> httpOnly = true;
                case "secure" -> secure = true;
                default -> {
                    // HAR has no place for it; the field itself is there.
                }
            }
        }
        optional(json, "path", path);
        optional(json, "domain", domain);
        optional(json, "expires", expires == null ? null : expires.toString());
        json.field("httpOnly", httpOnly).field("secure", secure);
        optional(json, "sameSite", sameSite);
    }

    private static void optional(JsonOut json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.field(name, value);
        }
    }

    /** A date as servers write it (RFC 6265 section 5.1.1); one that is none is left out, as viewers choke on it. */
    static Optional<Instant> date(String text) {
        Matcher time = TIME.matcher(text);
        Matcher day = DAY.matcher(text);
        if (!day.find()) {
            day = MONTH_FIRST.matcher(text);
            if (!day.find()) {
                return Optional.empty();
            }
        }
        if (!time.find()) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(day.group("month").toLowerCase(Locale.ROOT));
        int year = Integer.parseInt(day.group("year"));
        year += year < 70 ? 2000 : year < 100 ? 1900 : 0;
        if (month < 0 || month % 3 != 0) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.of(year, month / 3 + 1, Integer.parseInt(day.group("day")));
            LocalTime at = LocalTime.of(
                    Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)), Integer.parseInt(time.group(3)));
            return Optional.of(date.atTime(at).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty(); // Such as the 31st of February.
        }
    }
}
