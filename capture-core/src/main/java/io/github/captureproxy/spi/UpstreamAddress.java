package io.github.captureproxy.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Reads {@code [http://][user[:password]@]host[:port][/]} (RFC 3986 section 3.2), more kindly than {@link java.net.URI}:
 * passwords hold raw characters in practice, and host names underscores. Messages never show the user information.
 */
final class UpstreamAddress {
    /** The port of the scheme http, which is how proxies without a port are meant. */
    private static final int DEFAULT_PORT = 80;

    private static final int MAX_PORT = 65_535;

    private UpstreamAddress() {}

    static UpstreamProxy parse(String text) {
        int scheme = text.indexOf("://");
        checkScheme(scheme < 0 ? "http" : text.substring(0, scheme).toLowerCase(Locale.ROOT), text);
        String rest = scheme < 0 ? text : text.substring(scheme + "://".length());
        // Up to the last @: a raw password may hold one, and a slash too.
        int at = rest.lastIndexOf('@');
        String hostPort = withoutSlash(rest.substring(at + 1), text);
        int colon = portColon(hostPort);
        String host = host(colon < 0 ? hostPort : hostPort.substring(0, colon), text);
        int port = colon < 0 ? DEFAULT_PORT : port(hostPort.substring(colon + 1), text);
        return at < 0 ? UpstreamProxy.of(host, port) : withUser(host, port, rest.substring(0, at));
    }

    /** The text with everything before the last {@code @} hidden. */
    static String withoutSecrets(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return text;
        }
        int scheme = text.indexOf("://");
        return (scheme < 0 ? "" : text.substring(0, scheme + "://".length())) + "***" + text.substring(at);
    }

    private static void checkScheme(String scheme, String text) {
        if (scheme.equals("http")) {
            return;
        }
        String why = switch (scheme) {
            case "https" ->
                "is a proxy that is itself spoken to over TLS, which is not supported: give its http:// address";
            case "socks", "socks4", "socks4a", "socks5", "socks5h" ->
                "is a SOCKS proxy, which is not supported: give the http:// address of an HTTP proxy";
            default -> "is not the address of an HTTP proxy: write http://host:port";
        };
        throw malformed(text, why);
    }

    private static String withoutSlash(String hostPort, String text) {
        int slash = hostPort.indexOf('/');
        if (slash >= 0 && slash != hostPort.length() - 1) {
            throw malformed(text, "has a path, which an HTTP proxy has not: write http://host:port");
        }
        return slash < 0 ? hostPort : hostPort.substring(0, slash);
    }

    private static int portColon(String hostPort) {
        int colon = hostPort.lastIndexOf(':');
        return colon > hostPort.lastIndexOf(']') ? colon : -1;
    }

    private static String host(String text, String whole) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        boolean colon = host.indexOf(':') >= 0;
        if (host.isEmpty()
                || colon != bracketed
                || host.chars().anyMatch(c -> c <= ' ' || "[]?#\\\"<>".indexOf(c) >= 0)) {
            throw malformed(whole, "has no valid host: write http://host:port, and an IPv6 address in brackets");
        }
        return host;
    }

    private static int port(String digits, String text) {
        boolean plausible =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = plausible ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw malformed(text, "has no valid port: write one of 1 to 65535");
        }
        return port;
    }

    private static UpstreamProxy withUser(String host, int port, String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = percentDecoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : percentDecoded(userInfo.substring(colon + 1));
        return UpstreamProxy.of(host, port, user, password);
    }

    private static String percentDecoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = hex(raw, i + 1);
            int low = hex(raw, i + 2);
            if (raw[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                // A raw percent sign without two digits behind it stands for itself, as people paste passwords.
                bytes.write(raw[i]);
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int hex(byte[] raw, int at) {
        return at < raw.length ? Character.digit(raw[at], 16) : -1;
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("\"" + withoutSecrets(text) + "\" " + why);
    }
}
