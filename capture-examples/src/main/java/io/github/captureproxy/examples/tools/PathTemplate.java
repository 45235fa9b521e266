package io.github.captureproxy.examples.tools;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Paths that differ in identifiers alone are one: {@code /orders/17} and {@code /orders/18}. Pure. */
final class PathTemplate {
    /** Numbers, UUIDs, long hexadecimal ones, and long ones that mix letters and digits. */
    private static final Pattern IDENTIFIER = Pattern.compile("\\d+"
            + "|(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"
            + "|(?i)(?=.*\\d)[0-9a-f]{12,}"
            + "|(?=.*\\d)(?=.*[A-Za-z])[A-Za-z0-9_=-]{16,}");

    private PathTemplate() {}

    /** A path with a placeholder for each identifier. */
    static String of(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> IDENTIFIER.matcher(segment).matches() ? "{id}" : segment)
                .collect(Collectors.joining("/"));
    }
}
