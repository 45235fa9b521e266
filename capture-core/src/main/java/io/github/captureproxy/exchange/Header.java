package io.github.captureproxy.exchange;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * One header field as it stood on the wire.
 *
 * @param name the field name in the case that was sent
 * @param value the field value without the white space around it (RFC 9112 section 5.1); each character is one byte
 *     (ISO-8859-1), so that no byte is lost
 */
public record Header(String name, String value) {
    private static final Set<String> SECRET = Set.of(
            "authorization",
            "proxy-authorization",
            "authentication-info",
            "proxy-authentication-info",
            "cookie",
            "cookie2",
            "set-cookie",
            "set-cookie2");

    /** Checks that both parts are there. */
    public Header {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /**
     * The field's line, without the value where that holds credentials or cookies: this text may end up in a log.
     *
     * @return such as {@code Accept: text/html} or {@code Cookie: ...}
     */
    @Override
    public String toString() {
        return name + ": " + (SECRET.contains(name.toLowerCase(Locale.ROOT)) ? "..." : value);
    }
}
