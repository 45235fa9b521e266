package io.github.captureproxy.tls.internal.issuing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * The certificates and the private key in a PEM text (RFC 7468), in any order, with whatever else between them. Keys are
 * read in PKCS #8 and in the older forms of OpenSSL.
 *
 * @param certificates all certificates, in their order; immutable
 * @param privateKey the first private key; empty if there is none
 */
public record PemText(List<X509Certificate> certificates, Optional<PrivateKey> privateKey) {
    private static final int LINE = 64;

    /** Keeps a copy. */
    public PemText {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads a text.
     *
     * @param text PEM
     * @return what is in it
     * @throws BadAuthorityException if a part of it can't be read, with what is wrong and the fix
     */
    public static PemText parse(String text) throws BadAuthorityException {
        List<X509Certificate> certificates = new ArrayList<>();
        Optional<PrivateKey> key = Optional.empty();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder holder) {
                    certificates.add(certificate(holder.getEncoded()));
                } else if (key.isEmpty()) {
                    key = privateKey(part);
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The library reports broken input by runtime exceptions as well.
            throw new BadAuthorityException(
                    "is broken: what it holds can't be read as PEM; restore it or renew the authority", e);
        }
        return new PemText(certificates, key);
    }

    /** Java refuses some that are well-formed, such as those with a curve that is written out in numbers. */
    private static X509Certificate certificate(byte[] der) throws BadAuthorityException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new BadAuthorityException(
                    "holds a certificate that Java can't read (" + e.getMessage()
                            + "): restore it if it is damaged, else renew the authority",
                    e);
        }
    }

    private static Optional<PrivateKey> privateKey(Object part)
            throws IOException, GeneralSecurityException, BadAuthorityException {
        if (part instanceof PEMEncryptedKeyPair || part instanceof PKCS8EncryptedPrivateKeyInfo) {
            throw new BadAuthorityException(
                    "holds an encrypted key: decrypt it (openssl pkey -in FILE -out NEW), and let its owner alone read it");
        }
        if (part instanceof PEMKeyPair pair) {
            return Optional.of(privateKey(pair.getPrivateKeyInfo()));
        }
        return part instanceof PrivateKeyInfo info ? Optional.of(privateKey(info)) : Optional.empty();
    }

    private static PrivateKey privateKey(PrivateKeyInfo info)
            throws IOException, GeneralSecurityException, BadAuthorityException {
        var algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
        String name;
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            name = "EC";
        } else if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            name = "RSA";
        } else {
            throw new BadAuthorityException("holds a key of a kind that is not supported (" + algorithm
                    + "): use EC P-256, P-384 or P-521, or RSA");
        }
        return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    /**
     * Writes a certificate.
     *
     * @param certificate the certificate
     * @return PEM, with a line end after it
     */
    public static String write(X509Certificate certificate) {
        try {
            return write("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can't be written", e);
        }
    }

    /**
     * Writes a private key.
     *
     * @param key the key
     * @return PKCS #8 in PEM, with a line end after it
     */
    public static String write(PrivateKey key) {
        return write("PRIVATE KEY", key.getEncoded());
    }

    private static String write(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /** Shows how much there is, never what. */
    @Override
    public String toString() {
        return "PemText[certificates=" + certificates.size() + ", privateKey=" + privateKey.isPresent() + "]";
    }
}
