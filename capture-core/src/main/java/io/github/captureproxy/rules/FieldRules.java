package io.github.captureproxy.rules;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What a rule may write into a head: nothing that could start another line, or say where a message ends. */
final class FieldRules {
    /** The proxy says these itself, as it delimits messages and connections (RFC 9112 section 6, RFC 9110 7.6.1). */
    private static final Set<String> OF_THE_PROXY = Set.of(
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "http2-settings");

    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    private FieldRules() {}

    static String responseName(String name) {
        String checked = token("header name", name);
        if (isOfTheProxy(checked)) {
            throw new IllegalArgumentException("the header \"" + name
                    + "\" delimits messages or is about a connection: the proxy writes it itself, so leave it out");
        }
        return checked;
    }

    static boolean isOfTheProxy(String name) {
        return OF_THE_PROXY.contains(name.toLowerCase(Locale.ROOT));
    }

    static String requestName(String name) {
        if (name.equalsIgnoreCase("host")) {
            throw new IllegalArgumentException(
                    "the header \"" + name + "\" follows from where a request goes: use redirectTo(origin)");
        }
        return responseName(name);
    }

    /** RFC 9110 section 5.6.2. */
    static String token(String what, String text) {
        Objects.requireNonNull(text, what);
        boolean isToken = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            isToken &= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN.indexOf(c) >= 0;
        }
        if (!isToken) {
            throw new IllegalArgumentException("the " + what + " \"" + shown(text)
                    + "\" is no token (RFC 9110 section 5.6.2): give letters, digits or " + TOKEN);
        }
        return text;
    }

    /** RFC 9110 section 5.5, without what could end the line. */
    static String value(String name, String value) {
        Objects.requireNonNull(value, "value");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException(String.format(
                        "the value of the header \"%s\" has U+%04X at index %d: give ISO-8859-1 without control characters",
                        name, (int) c, i));
            }
        }
        return value.strip();
    }

    /** A path with its query, as it may stand in a request line. */
    static String target(String target) {
        Objects.requireNonNull(target, "target");
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("the target \"" + shown(target)
                    + "\" does not begin with a slash: give a path, with a query if any");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw new IllegalArgumentException(String.format(
                        "the target has U+%04X at index %d: percent-encode all but printable ASCII, and leave out a fragment",
                        (int) c, i));
            }
        }
        return target;
    }

    static int status(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("the status is " + status + ": give a final one, 200 to 599");
        }
        return status;
    }

    private static String shown(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().limit(80).forEach(c -> out.append(c < ' ' || c > 0x7e ? '?' : (char) c));
        return out.toString();
    }
}
