package io.github.captureproxy.examples.inspector;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The field that names a download (RFC 6266), whatever characters the name has. */
final class FileName {
    private FileName() {}

    static String attachment(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        String exact = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }
}
