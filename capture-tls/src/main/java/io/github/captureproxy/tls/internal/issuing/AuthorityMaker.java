package io.github.captureproxy.tls.internal.issuing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Makes authorities: self-signed, for leaves only. */
public final class AuthorityMaker {
    /** How far in the past a certificate starts to be valid, for clients whose clock is behind. */
    static final Duration BACK_DATING = Duration.ofDays(2);

    private static final int RANDOM_DIGITS = 8;

    /** All addresses: a network of four or sixteen zeros with a mask of the same (RFC 5280 section 4.2.1.10). */
    private static final List<byte[]> ALL_ADDRESSES = List.of(new byte[8], new byte[32]);

    private AuthorityMaker() {}

    /**
     * Makes an authority with a new key.
     *
     * @param template what it is to be like
     * @param now the present
     * @return the authority
     */
    public static AuthorityKeyPair make(AuthorityTemplate template, Instant now) {
        KeyPair keys = template.key().generate();
        SubjectPublicKeyInfo publicKey =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        X500Name name = name(template.commonName(), now);
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                Signing.serial(),
                Date.from(second.minus(BACK_DATING)),
                Date.from(second.plus(template.lifetime())),
                name,
                publicKey);
        add(builder, Extension.basicConstraints, true, new BasicConstraints(0));
        add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        add(builder, Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(KeyIdentifiers.ofKey(publicKey)));
        if (!template.permittedDomains().isEmpty()) {
            add(builder, Extension.nameConstraints, true, constraints(template.permittedDomains()));
        }
        X509Certificate certificate = CertificateSigner.of(keys.getPrivate()).sign(builder);
        return new AuthorityKeyPair(List.of(certificate), keys.getPrivate());
    }

    /** The date tells a person which one it is; the digits keep two installations apart. */
    private static X500Name name(String commonName, Instant now) {
        LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String unique = commonName + " " + date + " " + Signing.randomHex(RANDOM_DIGITS);
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, unique).build();
    }

    /** A form of name without a permitted subtree is not constrained at all, so addresses are excluded. */
    private static NameConstraints constraints(List<String> domains) {
        GeneralSubtree[] permitted = domains.stream()
                .map(domain -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)))
                .toArray(GeneralSubtree[]::new);
        GeneralSubtree[] excluded = ALL_ADDRESSES.stream()
                .map(network -> new GeneralName(GeneralName.iPAddress, new DEROctetString(network)))
                .map(GeneralSubtree::new)
                .toArray(GeneralSubtree[]::new);
        return new NameConstraints(permitted, excluded);
    }

    static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(type, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException("an extension could not be written to memory", e);
        }
    }
}
