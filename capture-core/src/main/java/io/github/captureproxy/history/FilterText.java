package io.github.captureproxy.history;

import io.github.captureproxy.history.FilterWords.Kind;
import io.github.captureproxy.history.FilterWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads the text form of a filter, by this grammar: {@code either = all ("or" all)*}, {@code all = one ("and"? one)*},
 * {@code one = ("not" | "-") one | "(" either ")" | word}. For one use.
 */
final class FilterText {
    /** Longer ones nobody typed. */
    private static final int MAX_LENGTH = 10_000;

    /** Each level of brackets, and each "not", takes some of the stack. */
    private static final int MAX_DEPTH = 100;

    private final FilterWords words;
    private Word next;
    private int depth;

    FilterText(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the filter has " + text.length() + " characters: give at most " + MAX_LENGTH);
        }
        words = new FilterWords(text);
        next = words.next();
    }

    FilterSyntax parse() {
        if (next.kind() == Kind.END) {
            return new FilterSyntax.All();
        }
        FilterSyntax filter = either();
        if (next.kind() != Kind.END) {
            throw FilterWords.error(next.position(), "a ) without a ( before it: leave it out, or put it in quotes");
        }
        return filter;
    }

    private FilterSyntax either() {
        List<FilterSyntax> alternatives = new ArrayList<>();
        alternatives.add(all());
        while (next.kind() == Kind.OR) {
            advance();
            alternatives.add(all());
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new FilterSyntax.Or(alternatives);
    }

    private FilterSyntax all() {
        List<FilterSyntax> operands = new ArrayList<>();
        operands.add(one());
        while (next.kind() != Kind.OR && next.kind() != Kind.CLOSE && next.kind() != Kind.END) {
            if (next.kind() == Kind.AND) {
                advance();
            }
            operands.add(one());
        }
        return operands.size() == 1 ? operands.get(0) : new FilterSyntax.And(operands);
    }

    private FilterSyntax one() {
        Word word = advance();
        return switch (word.kind()) {
            case NOT -> new FilterSyntax.Not(deeper(word, this::one));
            case OPEN -> deeper(word, () -> inBrackets(word));
            case WORD -> FilterTerm.of(word);
            case AND, OR, CLOSE, END ->
                throw FilterWords.error(
                        word.position(),
                        "a term is missing before " + word + ": write one such as method:POST or a part of the URL");
        };
    }

    private FilterSyntax inBrackets(Word open) {
        FilterSyntax filter = either();
        if (next.kind() != Kind.CLOSE) {
            throw FilterWords.error(open.position(), "the ( is not closed: add a )");
        }
        advance();
        return filter;
    }

    private FilterSyntax deeper(Word word, Supplier<FilterSyntax> read) {
        if (++depth > MAX_DEPTH) {
            throw FilterWords.error(
                    word.position(), "nested more than " + MAX_DEPTH + " levels deep: write it flatter");
        }
        FilterSyntax filter = read.get();
        depth--;
        return filter;
    }

    private Word advance() {
        Word word = next;
        if (word.kind() != Kind.END) {
            next = words.next();
        }
        return word;
    }
}
