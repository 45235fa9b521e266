package io.github.captureproxy.tls.internal.issuing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Finds out if clients that trust a certificate would accept what its key signs. */
public final class AuthorityCheck {
    private static final int KEY_CERT_SIGN = 5;
    private static final Set<String> SERVER_PURPOSES = Set.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

    private AuthorityCheck() {}

    /**
     * Checks what an authority's certificate allows, apart from time.
     *
     * @param certificate the certificate
     * @throws BadAuthorityException with what is wrong and the fix
     */
    public static void purpose(X509Certificate certificate) throws BadAuthorityException {
        if (certificate.getBasicConstraints() < 0) {
            throw new BadAuthorityException(
                    "holds the certificate of no authority (it lacks CA:TRUE): give one that" + " may sign others");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            throw new BadAuthorityException(
                    "holds a certificate that may not sign others (its key usage lacks keyCertSign): give one that may");
        }
        if (!servesServers(certificate)) {
            throw new BadAuthorityException(
                    "holds the certificate of an authority that is not for servers (its extended"
                            + " key usage lacks serverAuth): give one that is");
        }
        if (Signing.algorithm(certificate.getPublicKey()).isEmpty()) {
            throw new BadAuthorityException("holds a key that TLS clients refuse in an authority ("
                    + certificate.getPublicKey().getAlgorithm() + "): use EC P-256, P-384 or P-521, or RSA of at least "
                    + Signing.MIN_RSA_BITS + " bits");
        }
    }

    private static boolean servesServers(X509Certificate certificate) throws BadAuthorityException {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.stream().anyMatch(SERVER_PURPOSES::contains);
        } catch (CertificateParsingException e) {
            throw new BadAuthorityException("holds a certificate with a broken extended key usage: make a new one", e);
        }
    }

    /**
     * Checks when an authority's certificate is valid.
     *
     * @param certificate the certificate
     * @param now the present
     * @throws BadAuthorityException with what is wrong and the fix
     */
    public static void validity(X509Certificate certificate, Instant now) throws BadAuthorityException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            throw new BadAuthorityException("holds a certificate that is not valid before " + from + ", and now it is "
                    + now + ": set this machine's clock right, or renew the authority (CertificateAuthority.renew)");
        }
        if (!now.isBefore(until)) {
            throw new BadAuthorityException("holds a certificate that expired at " + until + ", and now it is " + now
                    + ": renew the authority (CertificateAuthority.renew), and have clients trust the new one");
        }
    }

    /**
     * Checks that a private key is a certificate's own, by signing something with it.
     *
     * @param certificate a certificate that {@link #purpose} lets pass
     * @param key the key
     * @throws BadAuthorityException if it is another's
     */
    public static void keyMatches(X509Certificate certificate, PrivateKey key) throws BadAuthorityException {
        byte[] challenge = Signing.randomHex(32).getBytes(StandardCharsets.US_ASCII);
        try {
            String algorithm = Signing.algorithm(certificate.getPublicKey()).orElseThrow();
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(challenge);
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(challenge);
            if (verifying.verify(signing.sign())) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // A key of another algorithm, or a signature of another length: no match either.
            throw new BadAuthorityException(mismatch(certificate), e);
        }
        throw new BadAuthorityException(mismatch(certificate));
    }

    private static String mismatch(X509Certificate certificate) {
        return "holds a key that is not the one of the certificate "
                + certificate.getSubjectX500Principal().getName() + ": give the two that belong together";
    }
}
