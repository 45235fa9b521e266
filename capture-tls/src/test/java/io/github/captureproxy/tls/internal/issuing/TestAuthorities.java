package io.github.captureproxy.tls.internal.issuing;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that other software might make for authorities, good and bad. */
public final class TestAuthorities {
    private final KeyPair keys;
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant until = Instant.now().plus(Duration.ofDays(20));
    private boolean authority = true;
    private int usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private byte[] subjectKey = {1, 2, 3};
    private KeyPurposeId purpose;

    private TestAuthorities(KeyPair keys) {
        this.keys = keys;
    }

    /** With a key on a named curve. */
    public static TestAuthorities curve(String name) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return new TestAuthorities(generator.generateKeyPair());
    }

    /** With a key of any other kind. */
    public static TestAuthorities key(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return new TestAuthorities(generator.generateKeyPair());
    }

    /** Valid from then on. */
    public TestAuthorities from(Instant moment) {
        from = moment;
        return this;
    }

    /** Valid until then. */
    public TestAuthorities until(Instant moment) {
        until = moment;
        return this;
    }

    /** Without CA:TRUE. */
    public TestAuthorities noAuthority() {
        authority = false;
        return this;
    }

    /** With another key usage; 0 for none. */
    public TestAuthorities usage(int bits) {
        usage = bits;
        return this;
    }

    /** With an extended key usage. */
    public TestAuthorities purpose(KeyPurposeId id) {
        purpose = id;
        return this;
    }

    /** With this subject key identifier; none if it is empty. */
    public TestAuthorities subjectKey(byte... identifier) {
        subjectKey = identifier;
        return this;
    }

    /** Makes it. */
    public AuthorityKeyPair make() throws Exception {
        X500Name name = new X500Name("O=Elsewhere,CN=Company CA");
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                BigInteger.TEN,
                Date.from(from),
                Date.from(until),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        builder.addExtension(
                Extension.basicConstraints, true, authority ? new BasicConstraints(true) : new BasicConstraints(false));
        if (usage != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        }
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        if (subjectKey.length > 0) {
            builder.addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(subjectKey));
        }
        String algorithm = switch (keys.getPrivate().getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
        byte[] der = builder.build(signer).getEncoded();
        var certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        return new AuthorityKeyPair(List.of(certificate), keys.getPrivate());
    }
}
