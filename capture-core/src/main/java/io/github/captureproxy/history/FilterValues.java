package io.github.captureproxy.history;

import io.github.captureproxy.internal.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of terms in the text form. */
final class FilterValues {
    private static final Pattern STATUS_CLASS = Pattern.compile("([1-9])[xX]{2}");
    private static final Pattern STATUS_RANGE = Pattern.compile("(\\d{3})-(\\d{3})");

    /** So few digits that no unit makes them overflow. */
    private static final Pattern AMOUNT = Pattern.compile("([<>])(\\d{1,9})([a-zA-Z]*)");

    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "b", 1L, "k", 1L << 10, "kb", 1L << 10, "m", 1L << 20, "mb", 1L << 20, "g", 1L << 30);
    private static final Map<String, Duration> TIMES = Map.of(
            "us", Duration.ofNanos(1000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1));

    private FilterValues() {}

    static int integer(String value, String key) {
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(key + " '" + value + "' is no number: give digits");
        }
        return Integer.parseInt(value);
    }

    static ExchangeFilter status(String value) {
        Matcher family = STATUS_CLASS.matcher(value);
        if (family.matches()) {
            return ExchangeFilter.statusClass(Integer.parseInt(family.group(1)));
        }
        Matcher range = STATUS_RANGE.matcher(value);
        if (range.matches()) {
            return ExchangeFilter.statusBetween(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        }
        if (!value.matches("\\d{3}")) {
            throw new IllegalArgumentException(
                    "status '" + value + "' is none: give one such as 404, a class such as 5xx, or a range 400-499");
        }
        return ExchangeFilter.status(Integer.parseInt(value));
    }

    /** A name, or a name and a value after an equals sign. */
    static ExchangeFilter named(
            String value,
            Function<String, ExchangeFilter> present,
            BiFunction<String, String, ExchangeFilter> withValue) {
        int equals = value.indexOf('=');
        return equals < 0
                ? present.apply(value)
                : withValue.apply(value.substring(0, equals), value.substring(equals + 1));
    }

    /** A pointer and a value; what is no other JSON is a string. */
    static ExchangeFilter json(MessageSide side, String value) {
        int equals = value.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "json '" + value + "' has no value: write a pointer, = and a value, such as json:/order/sku=7");
        }
        String wanted = value.substring(equals + 1);
        return switch (wanted) {
            case "null" -> BodyFilters.jsonAt(side, value.substring(0, equals), null);
            case "true", "false" -> BodyFilters.jsonAt(side, value.substring(0, equals), Boolean.valueOf(wanted));
            default -> BodyFilters.jsonAt(side, value.substring(0, equals), stringOrNumber(wanted));
        };
    }

    static ExchangeFilter duration(String value) {
        Matcher amount = AMOUNT.matcher(value);
        Duration unit = amount.matches() ? TIMES.get(amount.group(3).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "duration '" + value + "' is none: give > or <, a whole number and us, ms, s or m, such as >500ms");
        }
        Duration bound = unit.multipliedBy(Long.parseLong(amount.group(2)));
        return amount.group(1).equals(">")
                ? ExchangeFilter.slowerThan(bound)
                : FilterExpression.term(
                        "took less than " + value.substring(1),
                        exchange -> exchange.duration().compareTo(bound) < 0);
    }

    static ExchangeFilter size(MessageSide side, String value) {
        Matcher amount = AMOUNT.matcher(value);
        Long unit = amount.matches() ? BYTES.get(amount.group(3).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "size '" + value + "' is none: give > or <, a whole number and perhaps k, m or g, such as >100k");
        }
        long bytes = Long.parseLong(amount.group(2)) * unit;
        if (amount.group(1).equals(">")) {
            return side == MessageSide.REQUEST
                    ? ExchangeFilter.requestLargerThan(bytes)
                    : ExchangeFilter.responseLargerThan(bytes);
        }
        return FilterExpression.term(
                side + " body has less than " + bytes + " bytes",
                exchange -> side.body(exchange).size() < bytes);
    }

    private static Object stringOrNumber(String text) {
        try {
            Object value = JsonText.parse(text);
            return value instanceof Number || value instanceof String ? value : text;
        } catch (IOException e) { // It is no JSON: then it is meant as it stands.
            return text;
        }
    }
}
