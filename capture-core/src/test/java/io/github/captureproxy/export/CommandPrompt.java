package io.github.captureproxy.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the command prompt of Windows reads lines: percent signs first, then quotes and carets. At the prompt an unknown
 * variable stays as it is; in a file it vanishes, two percent signs are one, and one before a digit is an argument.
 */
final class CommandPrompt {
    private final boolean file;
    private final Map<String, String> variables = new HashMap<>(Map.of("PATH", "a;b", "TEMP", "T:"));

    CommandPrompt(boolean file) {
        this.file = file;
    }

    /** The command lines that programs get, without those that only set a variable. */
    List<String> run(String script) {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : script.split("\r\n", -1)) {
            boolean goesOn = unescape(expand(line), command);
            if (goesOn) {
                continue;
            }
            if (command.indexOf("set \"") == 0) {
                String[] both = command.substring(5, command.lastIndexOf("\"")).split("=", 2);
                variables.put(both[0], both[1]);
            } else if (command.length() > 0) {
                commands.add(command.toString());
            }
            command.setLength(0);
        }
        return commands;
    }

    private String expand(String line) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c != '%') {
                expanded.append(c);
                at++;
                continue;
            }
            int end = line.indexOf('%', at + 1);
            if (file && end == at + 1) {
                expanded.append('%');
                at += 2;
            } else if (file && at + 1 < line.length() && Character.isDigit(line.charAt(at + 1))) {
                at += 2;
            } else {
                String name = end < 0 ? "" : line.substring(at + 1, end);
                String value = value(name);
                if (value == null && !file) {
                    expanded.append('%');
                    at++;
                } else {
                    expanded.append(value == null ? "" : value);
                    at = value == null && end < 0 ? at + 1 : end + 1;
                }
            }
        }
        return expanded.toString();
    }

    private String value(String name) {
        if (name.endsWith(":~0,1")) {
            String whole = variables.get(name.substring(0, name.length() - 5));
            return whole == null ? null : whole.substring(0, 1);
        }
        return variables.get(name);
    }

    /** Appends a line without its carets; tells if it goes on with the next. */
    private static boolean unescape(String line, StringBuilder command) {
        boolean comment = line.startsWith("REM ");
        boolean redirects =
                line.startsWith(">> \"T:") || line.startsWith("type nul > ") || line.startsWith("certutil ");
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '^' && !quoted && !comment) {
                i++;
                if (i == line.length()) {
                    return true;
                }
                command.append(line.charAt(i));
                continue;
            }
            if (c == '"') {
                quoted = !quoted;
            }
            if (!quoted && !comment && !redirects && "&|<>()".indexOf(c) >= 0) {
                throw new AssertionError(c + " means something to the prompt in " + line);
            }
            command.append(c);
        }
        return false;
    }
}
