package io.github.captureproxy.internal.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HeaderList;

/** Tells of a head that breaks the rules as much as its first line shows, for the record alone. */
final class MalformedHead {
    /** Characters of the method and of the target that are kept. */
    private static final int MAX_SHOWN = 200;

    private MalformedHead() {}

    static CapturedRequest captured(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 4 * MAX_SHOWN), ISO_8859_1);
        int end = text.indexOf('\n');
        String[] parts = (end < 0 ? text : text.substring(0, end)).strip().split(" ", 3);
        String method = parts[0].isEmpty() ? "?" : shown(parts[0]);
        String target = parts.length > 1 ? shown(parts[1]) : "";
        return new CapturedRequest(
                method, target, "HTTP/1.1", null, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
    }

    /** What can be told of a malformed request of HTTP/2. */
    static CapturedRequest captured(String method, String target) {
        return new CapturedRequest(
                method.isEmpty() ? "?" : shown(method),
                shown(target),
                "HTTP/2",
                null,
                HeaderList.empty(),
                CapturedBody.empty(),
                HeaderList.empty());
    }

    private static String shown(String part) {
        return part.substring(0, Math.min(part.length(), MAX_SHOWN)).replaceAll("[^!-~]", "?");
    }
}
