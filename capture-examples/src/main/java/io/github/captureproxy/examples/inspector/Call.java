package io.github.captureproxy.examples.inspector;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** What a page asks for. A parameter that is missing or not what it has to be ends the call with a 400. */
public final class Call {
    /** A body that is read as JSON is no larger than this; an import is read as a stream. */
    static final int MAX_JSON = 32 * 1024 * 1024;

    private final Map<String, String> path;
    private final Fields query;
    private final RequestBody body;

    Call(Request request, Map<String, String> path) {
        this.path = path;
        this.query = Request.extractQueryParameters(request);
        this.body = new RequestBody(Content.Source.asInputStream(request));
    }

    /** The part of the path that a route's {@code {name}} stands for. */
    public String path(String name) {
        return path.getOrDefault(name, "");
    }

    /** The same, as a number. */
    public long id(String name) {
        return number(name, path(name));
    }

    /** A parameter of the query, unless it is missing or empty. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.getValue(name)).filter(value -> !value.isEmpty());
    }

    /** A parameter that lists words, parted by commas; without any where it is missing. */
    public List<String> list(String name) {
        return query(name).map(value -> List.of(value.split(","))).orElse(List.of());
    }

    /** A parameter that is a number, within bounds. */
    public int number(String name, int fallback, int min, int max) {
        return query(name)
                .map(value -> (int) Math.max(min, Math.min(max, number(name, value))))
                .orElse(fallback);
    }

    /** A parameter that is a number, unless it is missing. */
    public OptionalLong number(String name) {
        return query(name).stream().mapToLong(value -> number(name, value)).findFirst();
    }

    /** Whether a parameter is {@code 1} or {@code true}. */
    public boolean flag(String name) {
        return query(name)
                .filter(value -> value.equals("1") || value.equals("true"))
                .isPresent();
    }

    /** The body as JSON. */
    public JsonNode json() throws IOException {
        try (InputStream in = body()) {
            byte[] bytes = in.readNBytes(MAX_JSON + 1);
            if (bytes.length > MAX_JSON) {
                throw new RefusedException(413, "more than " + MAX_JSON + " bytes of JSON");
            }
            return Json.read(bytes);
        }
    }

    /** The body, to be read to its end. */
    public InputStream body() {
        return body;
    }

    /** The body didn't come whole. */
    boolean isCutOff() {
        return body.isCutOff();
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new RefusedException(400, name + " has to be a number");
        }
    }
}
