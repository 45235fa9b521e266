package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HttpOrigin;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which fields of a request are sent when another client repeats it. Not those that were for one hop alone (RFC 9110
 * section 7.6.1), and not those that the client makes itself: framing, and Host where the URL says it.
 */
final class RepeatedFields {
    private static final Set<String> NEVER = Set.of(
            "connection",
            "content-length",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Set<String> nominated = new HashSet<>();
    private final String authority;
    private final String withPort;

    RepeatedFields(CapturedRequest request) {
        for (String value : request.headers().all("connection")) {
            for (String name : value.split(",", -1)) {
                nominated.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        nominated.remove("host"); // No client may take it away by that.
        this.authority = request.origin().map(HttpOrigin::authority).orElse("");
        this.withPort =
                request.origin().map(origin -> authority + ":" + origin.port()).orElse("");
    }

    /** The fields of a request that are sent again, in order. */
    static List<Header> of(CapturedRequest request) {
        RepeatedFields fields = new RepeatedFields(request);
        return request.headers().stream().filter(fields::has).toList();
    }

    /** Tells if a field of the request is sent again. */
    boolean has(Header header) {
        String name = header.name().toLowerCase(Locale.ROOT);
        if (name.equals("host")) {
            return !header.value().equalsIgnoreCase(authority)
                    && !header.value().equalsIgnoreCase(withPort);
        }
        return !NEVER.contains(name)
                && !nominated.contains(name)
                && !name.startsWith("proxy-")
                && !name.startsWith(":");
    }
}
