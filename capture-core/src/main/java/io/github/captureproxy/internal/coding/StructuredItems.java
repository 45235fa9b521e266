package io.github.captureproxy.internal.coding;

/**
 * Walks over the members of a Dictionary (RFC 8941 section 4.2.2). Inner lists and parameters are checked and passed
 * over. What breaks the rules ends the walk, and marks all of it as {@linkplain #isBroken() broken}. For one thread.
 */
final class StructuredItems {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~:/";

    private final String text;
    private int at;
    private boolean broken;

    StructuredItems(String value) {
        this.text = value.strip();
    }

    /** The key of the member that starts here; empty where none does. */
    String key() {
        int start = at;
        if (!isLower(peek()) && peek() != '*') {
            broken = true;
            return "";
        }
        while (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** The value of the member whose key was read, as it is written; {@code ?1} where it is left out. */
    String value() {
        int start = at + 1;
        if (!take('=')) {
            parameters();
            return "?1";
        }
        if (peek() == '(') {
            innerList();
        } else {
            item();
        }
        String item = broken ? "" : text.substring(start, at);
        parameters();
        return item;
    }

    /** Goes on to the next member; false at the end, or where something else stands. */
    boolean nextMember() {
        skipBlanks();
        if (broken || at == text.length()) {
            return false;
        }
        broken = !take(',');
        skipBlanks();
        return !broken; // A comma at the end is no end: the key that has to follow is missing.
    }

    boolean isBroken() {
        return broken;
    }

    private void innerList() {
        at++;
        skipSpaces();
        while (!broken && peek() != ')') {
            item();
            parameters();
            broken |= peek() != ' ' && peek() != ')';
            skipSpaces();
        }
        at++;
    }

    private void parameters() {
        while (!broken && take(';')) {
            skipSpaces();
            key();
            if (take('=')) {
                item();
            }
        }
    }

    private void item() {
        char first = peek();
        if (first == '"') {
            quoted();
        } else if (first == ':') {
            int end = text.indexOf(':', at + 1);
            broken |= end < 0;
            at = end + 1;
        } else if (first == '?') {
            at++;
            broken |= !take('0') && !take('1');
        } else if (first == '-' || isDigit(first)) {
            number();
        } else {
            token();
        }
    }

    private void quoted() {
        at++;
        while (at < text.length() && peek() != '"') {
            at += peek() == '\\' ? 2 : 1;
        }
        broken |= !take('"');
    }

    private void number() {
        take('-');
        int digits = at;
        while (isDigit(peek())) {
            at++;
        }
        broken |= at == digits;
        if (take('.')) {
            broken |= !isDigit(peek());
            while (isDigit(peek())) {
                at++;
            }
        }
    }

    private void token() {
        broken |= !isLetter(peek()) && peek() != '*';
        while (isLetter(peek()) || isDigit(peek()) || TOKEN_MARKS.indexOf(peek()) >= 0) {
            at++;
        }
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** The character here; NUL, which no rule lets in, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLetter(char c) {
        return isLower(c) || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
