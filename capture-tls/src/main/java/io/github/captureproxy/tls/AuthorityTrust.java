package io.github.captureproxy.tls;

import io.github.captureproxy.client.ClientEnvironment;
import io.github.captureproxy.tls.internal.files.AtomicFile;
import io.github.captureproxy.tls.internal.issuing.PemText;
import io.github.captureproxy.tls.internal.trust.AppleProfile;
import io.github.captureproxy.tls.internal.trust.CertificateDigests;
import io.github.captureproxy.tls.internal.trust.PlatformRoots;
import io.github.captureproxy.tls.internal.trust.TrustStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which clients take an authority's certificate. What stands "beside the platform's" holds the roots of this
 * Java runtime ({@code javax.net.ssl.trustStore} if it is set, else {@code cacerts}) and of the Windows or macOS store
 * where there is one, so that clients accept both what the proxy inspects and what it passes through. Those roots are
 * read when first asked for, which takes some tens of milliseconds, and kept. Files are written atomically, and anybody
 * may read them: there is no secret in them. Immutable, safe for any thread.
 */
public final class AuthorityTrust {
    private final X509Certificate certificate;
    private final String name;
    private volatile @Nullable Set<X509Certificate> anchors;

    AuthorityTrust(X509Certificate certificate, String name) {
        this.certificate = certificate;
        this.name = name;
    }

    /**
     * The authority in PEM (RFC 7468).
     *
     * @return ASCII text, with a line end after it
     */
    public String pem() {
        return PemText.write(certificate);
    }

    /**
     * The authority in DER, for Windows and Android.
     *
     * @return the caller's own bytes
     */
    public byte[] der() {
        return CertificateDigests.der(certificate);
    }

    /**
     * The pin of the authority's public key, which Chromium-based browsers take in
     * {@code --ignore-certificate-errors-spki-list} beside {@code --user-data-dir}.
     *
     * @return the SHA-256 of the SubjectPublicKeyInfo in base64
     */
    public String spkiPin() {
        return CertificateDigests.spkiPin(certificate);
    }

    /**
     * The SHA-256 fingerprint, for people to compare.
     *
     * @return upper-case hexadecimal digits in pairs, with colons between them
     */
    public String fingerprint() {
        return CertificateDigests.fingerprint(certificate);
    }

    /**
     * A configuration profile for iPhones, iPads and Macs. The same authority always gives the same profile.
     *
     * @return a {@code .mobileconfig} file's content, to be served as {@code application/x-apple-aspen-config}
     */
    public byte[] mobileConfig() {
        return AppleProfile.write(certificate, name);
    }

    /**
     * What the authority's PEM file must be called in Android's system store.
     *
     * @return OpenSSL's {@code subject_hash_old} with {@code .0} after it
     */
    public String androidFileName() {
        return CertificateDigests.oldSubjectHash(certificate) + ".0";
    }

    /**
     * A trust store with the authority beside the platform's roots.
     *
     * @return a new store, the caller's own
     */
    public KeyStore trustStore() {
        return TrustStores.store(anchors());
    }

    /**
     * A trust manager that trusts the authority beside the platform's roots, with the runtime's usual checks.
     *
     * @return a trust manager; safe for any thread
     */
    public X509ExtendedTrustManager trustManager() {
        return TrustStores.trustManager(trustStore());
    }

    /**
     * A TLS context for clients that trusts the authority beside the platform's roots.
     *
     * @return a new context, with a session cache of its own
     */
    public SSLContext sslContext() {
        return TrustStores.context(trustManager());
    }

    /**
     * The platform's roots and the authority in PEM, for tools that take one file in place of their own.
     *
     * @return ASCII text of a few hundred KB
     */
    public String bundle() {
        return anchors().stream().map(PemText::write).collect(Collectors.joining());
    }

    /**
     * Writes {@link #pem()} to a file.
     *
     * @param file where to; replaced if it is there, in a folder that exists
     * @throws IOException if it can't be written
     */
    public void writePem(Path file) throws IOException {
        AtomicFile.writeReadable(file, pem().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Writes {@link #bundle()} to a file.
     *
     * @param file where to; replaced if it is there, in a folder that exists
     * @throws IOException if it can't be written
     */
    public void writeBundle(Path file) throws IOException {
        AtomicFile.writeReadable(file, bundle().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Writes {@link #trustStore()} to a PKCS #12 file, for other processes' {@code javax.net.ssl.trustStore}.
     *
     * @param file where to; replaced if it is there, in a folder that exists
     * @param password what the file is sealed with; Java wants one, though nothing in the file is secret
     * @throws IOException if it can't be written
     */
    public void writeTrustStore(Path file, char[] password) throws IOException {
        AtomicFile.writeReadable(file, TrustStores.bytes(trustStore(), password));
    }

    /**
     * The environment variables by which common tools (OpenSSL, curl, git, Python, Node, Deno, Go, Ruby, Rust, Perl, the
     * AWS command line, gRPC) are told to trust what is in two files. {@link ClientEnvironment} has those of a proxy beside
     * them.
     *
     * @param pemFile what {@link #writePem} wrote, for tools that add it to their own roots
     * @param bundleFile what {@link #writeBundle} wrote, for tools that take it in place of them
     * @return absolute paths by variable, sorted by name; immutable
     */
    public Map<String, String> environment(Path pemFile, Path bundleFile) {
        return ClientEnvironment.trust(
                pemFile.toAbsolutePath().toString(), bundleFile.toAbsolutePath().toString());
    }

    /** Two threads at once may both read them: the same comes of it. */
    private Set<X509Certificate> anchors() {
        Set<X509Certificate> known = anchors;
        if (known == null) {
            known = new LinkedHashSet<>(PlatformRoots.load());
            known.add(certificate);
            anchors = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "AuthorityTrust[" + name + ", SHA-256 " + fingerprint() + "]";
    }
}
