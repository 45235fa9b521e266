package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which options of curl repeat a request, the URL before all others; the body's is not among them. */
final class CurlOptions {
    private static final Set<String> CODINGS_OF_CURL =
            Set.of("gzip", "x-gzip", "deflate", "br", "zstd", "identity", "*");

    /** Curl resolves them, unless it is told not to. */
    private static final Pattern DOT_SEGMENTS = Pattern.compile("/(\\.|%2e){1,2}([/?]|$)", Pattern.CASE_INSENSITIVE);

    /** What curl would take for several URLs. */
    private static final Pattern GLOB = Pattern.compile("[\\[\\]{}]");

    /** Curl asks first whether a larger body is welcome. */
    private static final long EXPECTS_ABOVE = 1024L * 1024;

    private final CapturedRequest request;
    private final List<Option> options = new ArrayList<>();

    private CurlOptions(CapturedRequest request) {
        this.request = request;
    }

    /**
     * An option.
     *
     * @param flag its name; empty for the URL
     * @param value what follows it, one character a byte; empty if nothing does
     */
    record Option(String flag, Optional<String> value) {}

    static List<Option> of(CapturedRequest request) {
        CurlOptions made = new CurlOptions(request);
        made.url();
        made.method();
        made.version();
        made.fields();
        return List.copyOf(made.options);
    }

    /** Tells if a body is sent, which may be an empty one. */
    static boolean sendsBody(CapturedRequest request) {
        boolean saidSo = request.headers().first("content-length").isPresent() && !isSafe(request);
        return request.body().capturedSize() > 0 || saidSo;
    }

    private static boolean isSafe(CapturedRequest request) {
        return Set.of("GET", "HEAD").contains(request.method());
    }

    private void url() {
        String sent = request.url();
        String url = WireText.percentEncoded(sent, "#");
        add("", url);
        if (GLOB.matcher(url).find()) {
            add("--globoff");
        }
        if (DOT_SEGMENTS.matcher(url).find()) {
            add("--path-as-is");
        }
        if (request.target().equals("*")) {
            add("--request-target", "*");
        } else if (!url.equals(sent)) { // It has bytes that curl takes in no URL.
            String origin = request.origin().map(Object::toString).orElse("");
            add("--request-target", sent.substring(origin.length()));
        }
    }

    private void method() {
        String method = request.method();
        boolean body = sendsBody(request);
        if (method.equals("HEAD") && !body) {
            add("--head"); // With -X it would wait for a body.
        } else if (!method.equals(body ? "POST" : "GET")) {
            add("-X", method);
        }
    }

    private void version() {
        boolean tls =
                request.origin().map(origin -> origin.scheme().equals("https")).orElse(false);
        switch (request.httpVersion()) {
            case "HTTP/2" -> add(tls ? "--http2" : "--http2-prior-knowledge");
            case "HTTP/1.0" -> add("--http1.0");
            default -> {
                if (tls) {
                    add("--http1.1");
                }
            }
        }
    }

    private void fields() {
        boolean compressed = isForCurl(request.headers().all("accept-encoding"));
        for (Header field : RepeatedFields.of(request)) {
            if (compressed && field.name().equalsIgnoreCase("accept-encoding")) {
                continue;
            }
            add("-H", field.value().isEmpty() ? field.name() + ";" : field.name() + ": " + field.value());
        }
        HeaderList sent = request.headers();
        if (compressed) {
            add("--compressed");
        }
        without("Accept", sent);
        without("User-Agent", sent);
        if (sendsBody(request)) {
            without("Content-Type", sent);
        }
        if (request.body().capturedSize() > EXPECTS_ABOVE) {
            without("Expect", sent);
        }
    }

    /** Takes away a field that curl would add. */
    private void without(String name, HeaderList sent) {
        if (!sent.has(name)) {
            add("-H", name + ":");
        }
    }

    /** Tells if codings are accepted, and all of them are such as curl undoes. */
    private static boolean isForCurl(List<String> acceptEncoding) {
        List<String> codings = acceptEncoding.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(coding -> coding.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
                .toList();
        return CODINGS_OF_CURL.containsAll(codings)
                && codings.stream().anyMatch(coding -> !coding.equals("identity") && !coding.equals("*"));
    }

    private void add(String flag) {
        options.add(new Option(flag, Optional.empty()));
    }

    private void add(String flag, String value) {
        options.add(new Option(flag, Optional.of(value)));
    }
}
