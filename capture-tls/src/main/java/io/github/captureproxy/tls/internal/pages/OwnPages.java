package io.github.captureproxy.tls.internal.pages;

import io.github.captureproxy.spi.OwnPage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pages on the reserved host and the proxy's own address: how to set a client up, what there is to download for
 * that, and the trust check.
 * Nothing that was captured is ever on one. Immutable.
 */
public final class OwnPages {
    /** What may be written into a script without a thought: a host name or address, and a port. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("[A-Za-z0-9._-]+:\\d{1,5}|\\[[0-9A-Fa-f:.]+]:\\d{1,5}");

    /** Shown in place of the check's answer where there are no scripts: an image comes over trusted TLS alone. */
    private static final String TRUSTED_IMAGE = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 96\">"
            + "<rect width=\"640\" height=\"96\" rx=\"12\" fill=\"#1a7f37\"/><text x=\"24\" y=\"58\" font-size=\"24\""
            + " font-family=\"sans-serif\" fill=\"#fff\">\u2713 Yes: this device uses the proxy and trusts it.</text></svg>";

    private final Optional<Exports> exports;
    private final SetupPage setup;

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
        this.exports = Optional.of(exports);
        setup = new SetupPage(Optional.of(new SetupPage.Authority(host, subject, fingerprint)));
    }

    /** Makes the pages of a proxy that has no authority: how to use it, and its script. */
    public OwnPages() {
        exports = Optional.empty();
        setup = new SetupPage(Optional.empty());
    }

    /**
     * Finds a page.
     *
     * @param request what is asked for
     * @return the page; empty if there is none of that path
     */
    public Optional<OwnPage> page(OwnPage.Request request) {
        return switch (request.path()) {
            case "/", "/index.html" -> Optional.of(uncached(setup.page(request)));
            case "/proxy.pac" -> proxyScript(request.proxy());
            default -> exports.flatMap(known -> ofAuthority(known, request));
        };
    }

    private static Optional<OwnPage> ofAuthority(Exports exports, OwnPage.Request request) {
        return switch (request.path()) {
            case "/ca.pem" -> Optional.of(download("application/x-pem-file", "ca.pem", utf8(exports.pem())));
            case "/ca.crt" -> Optional.of(download("application/x-x509-ca-cert", "ca.crt", exports.der()));
            case "/ca.mobileconfig" ->
                Optional.of(download("application/x-apple-aspen-config", "ca.mobileconfig", exports.mobileConfig()));
            case "/trust-check" -> Optional.of(trustCheck(request.secure()));
            case "/trust-check.svg" ->
                request.secure() ? Optional.of(page("image/svg+xml", Map.of(), utf8(TRUSTED_IMAGE))) : Optional.empty();
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
        return uncached(new OwnPage(type, headers, body));
    }

    private static OwnPage uncached(OwnPage page) {
        Map<String, String> all = new LinkedHashMap<>(page.headers());
        all.put("Cache-Control", "no-store");
        all.put("X-Content-Type-Options", "nosniff");
        return new OwnPage(page.contentType(), all, page.body());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
