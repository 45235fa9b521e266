package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import java.util.List;
import java.util.Objects;
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

    /** The same filter, with words for what has none. */
    static ExchangeFilter worded(ExchangeFilter filter) {
        String words = describe(filter);
        return words.equals(filter.toString()) ? filter : term(words, filter);
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

    /** What an expression's parts are joined by. */
    private enum Binding {
        TERM,
        AND,
        OR
    }
}
