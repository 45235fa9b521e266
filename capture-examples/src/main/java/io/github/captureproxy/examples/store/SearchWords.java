package io.github.captureproxy.examples.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what is typed into a search box into a query of the full-text index. Each word becomes a string in quotes, so
 * nothing in it is an operator.
 */
final class SearchWords {
    /** Nobody types more; what follows is not looked for. */
    private static final int MAX_WORDS = 32;

    private static final int MAX_LENGTH = 1_000;

    /** Shorter beginnings are those of so many words that putting their places together takes seconds. */
    private static final int LEAST_BEGINNING = 3;

    private SearchWords() {}

    /** The query; empty if there is no word. */
    static Optional<String> query(String typed) {
        List<String> phrases = phrases(typed.substring(0, Math.min(typed.length(), MAX_LENGTH)));
        if (phrases.isEmpty()) {
            return Optional.empty();
        }
        String query = String.join(
                " AND ", phrases.stream().map(phrase -> '"' + phrase + '"').toList());
        String last = phrases.get(phrases.size() - 1);
        boolean open = !typed.isEmpty() && isWordCharacter(typed.codePointBefore(typed.length()));
        return Optional.of(open && lastWordLength(last) >= LEAST_BEGINNING ? query + "*" : query);
    }

    /** What stands between blanks, or between quotes, and has at least one letter or digit. */
    private static List<String> phrases(String typed) {
        List<String> phrases = new ArrayList<>();
        StringBuilder phrase = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < typed.length() && phrases.size() < MAX_WORDS; i++) {
            char c = typed.charAt(i);
            if (c == '"' || !quoted && Character.isWhitespace(c)) {
                quoted ^= c == '"';
                take(phrase, phrases);
            } else {
                phrase.append(c == '\0' ? ' ' : c);
            }
        }
        take(phrase, phrases);
        return phrases.size() > MAX_WORDS ? phrases.subList(0, MAX_WORDS) : phrases;
    }

    private static void take(StringBuilder phrase, List<String> phrases) {
        if (phrase.codePoints().anyMatch(SearchWords::isWordCharacter)) {
            phrases.add(phrase.toString());
        }
        phrase.setLength(0);
    }

    /** What the index takes for a part of a word: letters, numbers, and what is for private use. */
    private static boolean isWordCharacter(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static int lastWordLength(String phrase) {
        int at = phrase.length();
        while (at > 0 && isWordCharacter(phrase.codePointBefore(at))) {
            at -= Character.charCount(phrase.codePointBefore(at));
        }
        return phrase.codePointCount(at, phrase.length());
    }
}
