package io.github.captureproxy.examples.inspector;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a page gets for a call.
 *
 * @param status the status
 * @param type the content type
 * @param fileName the name under which it is to be saved, if it is a download
 * @param body writes the body
 */
public record Reply(int status, String type, Optional<String> fileName, Body body) {
    private static final String JSON = "application/json";

    /** Writes a body; it may take as long as it needs. */
    @FunctionalInterface
    public interface Body {
        /** Writes all of it, and leaves the stream open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** A value as JSON: a record, a map, a list, a JSON node. */
    public static Reply json(Object value) {
        byte[] bytes = Json.bytes(value);
        return new Reply(200, JSON, Optional.empty(), out -> out.write(bytes));
    }

    /** Done, and nothing to say. */
    public static Reply done() {
        return new Reply(204, "", Optional.empty(), out -> {});
    }

    /** Text that is shown as it is. */
    public static Reply text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Reply(200, "text/plain; charset=utf-8", Optional.empty(), out -> out.write(bytes));
    }

    /** Bytes of whatever type; the browser never looks for another one in them, and never runs them. */
    public static Reply bytes(String type, Body body) {
        return new Reply(200, type, Optional.empty(), body);
    }

    /** The same, to be saved. */
    public Reply as(String name) {
        return new Reply(status, type, Optional.of(name), body);
    }

    /** The same with another status. */
    public Reply withStatus(int other) {
        return new Reply(other, type, fileName, body);
    }

    static Reply refused(int status, String message) {
        byte[] bytes = Json.bytes(java.util.Map.of("message", message));
        return new Reply(status, JSON, Optional.empty(), out -> out.write(bytes));
    }
}
