package io.github.captureproxy.examples.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was seen of one method at one path. */
final class Endpoint {
    /** An example is for reading. */
    private static final int MAX_EXAMPLE = 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String method;
    private final String path;
    private final TreeSet<String> parameters = new TreeSet<>();
    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, JsonShape> shapes = new TreeMap<>(); // "request", "response 200"
    private final Map<String, String> examples = new TreeMap<>();
    private int calls;

    Endpoint(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Takes in an exchange that has a response, and no secrets. */
    void add(Exchange exchange) {
        calls++;
        int status = exchange.response().orElseThrow().status();
        statuses.merge(status, 1, Integer::sum);
        exchange.request().query().ifPresent(query -> {
            for (String pair : query.split("&", -1)) {
                parameters.add(pair.replaceFirst("=.*", ""));
            }
        });
        add("request", exchange.request().body());
        add("response " + status, exchange.response().orElseThrow().body());
    }

    private void add(String what, CapturedBody body) {
        json(body).ifPresent(value -> {
            shapes.computeIfAbsent(what, name -> new JsonShape()).add(value);
            examples.putIfAbsent(what, value.toPrettyString());
        });
    }

    private static Optional<JsonNode> json(CapturedBody body) {
        boolean isJson =
                body.mediaType().filter(type -> type.subtype().endsWith("json")).isPresent();
        if (!isJson || body.isTruncated()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(body.text())).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty(); // it only says that it is JSON
        }
    }

    /** A section of its own. */
    String markdown() {
        StringBuilder text = new StringBuilder("\n### " + method + " `" + path.replace("`", "%60") + "`\n\n");
        text.append(calls).append(calls == 1 ? " call. Status" : " calls. Status");
        statuses.forEach((status, times) ->
                text.append(" ").append(status).append(" (").append(times).append(")"));
        text.append(".\n");
        if (!parameters.isEmpty()) {
            text.append("\nQuery: `").append(String.join("`, `", parameters)).append("`\n");
        }
        shapes.forEach((what, shape) -> {
            String example = examples.getOrDefault(what, "");
            text.append("\n**").append(what).append("**\n\n").append(fenced(shape.text("")));
            text.append("\n").append(fenced(example.substring(0, Math.min(example.length(), MAX_EXAMPLE))));
        });
        return text.toString();
    }

    /** Within a fence that the text itself can't close. */
    private static String fenced(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + "\n" + text + "\n" + fence + "\n";
    }
}
