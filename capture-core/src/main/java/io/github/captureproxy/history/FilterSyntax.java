package io.github.captureproxy.history;

import java.util.List;

/**
 * A filter's text as {@link ExchangeFilter#parse} reads it, taken apart: for programs that turn it into another form, such
 * as the query of a database, and ask {@link #filter} only for what they can't express. Immutable and safe for any thread.
 */
public sealed interface FilterSyntax {
    /**
     * Reads a text, by the grammar and with the messages of {@link ExchangeFilter#parse}.
     *
     * @param text the filter, at most 10,000 characters; blank for every exchange
     * @return its tree; no more than 100 levels of brackets and negations deep
     * @throws FilterSyntaxException if it cannot be read at some place
     * @throws IllegalArgumentException if it is too long
     */
    static FilterSyntax parse(String text) {
        return new FilterText(text).parse();
    }

    /**
     * The filter that this stands for.
     *
     * @return the same as {@link ExchangeFilter#parse} makes of the text
     */
    ExchangeFilter filter();

    /** Every exchange: a blank text. */
    record All() implements FilterSyntax {
        @Override
        public ExchangeFilter filter() {
            return ExchangeFilter.any();
        }
    }

    /**
     * All of its operands have to hold.
     *
     * @param operands two or more, in order
     */
    record And(List<FilterSyntax> operands) implements FilterSyntax {
        /** Copies the list. */
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public ExchangeFilter filter() {
            return operands.stream()
                    .map(FilterSyntax::filter)
                    .reduce(ExchangeFilter::and)
                    .orElseThrow();
        }
    }

    /**
     * One of its operands has to hold.
     *
     * @param operands two or more, in order
     */
    record Or(List<FilterSyntax> operands) implements FilterSyntax {
        /** Copies the list. */
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public ExchangeFilter filter() {
            return operands.stream()
                    .map(FilterSyntax::filter)
                    .reduce(ExchangeFilter::or)
                    .orElseThrow();
        }
    }

    /**
     * Its operand must not hold.
     *
     * @param operand what must not
     */
    record Not(FilterSyntax operand) implements FilterSyntax {
        @Override
        public ExchangeFilter filter() {
            return operand.filter().not();
        }
    }

    /**
     * A key and its value. Values have been checked: those of {@code port} are ports, and so on.
     *
     * @param key the key in lower case, such as {@code host}; {@code url} for a word alone
     * @param values the value as it was written, without quotes; or where the key takes several, those between commas, of
     *     which one has to hold
     * @param position the index in the text of its first character
     * @param filter the filter for this term alone
     */
    record Term(String key, List<String> values, int position, ExchangeFilter filter) implements FilterSyntax {
        /** Copies the list. */
        public Term {
            values = List.copyOf(values);
        }
    }
}
