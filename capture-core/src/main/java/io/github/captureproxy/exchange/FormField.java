package io.github.captureproxy.exchange;

import java.util.Objects;

/**
 * A field of a URL-encoded form.
 *
 * @param name its name, decoded; may be empty
 * @param value its value, decoded; may be empty
 */
public record FormField(String name, String value) {
    /** Checks that both parts are there. */
    public FormField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}
