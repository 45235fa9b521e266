package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.HttpOrigin;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a request that was edited. It need not be a {@link java.net.URI}: browsers send a {@code |} or braces as they
 * are, and the names of containers have underscores.
 *
 * @param origin where it leads
 * @param target path and query as they are sent, one character a byte
 */
record EditedUrl(HttpOrigin origin, String target) {
    private static final Pattern URL = Pattern.compile(
            "(?i)(?<scheme>https?)://(?:[^/?#@]*@)?(?<host>[a-z0-9._~%-]+|\\[[0-9a-f:.]+])(?::(?<port>[0-9]{0,9}))?"
                    + "(?<path>/[^?#]*)?(?<query>\\?[^#]*)?(?:#.*)?");

    private static final int MAX_PORT = 65_535;

    /**
     * Reads it; throws {@link RefusedException} where no request can be sent to it.
     *
     * @param captured the target before it was edited
     */
    static EditedUrl parse(String url, String captured) {
        if (url.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw refused("there is a blank in the URL, or a control character: write %20 for a blank");
        }
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw refused("the URL has to begin with http:// or https:// and a host in ASCII; a port is a number");
        }
        String path = Optional.ofNullable(matcher.group("path")).orElse("/");
        String query = Optional.ofNullable(matcher.group("query")).orElse("");
        return new EditedUrl(origin(matcher), inBytes(path + query, lastOfBytes(captured)));
    }

    private static HttpOrigin origin(Matcher matcher) {
        String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
        String digits = Optional.ofNullable(matcher.group("port")).orElse("");
        int port = !digits.isEmpty() ? Integer.parseInt(digits) : scheme.equals("https") ? 443 : 80;
        if (port < 1 || port > MAX_PORT) {
            throw refused("the port in the URL has to be one of 1 to " + MAX_PORT);
        }
        return new HttpOrigin(scheme, matcher.group("host").replaceAll("[\\[\\]]", ""), port);
    }

    /** The last character that stands for a byte: in a target that was captured in ASCII, no other has been one. */
    private static int lastOfBytes(String captured) {
        return captured.chars().allMatch(c -> c <= 0x7f) ? 0x7f : 0xff;
    }

    /** What is no byte is percent-encoded as browsers do it. */
    private static String inBytes(String target, int lastOfBytes) {
        StringBuilder bytes = new StringBuilder();
        target.codePoints().forEach(c -> {
            if (c <= lastOfBytes) {
                bytes.append((char) c);
                return;
            }
            for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                bytes.append(String.format("%%%02X", b));
            }
        });
        return bytes.toString();
    }

    private static RefusedException refused(String message) {
        return new RefusedException(400, message);
    }
}
