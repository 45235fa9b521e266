package io.github.captureproxy.tls.internal.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/** The short texts by which people and programs tell a certificate. */
public final class CertificateDigests {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
    private static final int HASH_BYTES = 4;

    private CertificateDigests() {}

    /**
     * The certificate's bytes.
     *
     * @param certificate a certificate
     * @return DER, the caller's own
     */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can't be written", e);
        }
    }

    /**
     * The fingerprint that browsers and keytool show.
     *
     * @param certificate a certificate
     * @return the SHA-256 of the whole, 32 pairs of upper-case hexadecimal digits with colons between them
     */
    public static String fingerprint(X509Certificate certificate) {
        return COLONS.formatHex(digest("SHA-256", der(certificate)));
    }

    /**
     * The pin of the public key (RFC 7469 section 2.4).
     *
     * @param certificate a certificate
     * @return the SHA-256 of the SubjectPublicKeyInfo in base64, 44 characters
     */
    public static String spkiPin(X509Certificate certificate) {
        byte[] publicKey = certificate.getPublicKey().getEncoded();
        return Base64.getEncoder().encodeToString(digest("SHA-256", publicKey));
    }

    /**
     * The name's hash as OpenSSL before 1.0 had it, after which Android names its files: the MD5 of the subject, its
     * first four bytes as a little-endian number.
     *
     * @param certificate a certificate
     * @return eight lower-case hexadecimal digits
     */
    public static String oldSubjectHash(X509Certificate certificate) {
        byte[] digest = digest("MD5", certificate.getSubjectX500Principal().getEncoded());
        StringBuilder hash = new StringBuilder();
        for (int i = HASH_BYTES - 1; i >= 0; i--) {
            hash.append(HexFormat.of().toHexDigits(digest[i]));
        }
        return hash.toString();
    }

    private static byte[] digest(String algorithm, byte[] input) {
        try {
            return MessageDigest.getInstance(algorithm).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }
}
