package io.github.captureproxy.history;

/**
 * Splits the text form of a filter into words, brackets and operators. Quotes may stand anywhere in a word, as in a
 * shell; brackets that open within a word belong to it up to where they close.
 */
final class FilterWords {
    private final String text;
    private int at;

    FilterWords(String text) {
        this.text = text;
    }

    /** The next word; after the last one an end, again and again. */
    Word next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (start == text.length()) {
            return new Word(Kind.END, "", start, -1);
        }
        return switch (text.charAt(start)) {
            case '(' -> sign(Kind.OPEN);
            case ')' -> sign(Kind.CLOSE);
            case '-' -> sign(Kind.NOT);
            default -> word(start);
        };
    }

    static FilterSyntaxException error(int position, String problem) {
        return new FilterSyntaxException(position, problem);
    }

    private Word sign(Kind kind) {
        return new Word(kind, text.substring(at, ++at), at - 1, -1);
    }

    private Word word(int start) {
        StringBuilder plain = new StringBuilder();
        int colon = -1;
        int brackets = 0;
        boolean quoted = false;
        while (at < text.length() && !endsWord(text.charAt(at), brackets)) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                quoted = true;
                quoted(c, plain);
                continue;
            }
            if (c == ':' && colon < 0 && !quoted) {
                colon = plain.length();
            }
            brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
            plain.append(c);
            at++;
        }
        String word = plain.toString();
        return new Word(quoted ? Kind.WORD : kind(word), word, start, colon);
    }

    private static boolean endsWord(char c, int brackets) {
        return Character.isWhitespace(c) || c == ')' && brackets == 0;
    }

    private void quoted(char quote, StringBuilder plain) {
        int start = at++;
        while (at < text.length() && text.charAt(at) != quote) {
            boolean escapes = text.charAt(at) == '\\'
                    && at + 1 < text.length()
                    && (text.charAt(at + 1) == quote || text.charAt(at + 1) == '\\');
            at += escapes ? 1 : 0;
            plain.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw error(start, "the quote is not closed: add a " + quote);
        }
        at++;
    }

    private static Kind kind(String word) {
        if (word.equalsIgnoreCase("and")) {
            return Kind.AND;
        }
        if (word.equalsIgnoreCase("or")) {
            return Kind.OR;
        }
        return word.equalsIgnoreCase("not") ? Kind.NOT : Kind.WORD;
    }

    /** What a piece of the text is. */
    enum Kind {
        WORD,
        AND,
        OR,
        NOT,
        OPEN,
        CLOSE,
        END
    }

    /**
     * A piece of the text.
     *
     * @param kind what it is
     * @param text it without quotes
     * @param position the index of its first character
     * @param colon the index in it of the first colon outside quotes, if that comes before any; otherwise -1
     */
    record Word(Kind kind, String text, int position, int colon) {
        @Override
        public String toString() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }
}
