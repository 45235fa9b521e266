package io.github.captureproxy.examples.inspector;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which part of the program answers which call, by method and path. */
public final class Routes {
    private final List<Route> routes = new CopyOnWriteArrayList<>();

    /** Answers calls; it may block. */
    @FunctionalInterface
    public interface Endpoint {
        /** Answers one. */
        Reply answer(Call call) throws IOException, InterruptedException;
    }

    private record Route(String method, List<String> segments, Endpoint endpoint) {
        Optional<Map<String, String>> match(String method, List<String> path) {
            if (!this.method.equals(method) || path.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    values.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }
    }

    /** Who answers, and what stood in the place of the names in the path. */
    record Match(Map<String, String> path, Endpoint endpoint) {}

    /** Has an endpoint answer a method on a path such as {@code /api/rows/{id}}. */
    public Routes on(String method, String path, Endpoint endpoint) {
        routes.add(new Route(method, segments(path), endpoint));
        return this;
    }

    Optional<Match> find(String method, String rawPath) {
        List<String> path = segments(rawPath).stream()
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        for (Route route : routes) {
            Optional<Map<String, String>> values = route.match(method, path);
            if (values.isPresent()) {
                return Optional.of(new Match(values.get(), route.endpoint()));
            }
        }
        return Optional.empty();
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
