package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** A filter that knows its own words, and what binds them together. */
final class FilterExpression implements ExchangeFilter {
    private static final String UNDESCRIBED = "a custom filter";

    private final String text;
    private final Binding binding;
    private final ExchangeFilter test;
    private final List<ExchangeFilter> parts;

    private FilterExpression(String text, Binding binding, ExchangeFilter test) {
        this(text, binding, test, List.of());
    }

    private FilterExpression(String text, Binding binding, ExchangeFilter test, List<ExchangeFilter> parts) {
        this.text = text;
        this.binding = binding;
        this.test = test;
        this.parts = parts;
    }

    static ExchangeFilter term(String text, ExchangeFilter test) {
        return new FilterExpression(Objects.requireNonNull(text, "text"), Binding.TERM, test);
    }

    static ExchangeFilter both(ExchangeFilter one, ExchangeFilter two) {
        Objects.requireNonNull(two, "other");
        return new FilterExpression(
                operand(one, Binding.AND) + " and " + operand(two, Binding.AND),
                Binding.AND,
                exchange -> one.matches(exchange) && two.matches(exchange),
                Stream.concat(one.parts().stream(), two.parts().stream()).toList());
    }

    static ExchangeFilter either(ExchangeFilter one, ExchangeFilter two) {
        Objects.requireNonNull(two, "other");
        return new FilterExpression(
                operand(one, Binding.OR) + " or " + operand(two, Binding.OR),
                Binding.OR,
                exchange -> one.matches(exchange) || two.matches(exchange));
    }

    static ExchangeFilter inverse(ExchangeFilter filter) {
        return new FilterExpression(
                "not (" + describe(filter) + ")", Binding.TERM, exchange -> !filter.matches(exchange));
    }

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
                ? term("host is " + name, exchange -> exchange.request().host().endsWith(wanted))
                : term("host is " + name, exchange -> exchange.request().host().equals(wanted));
    }

    static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "urlMatches '" + regex + "' is no regular expression: " + e.getDescription() + " at index "
                            + e.getIndex() + "; quote special characters with \\",
                    e);
        }
    }

    static void requireText(String text, String filter) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(filter + " with an empty text means all or nothing: give a text");
        }
    }

    static void requireStatus(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status " + status + " is no status code: give one from 100 to 999");
        }
    }

    /** The words of any filter: a lambda, or a class without a {@code toString} of its own, has none. */
    static String describe(ExchangeFilter filter) {
        String text = filter.toString();
        boolean unnamed = filter.getClass().isHidden()
                || text.startsWith(filter.getClass().getName() + "@");
        return unnamed ? UNDESCRIBED : text;
    }

    @Override
    public boolean matches(Exchange exchange) {
        return test.matches(exchange);
    }

    @Override
    public List<ExchangeFilter> parts() {
        return parts.isEmpty() ? List.of(this) : parts;
    }

    @Override
    public String toString() {
        return text;
    }

    private static String operand(ExchangeFilter filter, Binding parent) {
        if (filter instanceof FilterExpression expression && expression.needsBrackets(parent)) {
            return "(" + expression.text + ")";
        }
        return describe(filter);
    }

    private boolean needsBrackets(Binding parent) {
        return binding != Binding.TERM && binding != parent;
    }

    private static String withoutBrackets(String name) {
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private static boolean hasPort(String name) {
        int colon = name.indexOf(':');
        return colon >= 0 && colon == name.lastIndexOf(':');
    }

    /** What an expression's parts are joined by. */
    private enum Binding {
        TERM,
        AND,
        OR
    }
}
