package io.github.captureproxy.examples.inspector;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * What is refused before anyone looks at a request: another host's name (DNS rebinding), another site's script, and
 * whatever comes through a proxy. And what every answer tells the browser: to run nothing but the page's own files.
 */
final class Guard {
    /**
     * Scripts and styles from the page's own files alone, one inline script (the import map, by its hash), images also
     * from what the page itself made of captured bytes, frames only for sandboxed previews.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self' '%s'; style-src 'self'; "
            + "img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; frame-src 'self' blob:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private final Set<String> hosts;
    private final String policy;

    Guard(int port, String importMapHash) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
        this.policy = POLICY.formatted(importMapHash);
    }

    /** Why a request is refused; empty for one that may go on. */
    Optional<String> refusal(Request request) {
        HttpFields headers = request.getHeaders();
        String host = headers.get(HttpHeader.HOST);
        if (host == null || !hosts.contains(host)) {
            return Optional.of("this page is only found by the address of this machine itself");
        }
        String origin = headers.get(HttpHeader.ORIGIN);
        if (origin != null && !origin.equals("http://" + host)) {
            return Optional.of("another site's page asks for this");
        }
        String site = headers.get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none") && !isNavigation(headers)) {
            return Optional.of("another site's page asks for this");
        }
        if (headers.contains(HttpHeader.VIA) || headers.contains(HttpHeader.X_FORWARDED_FOR)) {
            return Optional.of("this page isn't shown through a proxy");
        }
        return Optional.empty();
    }

    /** A link from elsewhere may lead here: the page itself holds no secret. */
    private static boolean isNavigation(HttpFields headers) {
        return "navigate".equals(headers.get("Sec-Fetch-Mode")) && "document".equals(headers.get("Sec-Fetch-Dest"));
    }

    void protect(Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(new HttpField("Content-Security-Policy", policy));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cache-Control", "no-store");
    }

    /** For a file of the program's own that never changes under its path: nothing that was captured. */
    void letKeep(Response response) {
        response.getHeaders().put("Cache-Control", "private, max-age=86400, immutable");
    }
}
