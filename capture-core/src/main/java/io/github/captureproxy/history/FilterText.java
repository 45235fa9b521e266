package io.github.captureproxy.history;

import io.github.captureproxy.history.FilterWords.Kind;
import io.github.captureproxy.history.FilterWords.Word;
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

    ExchangeFilter parse() {
        if (next.kind() == Kind.END) {
            return ExchangeFilter.any();
        }
        ExchangeFilter filter = either();
        if (next.kind() != Kind.END) {
            throw FilterWords.error(next.position(), "a ) without a ( before it: leave it out, or put it in quotes");
        }
        return filter;
    }

    private ExchangeFilter either() {
        ExchangeFilter filter = all();
        while (next.kind() == Kind.OR) {
            advance();
            filter = filter.or(all());
        }
        return filter;
    }

    private ExchangeFilter all() {
        ExchangeFilter filter = one();
        while (next.kind() != Kind.OR && next.kind() != Kind.CLOSE && next.kind() != Kind.END) {
            if (next.kind() == Kind.AND) {
                advance();
            }
            filter = filter.and(one());
        }
        return filter;
    }

    private ExchangeFilter one() {
        Word word = advance();
        return switch (word.kind()) {
            case NOT -> deeper(word, this::one).not();
            case OPEN -> deeper(word, () -> inBrackets(word));
            case WORD -> FilterTerm.of(word);
            case AND, OR, CLOSE, END ->
                throw FilterWords.error(
                        word.position(),
                        "a term is missing before " + word + ": write one such as method:POST or a part of the URL");
        };
    }

    private ExchangeFilter inBrackets(Word open) {
        ExchangeFilter filter = either();
        if (next.kind() != Kind.CLOSE) {
            throw FilterWords.error(open.position(), "the ( is not closed: add a )");
        }
        advance();
        return filter;
    }

    private ExchangeFilter deeper(Word word, Supplier<ExchangeFilter> read) {
        if (++depth > MAX_DEPTH) {
            throw FilterWords.error(
                    word.position(), "nested more than " + MAX_DEPTH + " levels deep: write it flatter");
        }
        ExchangeFilter filter = read.get();
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
