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

    /** What is bound together; empty in a term. Asked one after the other, as thousands may not fit the stack. */
    private final List<ExchangeFilter> operands;

    private FilterExpression(String text, ExchangeFilter test) {
        this.text = text;
        this.binding = Binding.TERM;
        this.test = test;
        this.operands = List.of();
    }

    private FilterExpression(String text, Binding binding, List<ExchangeFilter> operands) {
        this.text = text;
        this.binding = binding;
        this.operands = operands;
        this.test = binding == Binding.AND
                ? exchange -> operands.stream().allMatch(operand -> operand.matches(exchange))
                : exchange -> operands.stream().anyMatch(operand -> operand.matches(exchange));
    }

    static ExchangeFilter term(String text, ExchangeFilter test) {
        return new FilterExpression(Objects.requireNonNull(text, "text"), test);
    }

    static ExchangeFilter both(ExchangeFilter one, ExchangeFilter two) {
        Objects.requireNonNull(two, "other");
        return new FilterExpression(
                operand(one, Binding.AND) + " and " + operand(two, Binding.AND),
                Binding.AND,
                Stream.concat(one.parts().stream(), two.parts().stream()).toList());
    }

    static ExchangeFilter either(ExchangeFilter one, ExchangeFilter two) {
        Objects.requireNonNull(two, "other");
        return new FilterExpression(
                operand(one, Binding.OR) + " or " + operand(two, Binding.OR),
                Binding.OR,
                Stream.concat(alternatives(one), alternatives(two)).toList());
    }

    private static Stream<ExchangeFilter> alternatives(ExchangeFilter filter) {
        return filter instanceof FilterExpression expression && expression.binding == Binding.OR
                ? expression.operands.stream()
                : Stream.of(filter);
    }

    static ExchangeFilter inverse(ExchangeFilter filter) {
        return new FilterExpression("not (" + describe(filter) + ")", exchange -> !filter.matches(exchange));
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
        return binding == Binding.AND ? operands : List.of(this);
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
