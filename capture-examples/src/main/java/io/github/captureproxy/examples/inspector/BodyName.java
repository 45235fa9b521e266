package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.MediaType;
import java.util.Map;

/** A name for the file that a body is saved in: plain enough for every file system, whatever was captured. */
final class BodyName {
    private static final int MAX_LENGTH = 80;

    private static final Map<String, String> ENDINGS = Map.ofEntries(
            Map.entry("application/json", ".json"),
            Map.entry("application/xml", ".xml"),
            Map.entry("text/xml", ".xml"),
            Map.entry("text/html", ".html"),
            Map.entry("text/css", ".css"),
            Map.entry("text/plain", ".txt"),
            Map.entry("text/csv", ".csv"),
            Map.entry("text/javascript", ".js"),
            Map.entry("application/javascript", ".js"),
            Map.entry("application/pdf", ".pdf"),
            Map.entry("application/zip", ".zip"),
            Map.entry("image/png", ".png"),
            Map.entry("image/jpeg", ".jpg"),
            Map.entry("image/gif", ".gif"),
            Map.entry("image/webp", ".webp"),
            Map.entry("image/avif", ".avif"),
            Map.entry("image/svg+xml", ".svg"),
            Map.entry("text/event-stream", ".txt"));

    private BodyName() {}

    static String of(Exchange exchange, CapturedBody body, String side) {
        String path = exchange.request().path();
        String last = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        String plain = last.replaceFirst("^\\.+", "");
        String name = plain.isEmpty() ? exchange.request().host().replaceAll("[^A-Za-z0-9._-]", "_") : plain;
        String cut = name.substring(0, Math.min(name.length(), MAX_LENGTH));
        String ending =
                ENDINGS.getOrDefault(body.mediaType().map(MediaType::essence).orElse(""), "");
        String beside = side.equals("response") ? "" : "-" + side;
        boolean hasEnding = beside.isEmpty() && cut.matches(".*\\.[A-Za-z0-9]{1,5}");
        return cut + beside + (hasEnding ? "" : ending.isEmpty() ? ".bin" : ending);
    }
}
