package io.github.captureproxy.examples.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts Firefox once without a window, to change its own profile by the interface that tests use (Marionette), and ends
 * it. The browser that a person gets afterwards runs without that interface, as pages can tell.
 */
final class FirefoxErrand {
    /** A first start on a busy machine makes a whole profile. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Firefox writes there which port it has chosen. */
    private static final String PORT_FILE = "MarionetteActivePort";

    private static final String ADD =
            "const db = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);"
                    + "db.addCertFromBase64(arguments[0], 'C,,');"
                    + "const added = db.constructX509FromBase64(arguments[0]);"
                    + "db.setCertTrust(added, Ci.nsIX509Cert.CA_CERT, Ci.nsIX509CertDB.TRUSTED_SSL);"
                    + "return db.isCertTrusted(added, Ci.nsIX509Cert.CA_CERT, Ci.nsIX509CertDB.TRUSTED_SSL);";

    private FirefoxErrand() {}

    /** Has a profile trust a certificate, given in base64, for websites. */
    static void trust(InstalledBrowser browser, Path profile, String certificate) throws IOException {
        Path settings = profile.resolve("user.js");
        String before = Files.exists(settings) ? Files.readString(settings) : "";
        Files.writeString(settings, before + FirefoxSettings.line("marionette.port", 0) + "\n");
        Files.deleteIfExists(profile.resolve(PORT_FILE));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        browser.program().toString(),
                        "--no-remote",
                        "--wait-for-browser",
                        "--headless",
                        "--marionette",
                        "--remote-allow-system-access",
                        "--profile",
                        profile.toString(),
                        "about:blank"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(FirefoxSettings.OWN_SETTINGS_SERVER, "1");
        Process firefox = builder.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            try (Marionette marionette = Marionette.connect(port(profile, firefox, end), PATIENCE)) {
                marionette.start();
                if (!marionette.run(ADD, certificate.replace("\n", ""))) {
                    throw new BrowserException("Firefox did not take the authority: install certutil (libnss3-tools, "
                            + "nss-tools), or use another browser");
                }
                marionette.quit();
            }
            awaitEnd(firefox, end);
        } finally {
            firefox.destroyForcibly();
            Files.writeString(settings, before);
        }
    }

    private static int port(Path profile, Process firefox, long end) throws IOException {
        Path file = profile.resolve(PORT_FILE);
        while (System.nanoTime() - end < 0 && firefox.isAlive()) {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            if (text.matches("[1-9][0-9]{0,4}")) {
                return Integer.parseInt(text);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        throw new BrowserException("Firefox did not start to take the authority: install certutil (libnss3-tools, "
                + "nss-tools), or use another browser");
    }

    /** Its profile is whole only when it has ended. */
    private static void awaitEnd(Process firefox, long end) throws IOException {
        try {
            if (!firefox.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new BrowserException("Firefox took the authority, but didn't end: try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrowserException("interrupted while Firefox took the authority", e);
        }
    }
}
