package io.github.captureproxy.export;

import java.util.ArrayList;
import java.util.List;

/** How a program on Windows splits its command line, by the rules that Microsoft's C run-time documents. */
final class WindowsProgram {
    private WindowsProgram() {}

    static List<String> arguments(String line) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean begun = false;
        boolean quoted = false;
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            int backslashes = 0;
            while (at + backslashes < line.length() && line.charAt(at + backslashes) == '\\') {
                backslashes++;
            }
            boolean beforeQuote = at + backslashes < line.length() && line.charAt(at + backslashes) == '"';
            if (backslashes > 0) {
                argument.append("\\".repeat(beforeQuote ? backslashes / 2 : backslashes));
                at += backslashes;
                begun = true;
                if (beforeQuote && backslashes % 2 == 1) {
                    argument.append('"');
                    at++;
                }
            } else if (c == '"') {
                quoted = !quoted;
                begun = true;
                at++;
            } else if (!quoted && (c == ' ' || c == '\t' || c == '\n')) {
                if (begun) {
                    arguments.add(argument.toString());
                    argument.setLength(0);
                    begun = false;
                }
                at++;
            } else {
                argument.append(c);
                begun = true;
                at++;
            }
        }
        if (begun) {
            arguments.add(argument.toString());
        }
        return arguments;
    }
}
