package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.examples.store.Sort;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows a call is about, in the parameters that all calls share which are about rows. */
final class RowParameters {
    private RowParameters() {}

    /** Reads them: {@code filter search methods types status errors hidePassThrough host session pinned sort desc}. */
    static RowQuery of(Call call) {
        return new RowQuery(
                call.query("filter").orElse(""),
                call.query("search").orElse(""),
                Set.copyOf(call.list("methods")),
                call.list("types").stream()
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                digits(call.list("status")),
                call.flag("errors"),
                call.flag("hidePassThrough"),
                call.query("host"),
                call.number("session"),
                call.flag("pinned"),
                call.query("sort").map(RowParameters::sort).orElse(Sort.TIME),
                call.flag("desc"));
    }

    private static Set<Integer> digits(List<String> classes) {
        return classes.stream().map(RowParameters::digit).collect(Collectors.toSet());
    }

    private static int digit(String text) {
        if (!text.matches("[0-9]")) {
            throw new RefusedException(400, "status has to be the first digits of statuses, such as 4,5; 0 for no response");
        }
        return text.charAt(0) - '0';
    }

    private static Sort sort(String name) {
        for (Sort sort : Sort.values()) {
            if (sort.name().equalsIgnoreCase(name)) {
                return sort;
            }
        }
        throw new RefusedException(
                400,
                "rows can't be sorted by that: give one of "
                        + Arrays.stream(Sort.values())
                                .map(sort -> sort.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }
}
