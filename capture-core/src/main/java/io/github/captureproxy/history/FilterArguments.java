package io.github.captureproxy.history;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks what filters are given; the messages name the filter, what is wrong and what would be right. */
final class FilterArguments {
    private static final int MAX_PORT = 65_535;

    /** Characters of a field name or a method (RFC 9110 section 5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private FilterArguments() {}

    static void requireText(String text, String filter) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(filter + " with an empty text means all or nothing: give a text");
        }
    }

    static void requireStatus(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status " + status + " is no status code: give one from 100 to 999");
        }
    }

    static void requirePort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is no port: give one from 1 to " + MAX_PORT);
        }
    }

    static void requireSize(long bytes, String filter) {
        if (bytes < 0) {
            throw new IllegalArgumentException(filter + " is " + bytes + " bytes: give 0 or more");
        }
    }

    static void requireFieldName(String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "header '" + name + "' is no field name: give the name only, such as content-type");
        }
    }

    static void requirePath(String path, String filter) {
        if (!path.startsWith("/") && !path.equals("*")) {
            throw new IllegalArgumentException(
                    filter + " filter '" + path + "' does not start with /: give the path only");
        }
        if (path.indexOf('?') >= 0) {
            throw new IllegalArgumentException(filter + " filter '" + path
                    + "' has a query: give the path only; the query has a filter of its own");
        }
    }

    static String scheme(String scheme) {
        String name = scheme.toLowerCase(Locale.ROOT);
        if (!List.of("http", "https", "ws", "wss").contains(name)) {
            throw new IllegalArgumentException("scheme '" + scheme + "' is none that is proxied: give http or https");
        }
        return name;
    }

    static Pattern regex(String regex, String filter) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    filter + " '" + regex + "' is no regular expression: " + e.getDescription() + " at index "
                            + e.getIndex() + "; quote special characters with \\",
                    e);
        }
    }
}
