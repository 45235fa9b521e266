package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.io.IOException;
import java.util.Locale;

/** How HAR, and Chromium beyond it, call what an exchange has. */
final class HarNames {
    /** Beyond this a query is no query; the URL has it in full. */
    private static final int MAX_PAIRS = 10_000;

    /** In front of a target of which nothing could be told; no such host can exist (RFC 6761 section 6.4). */
    static final String UNKNOWN = "http://unknown.invalid/";

    private HarNames() {}

    /** Takes a name and a value. */
    interface Pairs {
        void accept(String name, String value) throws IOException;
    }

    /**
     * An absolute URL for any request, also where HTTP has none: of CONNECT, of {@code OPTIONS *}, and of one whose target
     * could not be read. Without white space and control characters, which no URL may have.
     */
    static String url(CapturedRequest request) {
        HttpOrigin origin = request.origin().orElse(null);
        String target = request.target();
        String url;
        if (origin == null) {
            url = target.startsWith("http://") || target.startsWith("https://")
                    ? target
                    : UNKNOWN + (target.startsWith("/") ? target.substring(1) : target);
        } else if (target.equals("*") || request.method().equals("CONNECT")) {
            url = origin + "/";
        } else {
            url = request.url();
        }
        return withoutSpaces(url);
    }

    private static String withoutSpaces(String url) {
        if (url.chars().noneMatch(HarNames::isNeverInUrl)) {
            return url;
        }
        StringBuilder clean = new StringBuilder(url.length() + 16);
        url.chars().forEach(c -> clean.append(isNeverInUrl(c) ? String.format("%%%02X", c) : Character.toString(c)));
        return clean.toString();
    }

    private static boolean isNeverInUrl(int c) {
        return c <= ' ' || c >= 0x7f && c <= 0xa0 || "\"<>\\".indexOf(c) >= 0;
    }

    /** As browsers name it. */
    static String version(String version) {
        return version.equals("HTTP/2") ? "http/2.0" : version;
    }

    /** The version by any of the names that writers use. */
    static String httpVersion(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "http/2", "http/2.0", "h2", "h2c" -> "HTTP/2";
            case "http/3", "http/3.0", "h3" -> "HTTP/3";
            case "http/1.0" -> "HTTP/1.0";
            case "", "unknown", "http/1.1" -> "HTTP/1.1";
            default -> name;
        };
    }

    /** The pairs of a query, decoded. */
    static void pairs(String query, Pairs pairs) throws IOException {
        int at = 0;
        int count = 0;
        while (at < query.length() && count++ < MAX_PAIRS) {
            int end = query.indexOf('&', at);
            end = end < 0 ? query.length() : end;
            if (end > at) {
                String pair = query.substring(at, end);
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                pairs.accept(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
            at = end + 1;
        }
    }

    private static String decoded(String text) {
        return FormScrubber.decoded(text.getBytes(ISO_8859_1));
    }

    static int opcode(WebSocketMessage.Type type) {
        return switch (type) {
            case TEXT -> 1;
            case BINARY -> 2;
            case CLOSE -> 8;
            case PING -> 9;
            case PONG -> 10;
        };
    }

    static WebSocketMessage.Type type(int opcode) {
        return switch (opcode) {
            case 1 -> WebSocketMessage.Type.TEXT;
            case 8 -> WebSocketMessage.Type.CLOSE;
            case 9 -> WebSocketMessage.Type.PING;
            case 10 -> WebSocketMessage.Type.PONG;
            default -> WebSocketMessage.Type.BINARY;
        };
    }

    /** What Chromium's DevTools file it under: by what the browser said, else by the response's type. */
    static String resourceType(Exchange exchange) {
        if (exchange.upgradedTo()
                .filter(protocol -> protocol.equalsIgnoreCase("websocket"))
                .isPresent()) {
            return "websocket";
        }
        String destination =
                exchange.request().headers().first("sec-fetch-dest").orElse("");
        return switch (destination) {
            case "document", "iframe", "frame" -> "document";
            case "script", "worker", "sharedworker", "serviceworker" -> "script";
            case "style" -> "stylesheet";
            case "image", "font", "manifest" -> destination;
            case "audio", "video", "track" -> "media";
            case "empty" -> "fetch";
            default -> byType(exchange);
        };
    }

    private static String byType(Exchange exchange) {
        MediaType type = exchange.response()
                .flatMap(response -> response.headers().first("content-type"))
                .flatMap(MediaType::parse)
                .orElse(null);
        if (type == null) {
            return "other";
        }
        if (type.type().equals("image") || type.type().equals("font")) {
            return type.type();
        }
        if (type.type().equals("audio") || type.type().equals("video")) {
            return "media";
        }
        String subtype = type.subtype();
        if (subtype.equals("html") || subtype.equals("xhtml+xml")) {
            return "document";
        }
        if (subtype.equals("css")) {
            return "stylesheet";
        }
        return subtype.contains("javascript") ? "script" : subtype.contains("json") ? "xhr" : "other";
    }
}
