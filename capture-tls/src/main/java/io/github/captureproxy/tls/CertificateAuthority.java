package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.files.AuthorityFileException;
import io.github.captureproxy.tls.internal.files.AuthorityFiles;
import io.github.captureproxy.tls.internal.files.AuthorityFolder;
import io.github.captureproxy.tls.internal.issuing.AuthorityKeyPair;
import io.github.captureproxy.tls.internal.issuing.AuthorityMaker;
import io.github.captureproxy.tls.internal.issuing.LeafIssuer;
import io.github.captureproxy.tls.internal.issuing.SubjectName;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The authority that vouches for what the proxy shows its clients in place of the origins' certificates. Clients that
 * are to be looked into must trust it, and nobody else should: each installation makes its own, and its key stays where
 * it was made. Immutable, safe for any thread. The private key can't be had from it.
 *
 * <p>In a folder, {@code ca.key} holds key and certificate, for its owner alone, and {@code ca.pem} a copy of the
 * certificate for others. Both are written atomically: two processes that start at once end with the same authority, and
 * a crash leaves either the old one or the new one. {@code ca.lock} is there for that, and empty.
 */
public final class CertificateAuthority {
    private final AuthorityKeyPair keyPair;
    private final Clock clock;
    private final AuthorityTrust trust;
    private final LeafIssuer issuer;

    private CertificateAuthority(AuthorityKeyPair keyPair, Clock clock) {
        this.keyPair = keyPair;
        this.clock = clock;
        this.trust = new AuthorityTrust(keyPair.certificate(), commonName());
        this.issuer = new LeafIssuer(keyPair, clock);
    }

    /**
     * Makes an authority that is kept nowhere, for tests.
     *
     * @return a new authority, valid for 30 days
     */
    public static CertificateAuthority ephemeral() {
        return ephemeral(AuthorityOptions.defaults());
    }

    /**
     * Makes an authority that is kept nowhere, for tests.
     *
     * @param options what it is to be like
     * @return a new authority
     */
    public static CertificateAuthority ephemeral(AuthorityOptions options) {
        return new CertificateAuthority(
                maker(options, AuthorityOptions.EPHEMERAL_LIFETIME).get(), options.clock());
    }

    /**
     * Reads the authority in a folder, or makes one there that is valid for ten years.
     *
     * @param folder made for its owner alone if it isn't there
     * @return the folder's authority
     * @throws CertificateAuthorityException if what is there can't be used, or nothing can be written there
     */
    public static CertificateAuthority loadOrCreate(Path folder) {
        return loadOrCreate(folder, AuthorityOptions.defaults());
    }

    /**
     * Reads the authority in a folder, or makes one there.
     *
     * @param folder made for its owner alone if it isn't there
     * @param options what a new one is to be like
     * @return the folder's authority
     * @throws CertificateAuthorityException if what is there can't be used, or nothing can be written there
     */
    public static CertificateAuthority loadOrCreate(Path folder, AuthorityOptions options) {
        return of(options, () -> folder(folder, options).loadOrCreate(stored(options)));
    }

    /**
     * Reads an authority from two PEM files, which are never written.
     *
     * @param certificatePem the authority's certificate; others after it are shown to clients as they are
     * @param keyPem its private key, readable by its owner alone, not encrypted: PKCS #8, or the older forms for EC and
     *     RSA; may be the same file
     * @return the authority
     * @throws CertificateAuthorityException if a file can't be used
     */
    public static CertificateAuthority load(Path certificatePem, Path keyPem) {
        return load(certificatePem, keyPem, AuthorityOptions.defaults());
    }

    /**
     * Reads an authority from two PEM files, which are never written.
     *
     * @param certificatePem the authority's certificate; others after it are shown to clients as they are
     * @param keyPem its private key, as in {@link #load(Path, Path)}
     * @param options the clock to go by; the others have no meaning here
     * @return the authority
     * @throws CertificateAuthorityException if a file can't be used
     */
    public static CertificateAuthority load(Path certificatePem, Path keyPem, AuthorityOptions options) {
        return of(
                options,
                () -> AuthorityFiles.read(
                        certificatePem, keyPem, options.clock().instant()));
    }

    /**
     * Puts a new authority into a folder, whatever is there: an expired, broken or exposed one, or one whose key is lost.
     * Clients have to be told to trust the new one; proxies that run go on with the old one.
     *
     * @param folder made for its owner alone if it isn't there
     * @return the new authority, valid for ten years
     * @throws CertificateAuthorityException if nothing can be written there
     */
    public static CertificateAuthority renew(Path folder) {
        return renew(folder, AuthorityOptions.defaults());
    }

