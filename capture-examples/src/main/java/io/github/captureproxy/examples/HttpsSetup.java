package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.examples.browser.BrowserSession;
import io.github.captureproxy.tls.AuthorityTrust;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.CertificateAuthorityException;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.HstsMode;
import io.github.captureproxy.tls.HstsPreloadList;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.TlsInterceptionBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes of the options what looks inside HTTPS, and the advice on how to trust it. Loaded with {@code --https} alone. */
final class HttpsSetup implements AutoCloseable {
    /** So long before its end a person is told to renew the authority. */
    private static final Duration RENEWAL = Duration.ofDays(30);

    private final TlsInterception interception;
    private final TrustAdvice advice;

    private HttpsSetup(TlsInterception interception, TrustAdvice advice) {
        this.interception = interception;
        this.advice = advice;
    }

    /** Reads or makes the authority; throws {@link UsageException} where the options don't let it. */
    static HttpsSetup of(HttpsOptions options, Machine machine) {
        Path folder = options.folder(machine);
        TlsInterceptionBuilder builder = TlsInterception.builder()
                .passThroughHosts(options.passThrough.toArray(String[]::new))
                .interceptOnlyHosts(options.interceptOnly.toArray(String[]::new))
                .clientTrust(BrowserSession.LABEL, ClientTrust.ASSUMED) // started with the authority
                .clientTrust(CapturedCommand.LABEL, ClientTrust.ASSUMED)
                .hstsMode(mode(Optional.ofNullable(options.hsts)));
        options.trustOrigin.forEach(pair -> trustOrigin(builder, pair));
        Optional.ofNullable(options.upstreamCa).map(HttpsSetup::certificates).ifPresent(builder::upstreamTrust);
        Optional.ofNullable(options.preload).map(HttpsSetup::preload).ifPresent(builder::hstsPreloadList);
        try {
            CertificateAuthority authority =
                    options.renew ? CertificateAuthority.renew(folder) : CertificateAuthority.loadOrCreate(folder);
            return new HttpsSetup(builder.authority(authority).build(), advice(authority, folder, machine));
        } catch (CertificateAuthorityException e) { // it names a method, which here is an option
            throw new UsageException(String.valueOf(e.getMessage()).replace("CertificateAuthority.renew", "--renew"));
        } catch (InvalidConfigurationException e) {
            throw UsageException.of(e);
        }
    }

    static HstsMode mode(Optional<String> name) {
        return switch (name.map(mode -> mode.toLowerCase(Locale.ROOT)).orElse("adaptive")) {
            case "adaptive" -> HstsMode.ADAPTIVE;
            case "pass-through" -> HstsMode.PASS_THROUGH;
            case "ignore" -> HstsMode.IGNORE;
            default ->
                throw new UsageException("--hsts \"" + name.orElse("") + "\": give adaptive, pass-through or ignore");
        };
    }

    private static void trustOrigin(TlsInterceptionBuilder builder, String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--trust-origin \"" + pair + "\": give it as HOST=SHA256, the SHA-256 fingerprint "
                    + "of the site's certificate");
        }
        builder.trustOrigin(pair.substring(0, equals), pair.substring(equals + 1));
    }

    private static List<X509Certificate> certificates(Path file) {
        String option = "--upstream-ca " + file + ": ";
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(HttpsSetup::x509)
                    .toList();
            if (found.isEmpty()) {
                throw new UsageException(option + "holds no certificate: give a file with some in PEM or DER");
            }
            return found;
        } catch (NoSuchFileException e) {
            throw new UsageException(option + "there is no such file");
        } catch (IOException e) {
            throw new UsageException(option + "can't be read: " + e.getMessage());
        } catch (CertificateException e) {
            throw new UsageException(option + "holds what is no certificate: give a file with some in PEM or DER");
        }
    }

    private static X509Certificate x509(Certificate certificate) {
        return (X509Certificate) certificate; // a factory for X.509 makes no others
    }

    private static HstsPreloadList preload(String source) {
        if (source.isBlank()) {
            throw new UsageException("--preload: give a file or a URL");
        }
        try {
            return source.matches("(?i)(https?|file):.*")
                    ? HstsPreloadList.fetch(URI.create(source))
                    : HstsPreloadList.load(Path.of(source));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--preload: " + e.getMessage());
        }
    }

    private static TrustAdvice advice(CertificateAuthority authority, Path folder, Machine machine) {
        AuthorityTrust trust = authority.trust();
        return new TrustAdvice(
                new StoredAuthority(folder.resolve(StoredAuthority.FILE), authority.certificate()),
                trust.spkiPin(),
                authority.isDueForRenewal(RENEWAL),
                TrustFiles.write(trust, folder),
                machine);
    }

    /** Has the proxy look inside HTTPS. */
    void addTo(CaptureProxyBuilder builder) {
        builder.tls(interception);
    }

    /** What looks inside. */
    TlsInterception interception() {
        return interception;
    }

    /** How clients come to trust the authority. */
    TrustAdvice advice() {
        return advice;
    }

    /** To be called after the proxy is closed. */
    @Override
    public void close() {
        interception.close();
    }
}
