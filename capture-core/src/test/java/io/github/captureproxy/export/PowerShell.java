package io.github.captureproxy.export;

import java.util.ArrayList;
import java.util.List;

/** How PowerShell splits a command into words, and makes one command line of them again, as it did before 7.3. */
final class PowerShell {
    private PowerShell() {}

    /** The words of a command on one line or several. */
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        int at = 0;
        while (at < command.length()) {
            char c = command.charAt(at);
            if (c == '\'') {
                at = quoted(command, at, word);
                begun = true;
            } else if (c == '"') { // Only a variable is ever in these.
                int end = command.indexOf('"', at + 1);
                word.append(command, at + 1, end);
                at = end + 1;
                begun = true;
            } else if (c == '`' && command.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == ' ') {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
                at++;
            } else if (Character.isLetterOrDigit(c) || c == '-' || c == '.') {
                word.append(c);
                begun = true;
                at++;
            } else {
                throw new AssertionError(c + " means something to PowerShell in " + command);
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    private static int quoted(String command, int start, StringBuilder word) {
        int at = start + 1;
        while (true) {
            char c = command.charAt(at);
            boolean quote = c == '\'' || c >= '\u2018' && c <= '\u201b';
            if (quote && (at + 1 == command.length() || command.charAt(at + 1) != c)) {
                return at + 1;
            }
            word.append(c);
            at += quote ? 2 : 1;
        }
    }

    /** The command line that a program gets: words with white space in quotes, unless they have some of their own. */
    static String commandLine(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (!word.isEmpty()) { // Empty ones get lost.
                line.append(needsQuotes(word) ? "\"" + word + "\"" : word).append(' ');
            }
        }
        return line.toString();
    }

    private static boolean needsQuotes(String word) {
        boolean quoted = false;
        for (int i = 0; i < word.length(); i++) {
            boolean escaped = i > 0 && word.charAt(i - 1) == '\\';
            if (word.charAt(i) == '"' && !escaped) {
                quoted = !quoted;
            } else if (Character.isWhitespace(word.charAt(i)) && !quoted) {
                return true;
            }
        }
        return false;
    }
}
