package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.MediaType;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Filters by the header fields of either message. */
final class HeadFilters {
    private HeadFilters() {}

    static ExchangeFilter has(MessageSide side, String name) {
        FilterArguments.requireFieldName(name);
        return FilterExpression.term(
                side + " has " + name, exchange -> side.headers(exchange).has(name));
    }

    static ExchangeFilter is(MessageSide side, String name, String value) {
        FilterArguments.requireFieldName(name);
        Objects.requireNonNull(value, "value");
        return FilterExpression.term(
                side + " has " + name + ": " + value, exchange -> any(exchange, side, name, value::equals));
    }

    static ExchangeFilter matches(MessageSide side, String name, String regex) {
        FilterArguments.requireFieldName(name);
        Pattern pattern = FilterArguments.regex(regex, side + "HeaderMatches");
        return FilterExpression.term(
                side + " has " + name + " that matches '" + regex + "'",
                exchange -> any(
                        exchange, side, name, value -> pattern.matcher(value).find()));
    }

    static ExchangeFilter contentType(MessageSide side, String type) {
        String wanted = type.toLowerCase(Locale.ROOT).strip();
        int slash = wanted.indexOf('/');
        if (slash < 1 || slash == wanted.length() - 1 || wanted.indexOf(';') >= 0) {
            throw new IllegalArgumentException("content type '" + type
                    + "' is not a type, a slash and a subtype: write it like application/json or image/*");
        }
        Predicate<String> like = Wildcard.anywhere(wanted);
        return FilterExpression.term(side + " is of type " + wanted, exchange -> like.test(essence(exchange, side)));
    }

    /** The type without its parameters, in lower case; empty if there is none. */
    static String essence(Exchange exchange, MessageSide side) {
        return side.headers(exchange)
                .first("content-type")
                .flatMap(MediaType::parse)
                .map(MediaType::essence)
                .orElse("");
    }

    private static boolean any(Exchange exchange, MessageSide side, String name, Predicate<String> accepted) {
        return side.headers(exchange).all(name).stream().anyMatch(accepted);
    }
}
