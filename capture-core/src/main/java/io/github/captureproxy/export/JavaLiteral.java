package io.github.captureproxy.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as a Java expression, in ASCII, so that the compiler's charset doesn't matter. */
final class JavaLiteral {
    /** A constant has at most 65,535 bytes, and a character up to 3 (JVMS 4.4.7). */
    private static final int LONGEST = 20_000;

    private static final String INDENTATION = " ".repeat(16);

    private JavaLiteral() {}

    /** A string literal, a text block where there are lines, or a call that joins several of them. */
    static String of(String text) {
        if (text.length() <= LONGEST) {
            return isLines(text) ? block(text) : literal(text);
        }
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); from += LONGEST) {
            pieces.add(literal(text.substring(from, Math.min(text.length(), from + LONGEST))));
        }
        // A sum of literals would be one constant again.
        return "String.join(\"\", " + String.join(", ", pieces) + ")";
    }

    private static boolean isLines(String text) {
        int newLine = text.indexOf('\n');
        return newLine >= 0 && newLine < text.length() - 1;
    }

    private static String literal(String text) {
        return "\"" + escaped(text, true) + "\"";
    }

    /** The last delimiter stands on a line of its own and so says how far all is indented (JLS 3.10.6). */
    private static String block(String text) {
        StringBuilder block = new StringBuilder("\"\"\"\n");
        for (String line : text.split("\n", -1)) {
            block.append(INDENTATION).append(line(line)).append('\n');
        }
        boolean ended = text.endsWith("\n");
        int end = block.length() - (ended ? INDENTATION.length() + 1 : 1);
        block.setLength(end);
        return block.append(ended ? "" : "\\\n")
                .append(INDENTATION)
                .append("\"\"\"")
                .toString();
    }

    private static String line(String line) {
        StringBuilder escaped = escaped(line, false);
        int last = escaped.length() - 1;
        if (last >= 0 && escaped.charAt(last) == ' ') {
            escaped.replace(last, last + 1, "\\s"); // White space at the end would be stripped.
        }
        return escaped.toString().replace("\"\"\"", "\\\"\\\"\\\"");
    }

    private static StringBuilder escaped(String text, boolean quotes) {
        boolean unicode = text.chars().anyMatch(c -> c > 0x7f);
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && !quotes) {
                escaped.append(c);
            } else if (c == '\\' && (unicode || text.startsWith("u", i + 1))) {
                escaped.append("\\134"); // The compiler of JDK 17 miscounts backslashes beside Unicode escapes.
            } else {
                escaped.append(escaped(c));
            }
        }
        return escaped;
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            // Octal, as the compiler reads Unicode escapes before it looks for the ends of lines and literals.
            default ->
                c < ' ' || c == 0x7f
                        ? String.format(Locale.ROOT, "\\%03o", (int) c)
                        : c < 0x7f ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c);
        };
    }
}
