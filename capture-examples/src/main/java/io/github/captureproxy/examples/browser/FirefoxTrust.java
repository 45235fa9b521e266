package io.github.captureproxy.examples.browser;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Has one profile of Firefox trust an authority: by NSS's certutil where that is installed, else by Firefox itself, which
 * is started once without a window for that, and takes longer.
 *
 * @param desktop the machine
 * @param browser a Firefox
 */
record FirefoxTrust(Desktop desktop, InstalledBrowser browser) {
    private static final int CERTUTIL_SECONDS = 30;

    /** Trusted for what names websites, and for nothing else. */
    private static final String FOR_WEBSITES = "C,,";

    /** Adds the authority to a profile that no browser uses. */
    void add(X509Certificate authority, Path profile) throws IOException {
        String der = encoded(authority);
        Optional<Path> certutil = certutil();
        if (certutil.isEmpty() || !byCertutil(certutil.get(), authority, profile)) {
            FirefoxErrand.trust(browser, profile, der);
        }
    }

    /** Windows has another program of that name. */
    private Optional<Path> certutil() {
        return desktop.system() == Desktop.Kind.WINDOWS ? Optional.empty() : desktop.onPath("certutil");
    }

    private static boolean byCertutil(Path certutil, X509Certificate authority, Path profile) throws IOException {
        Path file = Files.writeString(
                profile.resolve("capture-proxy-authority.pem"),
                "-----BEGIN CERTIFICATE-----\n" + encoded(authority) + "\n-----END CERTIFICATE-----\n",
                US_ASCII);
        Process process = new ProcessBuilder(List.of(
                        certutil.toString(),
                        "-A",
                        "-d",
                        "sql:" + profile,
                        "-t",
                        FOR_WEBSITES,
                        "-n",
                        authority.getSubjectX500Principal().getName(),
                        "-i",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close(); // it may ask for a password, which there is none of
        try {
            return process.waitFor(CERTUTIL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowserException("interrupted while the authority was given to Firefox", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** In lines of base64. */
    private static String encoded(X509Certificate authority) {
        try {
            return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the authority's certificate can't be encoded", e);
        }
    }
}
