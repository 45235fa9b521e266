package io.github.captureproxy.examples.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What JSON values have in common: their types, and of objects which properties are always there. Grows by each value. */
final class JsonShape {
    /** Deeper ones, and further names of a map that is written as an object, are left out. */
    private static final int MAX_DEPTH = 12;

    private static final int MAX_PROPERTIES = 100;

    private final TreeSet<String> types = new TreeSet<>();
    private final Map<String, JsonShape> properties = new TreeMap<>();
    private JsonShape[] items = {}; // none or one: a shape of what arrays hold
    private int seen;
    private int objects;

    /** Takes a value in. */
    void add(JsonNode value) {
        add(value, 0);
    }

    private void add(JsonNode value, int depth) {
        seen++;
        types.add(
                value.isIntegralNumber()
                        ? "integer"
                        : value.getNodeType().name().toLowerCase(Locale.ROOT));
        if (depth == MAX_DEPTH) {
            return;
        }
        if (value.isObject()) {
            objects++;
            value.properties().forEach(field -> {
                if (properties.size() < MAX_PROPERTIES || properties.containsKey(field.getKey())) {
                    properties
                            .computeIfAbsent(field.getKey(), name -> new JsonShape())
                            .add(field.getValue(), depth + 1);
                }
            });
        }
        if (value.isArray() && !value.isEmpty()) {
            items = items.length == 0 ? new JsonShape[] {new JsonShape()} : items;
            value.forEach(item -> items[0].add(item, depth + 1));
        }
    }

    /** As lines of text, indented; optional properties have a question mark, as they have in TypeScript. */
    String text(String indent) {
        StringBuilder text = new StringBuilder(String.join(" | ", types));
        for (Map.Entry<String, JsonShape> each : properties.entrySet()) {
            boolean always = each.getValue().seen == objects;
            text.append("\n").append(indent).append("  ").append(each.getKey()).append(always ? ": " : "?: ");
            text.append(each.getValue().text(indent + "  "));
        }
        if (items.length > 0) {
            text.append(" of ").append(items[0].text(indent));
        }
        return text.toString();
    }
}
