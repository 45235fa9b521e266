package io.github.captureproxy.tls.internal.pages;

import io.github.captureproxy.spi.OwnPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pages on the reserved host: how to set a client up, what there is to download for that, and the trust check.
 * Nothing that was captured is ever on one. Immutable.
 */
public final class OwnPages {
    /** What may be written into a script without a thought: a host name or address, and a port. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("[A-Za-z0-9._-]+:\\d{1,5}|\\[[0-9A-Fa-f:.]+]:\\d{1,5}");

    private static final String HTML = "text/html; charset=utf-8";

    /** Nothing is loaded from anywhere, and the script may ask for the trust check alone. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src https://{{host}};"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String host;
    private final Exports exports;
    private final String html;

    /**
     * The forms of the authority's certificate.
     *
     * @param pem as PEM
     * @param der as DER
     * @param mobileConfig as an Apple configuration profile
     */
    public record Exports(String pem, byte[] der, byte[] mobileConfig) {}

    /**
     * Makes the pages.
     *
     * @param host the reserved host name
     * @param exports the authority's certificate
     * @param subject the authority's name
     * @param fingerprint the authority's SHA-256 fingerprint
     */
    public OwnPages(String host, Exports exports, String subject, String fingerprint) {
        this.host = host;
        this.exports = exports;
        html = template()
                .replace("{{host}}", host)
                .replace("{{subject}}", escaped(subject))
                .replace("{{fingerprint}}", escaped(fingerprint));
    }

    private static String template() {
        try (InputStream in = OwnPages.class.getResourceAsStream("setup.html")) {
            if (in == null) {
                throw new IllegalStateException("setup.html is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("setup.html cannot be read from the jar", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * Finds a page.
     *
     * @param request what is asked for
     * @return the page; empty if there is none of that path
     */
    public Optional<OwnPage> page(OwnPage.Request request) {
        return switch (request.path()) {
            case "/", "/index.html" ->
                Optional.of(page(
                        HTML,
                        Map.of(
                                "Content-Security-Policy",
                                POLICY.replace("{{host}}", host),
                                "Referrer-Policy",
                                "no-referrer"),
                        utf8(html)));
            case "/ca.pem" -> Optional.of(download("application/x-pem-file", "ca.pem", utf8(exports.pem())));
            case "/ca.crt" -> Optional.of(download("application/x-x509-ca-cert", "ca.crt", exports.der()));
            case "/ca.mobileconfig" ->
                Optional.of(download("application/x-apple-aspen-config", "ca.mobileconfig", exports.mobileConfig()));
            case "/proxy.pac" -> proxyScript(request.proxy());
            case "/trust-check" -> Optional.of(trustCheck(request.secure()));
            default -> Optional.empty();
        };
    }

    private static OwnPage download(String type, String name, byte[] body) {
        return page(type, Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""), body);
    }

    private static Optional<OwnPage> proxyScript(String proxy) {
        if (!HOST_AND_PORT.matcher(proxy).matches()) {
            return Optional.empty();
        }
        String script = "function FindProxyForURL(url, host) {\n" + "  return \"PROXY " + proxy + "\";\n" + "}\n";
        return Optional.of(page("application/x-ns-proxy-autoconfig", Map.of(), utf8(script)));
    }

    /** Pages of any origin may ask: the answer says nothing but that the certificate was accepted. */
    private static OwnPage trustCheck(boolean secure) {
        String answer = secure
                ? "trusted\n"
                : "This came without TLS, so that it proves nothing. Ask for the same page by https.\n";
        return page("text/plain; charset=utf-8", Map.of("Access-Control-Allow-Origin", "*"), utf8(answer));
    }

    private static OwnPage page(String type, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Cache-Control", "no-store");
        all.put("X-Content-Type-Options", "nosniff");
        return new OwnPage(type, all, body);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