    /**
     * Puts a new authority into a folder, as {@link #renew(Path)} does.
     *
     * @param folder made for its owner alone if it isn't there
     * @param options what it is to be like
     * @return the new authority
     * @throws CertificateAuthorityException if nothing can be written there
     */
    public static CertificateAuthority renew(Path folder, AuthorityOptions options) {
        return of(options, () -> folder(folder, options).replace(stored(options)));
    }

    /**
     * Does what {@link #loadOrCreate(Path, AuthorityOptions)} does, but replaces an authority that has ended or ends
     * soon. Several processes that do so at once end with the same one.
     *
     * @param folder made for its owner alone if it isn't there
     * @param ahead how long before its end it is to be replaced: not negative, and less than a new one's lifetime
     * @param options what a new one is to be like
     * @return the folder's authority
     * @throws CertificateAuthorityException if what is there can't be used, or nothing can be written there
     */
    public static CertificateAuthority loadOrRenew(Path folder, Duration ahead, AuthorityOptions options) {
        if (ahead.isNegative()) {
            throw new IllegalArgumentException("an authority is renewed ahead of its end, not " + ahead);
        }
        Duration lifetime = options.template(AuthorityOptions.STORED_LIFETIME).lifetime();
        if (lifetime.compareTo(ahead) <= 0) {
            throw new IllegalArgumentException("an authority that is valid for " + lifetime + " would be due again at"
                    + " once if it is renewed " + ahead + " ahead of its end: give it a longer lifetime");
        }
        return of(options, () -> folder(folder, options).renewIfDue(ahead, stored(options)));
    }

    /** Reads or makes an authority. */
    private interface Source {
        AuthorityKeyPair get() throws AuthorityFileException;
    }

    private static CertificateAuthority of(AuthorityOptions options, Source source) {
        try {
            return new CertificateAuthority(source.get(), options.clock());
        } catch (AuthorityFileException e) {
            throw new CertificateAuthorityException(String.valueOf(e.getMessage()), e.file(), e);
        }
    }

    private static AuthorityFolder folder(Path folder, AuthorityOptions options) {
        return new AuthorityFolder(Objects.requireNonNull(folder, "folder"), options.clock());
    }

    private static Supplier<AuthorityKeyPair> stored(AuthorityOptions options) {
        return maker(options, AuthorityOptions.STORED_LIFETIME);
    }

    private static Supplier<AuthorityKeyPair> maker(AuthorityOptions options, Duration defaultLifetime) {
        return () -> AuthorityMaker.make(
                options.template(defaultLifetime), options.clock().instant());
    }

    /**
     * The authority's certificate.
     *
     * @return the certificate that clients are to trust
     */
    public X509Certificate certificate() {
        return keyPair.certificate();
    }

    /**
     * The name by which stores list the authority, and tools remove it.
     *
     * @return its common name, such as {@code Capture Proxy CA 2026-01-31 0f1e2d3c}; the whole subject if it has none
     */
    public String commonName() {
        return SubjectName.of(certificate());
    }

    /**
     * The authority's whole name.
     *
     * @return its subject as RFC 2253 writes it, such as {@code CN=Capture Proxy CA 2026-01-31 0f1e2d3c}
     */
    public String subject() {
        return certificate().getSubjectX500Principal().getName();
    }

    /**
     * The SHA-256 fingerprint, for people to compare.
     *
     * @return upper-case hexadecimal digits in pairs, with colons between them
     */
    public String fingerprint() {
        return trust.fingerprint();
    }

    /**
     * When the authority ends. No leaf outlives it.
     *
     * @return the last moment of its validity
     */
    public Instant validUntil() {
        return certificate().getNotAfter().toInstant();
    }

    /**
     * Tells if it is time for {@link #renew(Path)}.
     *
     * @param ahead how long before its end that is
     * @return true if it ends within that time by the options' clock, or has ended
     */
    public boolean isDueForRenewal(Duration ahead) {
        return !clock.instant().plus(ahead).isBefore(validUntil());
    }

    /**
     * The forms in which clients take the certificate.
     *
     * @return the exports
     */
    public AuthorityTrust trust() {
        return trust;
    }

    /** For interception alone: leaves carry a key that this authority signed. */
    LeafIssuer issuer() {
        return issuer;
    }

    @Override
    public String toString() {
        return "CertificateAuthority[" + subject() + ", SHA-256 " + fingerprint() + "]";
    }
}
