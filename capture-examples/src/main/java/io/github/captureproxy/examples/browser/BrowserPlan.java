package io.github.captureproxy.examples.browser;

import io.github.captureproxy.CaptureProxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a browser is to be started. Immutable; each method returns a plan that differs in one thing.
 *
 * @param proxy where the proxy listens for the browser, as this machine reaches it
 * @param authority whose certificates the browser is to accept beside its own roots
 * @param profile a folder whose profile is kept; without one a fresh profile is used, and deleted at the end
 * @param isHeadless true to show no window
 * @param page what it opens first
 */
public record BrowserPlan(
        InetSocketAddress proxy,
        Optional<X509Certificate> authority,
        Optional<Path> profile,
        boolean isHeadless,
        String page) {
    private static final String EMPTY_PAGE = "about:blank";

    /**
     * A plan for a proxy that listens for a browser at an address labelled {@link BrowserSession#LABEL}: with a fresh
     * profile and an empty page.
     *
     * @param proxy the proxy
     * @param authority whose certificates the browser is to accept; null if HTTPS isn't looked into
     * @return the plan
     * @throws IllegalArgumentException if the proxy has no such address
     */
    public static BrowserPlan of(CaptureProxy proxy, @Nullable X509Certificate authority) {
        InetSocketAddress address = proxy.addresses().get(BrowserSession.LABEL);
        if (address == null) {
            throw new IllegalArgumentException("the proxy has no address for a browser: start it with listen(\""
                    + BrowserSession.LABEL + "\", \"127.0.0.1\", 0)");
        }
        return new BrowserPlan(address, Optional.ofNullable(authority), Optional.empty(), false, EMPTY_PAGE);
    }

    /**
     * Keeps the profile.
     *
     * @param folder where it is, or is to be
     * @return a new plan
     */
    public BrowserPlan keeping(Path folder) {
        return new BrowserPlan(proxy, authority, Optional.of(folder.toAbsolutePath()), isHeadless, page);
    }

    /**
     * Shows no window.
     *
     * @return a new plan
     */
    public BrowserPlan headless() {
        return new BrowserPlan(proxy, authority, profile, true, page);
    }

    /**
     * Opens a page at the start.
     *
     * @param url an absolute URL
     * @return a new plan
     */
    public BrowserPlan opening(String url) {
        return new BrowserPlan(proxy, authority, profile, isHeadless, url);
    }

    /** The proxy's address in figures. */
    String host() {
        String host = proxy.getAddress().getHostAddress();
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** The SHA-256 of a certificate's public key, by which Chromium knows it. */
    static String pin(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
