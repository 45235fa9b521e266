package io.github.captureproxy.export;

import io.github.captureproxy.exchange.HttpOrigin;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The URLs of HAR: absolute, and not always what a URI parser takes. */
final class HarUrl {
    private static final int MAX_PORT = 65_535;

    private HarUrl() {}

    /** Non-ASCII that is no single byte, percent-encoded as browsers send it. */
    static String inBytes(String url) {
        StringBuilder bytes = new StringBuilder(url.length());
        url.codePoints().forEach(c -> {
            if (c <= 0xff) {
                bytes.append((char) c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    bytes.append('%').append(String.format("%02X", b & 0xff));
                }
            }
        });
        return bytes.toString();
    }

    /** The URL as a request to a forward proxy has it: WebSockets start as HTTP. */
    static String target(String url) {
        if (url.regionMatches(true, 0, "wss://", 0, 6)) {
            return "https" + url.substring(3);
        }
        return url.regionMatches(true, 0, "ws://", 0, 5) ? "http" + url.substring(2) : url;
    }

    /** Scheme, host and port, if it is a URL of HTTP or WebSocket. */
    static Optional<HttpOrigin> origin(String url) {
        String http = target(url);
        int start = http.indexOf("://");
        String scheme = start < 0 ? "" : http.substring(0, start).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.empty();
        }
        String authority = authority(http.substring(start + 3));
        int bracket = authority.indexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = port(colon < 0 ? "" : authority.substring(colon + 1), scheme);
        return host.isEmpty() || port < 1 ? Optional.empty() : Optional.of(new HttpOrigin(scheme, host, port));
    }

    private static String authority(String rest) {
        int end = 0;
        while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String authority = rest.substring(0, end);
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static int port(String digits, String scheme) {
        if (digits.isEmpty()) {
            return scheme.equals("https") ? 443 : 80;
        }
        boolean number = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : -1;
        return port <= MAX_PORT ? port : -1;
    }
}
