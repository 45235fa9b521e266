package io.github.captureproxy.tls.internal.issuing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates with one key. Safe for any thread. Installs no provider. */
final class CertificateSigner {
    /** A signer serves one certificate. */
    private interface Signers {
        ContentSigner next() throws OperatorCreationException;
    }

    private final String algorithm;
    private final Signers signers;

    private CertificateSigner(String algorithm, Signers signers) {
        this.algorithm = algorithm;
        this.signers = signers;
    }

    /**
     * Prepares to sign.
     *
     * @throws IllegalArgumentException if clients would refuse what this key signs
     */
    static CertificateSigner of(PrivateKey key) {
        String algorithm = Signing.algorithm(key)
                .orElseThrow(() -> new IllegalArgumentException("no certificate can be signed with this key"));
        return new CertificateSigner(
                algorithm,
                algorithm.endsWith("withECDSA")
                        ? elliptic(algorithm, key)
                        : () -> new JcaContentSignerBuilder(algorithm).build(key));
    }

    /** The library's own curves sign a P-256 leaf in a sixth of the time that those of JDK 17 take. */
    private static Signers elliptic(String algorithm, PrivateKey key) {
        AlgorithmIdentifier signature = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
        AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        try {
            AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(key.getEncoded());
            return () -> new BcECContentSignerBuilder(signature, digest).build(secret);
        } catch (IOException e) {
            throw new UncheckedIOException("a key that was read can't be written to memory", e);
        }
    }

    X509Certificate sign(X509v3CertificateBuilder builder) {
        try {
            byte[] der = builder.build(signers.next()).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("this Java runtime can't sign a certificate with " + algorithm, e);
        } catch (IOException e) {
            throw new UncheckedIOException("a certificate could not be written to memory", e);
        }
    }
}
