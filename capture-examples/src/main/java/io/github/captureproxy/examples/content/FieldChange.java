package io.github.captureproxy.examples.content;

import io.github.captureproxy.exchange.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What became of the fields of one name between two messages. The case of names makes no difference (RFC 9110 section
 * 5.1); the order of the values does.
 *
 * @param name the name, as the first message that has it writes it
 * @param before the values in the one message
 * @param after the values in the other
 * @param same whether they are the same
 */
public record FieldChange(String name, List<String> before, List<String> after, boolean same) {
    /** Copies the lists. */
    public FieldChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Compares fields.
     *
     * @param before those of the one message
     * @param after those of the other
     * @return one entry a name, in the order in which they come first
     */
    public static List<FieldChange> between(Iterable<Header> before, Iterable<Header> after) {
        Map<String, List<Header>> old = byName(before);
        Map<String, List<Header>> now = byName(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        List<FieldChange> changes = new ArrayList<>();
        for (String name : names) {
            List<Header> first = old.getOrDefault(name, List.of());
            List<Header> second = now.getOrDefault(name, List.of());
            String shown = (first.isEmpty() ? second : first).get(0).name();
            changes.add(new FieldChange(
                    shown, values(first), values(second), values(first).equals(values(second))));
        }
        return changes;
    }

    private static Map<String, List<Header>> byName(Iterable<Header> fields) {
        Map<String, List<Header>> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                .add(field));
        return byName;
    }

    private static List<String> values(List<Header> fields) {
        return fields.stream().map(Header::value).toList();
    }
}
