package io.github.captureproxy.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.internal.coding.UrlEncoded;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Filters by the parts of a request's URL. */
final class UrlFilters {
    /** No more parameters are looked at; servers stop at a thousand, too. */
    private static final int MAX_PARAMETERS = 1000;

    private UrlFilters() {}

    static ExchangeFilter host(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean below = name.startsWith("*.");
        String wanted = below ? name.substring(1) : withoutBrackets(name);
        if (wanted.length() < 2 && below || wanted.isEmpty() || wanted.indexOf('*') >= 0) {
            throw new IllegalArgumentException("host filter '" + host
                    + "' is no host name: give a whole name, or *. and a name for all names under it");
        }
        if (wanted.indexOf('/') >= 0 || hasPort(wanted)) {
            throw new IllegalArgumentException(
                    "host filter '" + host + "' is more than a host: leave out scheme, port and path");
        }
        return below
                ? FilterExpression.term(
                        "host is " + name, exchange -> exchange.request().host().endsWith(wanted))
                : FilterExpression.term(
                        "host is " + name, exchange -> exchange.request().host().equals(wanted));
    }

    static ExchangeFilter scheme(String scheme) {
        String wanted = FilterArguments.scheme(scheme);
        return FilterExpression.term(
                "scheme is " + wanted,
                exchange -> exchange.request()
                        .origin()
                        .map(origin -> origin.scheme().equals(wanted))
                        .orElse(false));
    }

    static ExchangeFilter port(int port) {
        FilterArguments.requirePort(port);
        return FilterExpression.term(
                "port is " + port,
                exchange -> exchange.request()
                        .origin()
                        .map(origin -> origin.port() == port)
                        .orElse(false));
    }

    static ExchangeFilter pathLike(String pattern) {
        FilterArguments.requirePath(pattern, "pathLike");
        Predicate<String> like = Wildcard.inPath(pattern);
        return FilterExpression.term(
                "path is like " + pattern,
                exchange -> like.test(exchange.request().path()));
    }

    static ExchangeFilter queryParameter(String name) {
        FilterArguments.requireText(name, "query parameter");
        return FilterExpression.term("query has " + name, exchange -> anyParameter(exchange, name, value -> true));
    }

    static ExchangeFilter queryParameter(String name, String value) {
        FilterArguments.requireText(name, "query parameter");
        Objects.requireNonNull(value, "value");
        return FilterExpression.term(
                "query has " + name + "=" + value, exchange -> anyParameter(exchange, name, value::equals));
    }

    /** The values of a parameter, in order. */
    static boolean anyParameter(Exchange exchange, String wanted, Predicate<String> accepted) {
        String query = exchange.request().query().orElse("");
        AtomicBoolean found = new AtomicBoolean();
        UrlEncoded.parse(query.getBytes(ISO_8859_1), MAX_PARAMETERS, (name, value) -> {
            if (name.equals(wanted) && accepted.test(value)) {
                found.set(true);
            }
        });
        return found.get();
    }

    private static String withoutBrackets(String name) {
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private static boolean hasPort(String name) {
        int colon = name.indexOf(':');
        return colon >= 0 && colon == name.lastIndexOf(':');
    }
}
