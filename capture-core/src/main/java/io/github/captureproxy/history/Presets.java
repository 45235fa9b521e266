package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What belongs to a page rather than to an API, told by heads and paths. */
final class Presets {
    private static final List<String> MEDIA_TYPES = List.of("image", "font", "audio", "video");

    /** Types of the same that stand elsewhere in the registry, old ones of fonts among them. */
    private static final Set<String> OTHER_MEDIA = Set.of(
            "text/css",
            "application/font-woff",
            "application/font-woff2",
            "application/font-sfnt",
            "application/x-font-woff",
            "application/x-font-ttf",
            "application/x-font-otf",
            "application/x-font-opentype",
            "application/vnd.ms-fontobject",
            "application/ogg",
            "application/dash+xml",
            "application/x-mpegurl",
            "application/vnd.apple.mpegurl");

    private static final Set<String> EXTENSIONS = Set.of(
            "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "svg", "apng", "heic", "tif", "tiff", // images
            "woff", "woff2", "ttf", "otf", "eot", // fonts
            "mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac", // audio
            "mp4", "m4v", "webm", "mov", "avi", "mkv", "ogv", "m3u8", "mpd", "m4s", // video
            "css");

    /** The subtypes in which data is sent, without suffixes such as {@code +json}. */
    private static final Set<String> DATA = Set.of(
            "json",
            "xml",
            "x-ndjson",
            "jsonl",
            "graphql",
            "grpc",
            "grpc-web",
            "grpc-web-text",
            "protobuf",
            "x-protobuf",
            "msgpack",
            "x-msgpack",
            "cbor",
            "event-stream");

    private static final Set<String> DATA_SUFFIXES = Set.of("json", "xml", "proto", "cbor");

    private static final Set<String> METHODS = Set.of("PUT", "PATCH", "DELETE");

    private Presets() {}

    static boolean isMedia(Exchange exchange) {
        String type = HeadFilters.essence(exchange, MessageSide.RESPONSE);
        if (type.isEmpty()) {
            return EXTENSIONS.contains(extension(exchange.request().path()));
        }
        return MEDIA_TYPES.contains(type.substring(0, type.indexOf('/'))) || OTHER_MEDIA.contains(type);
    }

    static boolean isPreflight(Exchange exchange) {
        return exchange.request().method().equals("OPTIONS")
                && exchange.request().headers().has("access-control-request-method");
    }

    static boolean isApiCall(Exchange exchange) {
        return METHODS.contains(exchange.request().method())
                || isData(HeadFilters.essence(exchange, MessageSide.REQUEST))
                || isData(HeadFilters.essence(exchange, MessageSide.RESPONSE));
    }

    private static boolean isData(String type) {
        if (type.startsWith("image/") || type.equals("application/xhtml+xml")) {
            return false;
        }
        String subtype = type.substring(type.indexOf('/') + 1);
        int plus = subtype.lastIndexOf('+');
        String base = plus < 0 ? subtype : subtype.substring(0, plus);
        return DATA.contains(base) || plus >= 0 && DATA_SUFFIXES.contains(subtype.substring(plus + 1));
    }

    private static String extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
