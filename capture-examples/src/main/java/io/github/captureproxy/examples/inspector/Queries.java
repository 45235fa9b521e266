package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.examples.store.Sort;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which rows a call means, by the parameters of its query. */
final class Queries {
    private Queries() {}

    static RowQuery of(Call call) {
        return new RowQuery(
                call.query("filter").orElse(""),
                call.query("search").orElse(""),
                Set.copyOf(call.list("methods")),
                Set.copyOf(call.list("types")),
                call.list("status").stream().map(Queries::statusClass).collect(Collectors.toUnmodifiableSet()),
                call.flag("errors"),
                call.flag("hidePassThrough"),
                call.query("host"),
                call.number("session"),
                call.flag("pinned"),
                call.query("sort").map(Queries::sort).orElse(Sort.TIME),
                call.flag("desc"));
    }

    private static int statusClass(String digit) {
        if (!digit.matches("[1-5]")) {
            throw new RefusedException(400, "status \"" + digit + "\": give the first digits of statuses, such as 4,5");
        }
        return digit.charAt(0) - '0';
    }

    private static Sort sort(String name) {
        return Arrays.stream(Sort.values())
                .filter(sort -> sort.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException(400, "sort \"" + name + "\": there is no such column"));
    }
}
