package io.github.captureproxy.history;

import java.util.List;
import java.util.Optional;

/** Looks for the first named operation of a GraphQL document (GraphQL specification, section 2.3). For one use. */
final class GraphQlDocument {
    private static final List<String> OPERATIONS = List.of("query", "mutation", "subscription");

    private final String text;
    private int at;
    private int depth;

    GraphQlDocument(String text) {
        this.text = text;
    }

    /** Its name, if there is one; a document that breaks the grammar is read as well as can be. */
    Optional<String> firstOperation() {
        String keyword = "";
        boolean atStart = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isNameStart(c)) {
                String name = name();
                if (depth == 0 && !atStart && OPERATIONS.contains(keyword)) {
                    return Optional.of(name);
                }
                keyword = depth == 0 && atStart ? name : "";
                atStart = false;
            } else {
                // What describes an operation stands before it (since the edition of September 2025).
                boolean ignored = isIgnored(c) || c == '"' && atStart;
                boolean endsDefinition = c == '}' && depth == 1;
                skip(c);
                keyword = ignored ? keyword : "";
                atStart = endsDefinition || ignored && atStart;
            }
        }
        return Optional.empty();
    }

    private String name() {
        int start = at;
        while (at < text.length() && (isNameStart(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skip(char c) {
        switch (c) {
            case '#' -> at = after("\n");
            case '"' -> skipString();
            case '{', '(', '[' -> {
                depth++;
                at++;
            }
            case '}', ')', ']' -> {
                depth = Math.max(0, depth - 1);
                at++;
            }
            default -> at++;
        }
    }

    private void skipString() {
        if (text.startsWith("\"\"\"", at)) {
            at += 3;
            while (at < text.length() && !text.startsWith("\"\"\"", at)) {
                at += text.startsWith("\\\"\"\"", at) ? 4 : 1;
            }
            at += 3;
            return;
        }
        at++;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private int after(String end) {
        int found = text.indexOf(end, at);
        return found < 0 ? text.length() : found + end.length();
    }

    private static boolean isIgnored(char c) {
        return c == '#' || c == ',' || c == '\uFEFF' || Character.isWhitespace(c);
    }

    private static boolean isNameStart(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
