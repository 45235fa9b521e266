package io.github.captureproxy.exchange;

import java.util.Objects;

/**
 * One header field as it stood on the wire.
 *
 * @param name the field name in the case that was sent
 * @param value the field value without the white space around it (RFC 9112 section 5.1); each character is one byte
 *     (ISO-8859-1), so that no byte is lost
 */
public record Header(String name, String value) {
    /** Checks that both parts are there. */
    public Header {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
