package io.github.captureproxy.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a comparison leaves out.
 *
 * @param headers field names in lower case
 * @param pointers JSON pointers, taken apart, with {@code *} for any one name or index
 */
record Ignored(Set<String> headers, List<List<String>> pointers) {
    /** What varies by itself, and what is about a connection or the framing. */
    static final Ignored DEFAULT = new Ignored(
            Set.of(
                    "age",
                    "connection",
                    "content-length",
                    "date",
                    "expires",
                    "keep-alive",
                    "server-timing",
                    "set-cookie",
                    "transfer-encoding",
                    "x-correlation-id",
                    "x-request-id",
                    "x-runtime"),
            List.of());

    Ignored withHeaders(String... names) {
        Set<String> all = new TreeSet<>(headers);
        Arrays.stream(names).map(name -> name.toLowerCase(Locale.ROOT)).forEach(all::add);
        return new Ignored(all, pointers);
    }

    Ignored withoutHeaders(String... names) {
        Set<String> fewer = new TreeSet<>(headers);
        Arrays.stream(names).map(name -> name.toLowerCase(Locale.ROOT)).forEach(fewer::remove);
        return new Ignored(fewer, pointers);
    }

    Ignored withPointers(String... added) {
        List<List<String>> all = new ArrayList<>(pointers);
        for (String pointer : added) {
            if (!pointer.startsWith("/")) {
                throw new IllegalArgumentException("\"" + pointer + "\" is no JSON pointer: it begins with a slash");
            }
            all.add(segments(pointer));
        }
        return new Ignored(headers, List.copyOf(all));
    }

    boolean header(String name) {
        return headers.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean json(String pointer) {
        return !pointers.isEmpty() && pointers.stream().anyMatch(pattern -> covers(pattern, segments(pointer)));
    }

    private static boolean covers(List<String> pattern, List<String> segments) {
        if (pattern.size() > segments.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String pointer) {
        return pointer.isEmpty() ? List.of() : List.of(pointer.substring(1).split("/", -1));
    }
}
