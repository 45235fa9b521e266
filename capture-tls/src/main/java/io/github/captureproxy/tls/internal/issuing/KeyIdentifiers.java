package io.github.captureproxy.tls.internal.issuing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The bytes by which a leaf names its authority's key. */
final class KeyIdentifiers {
    private KeyIdentifiers() {}

    /** Method (1) of RFC 5280 section 4.2.1.2: the SHA-1 of the key's bits. It only tells keys apart. */
    static byte[] ofKey(SubjectPublicKeyInfo publicKey) {
        try {
            return MessageDigest.getInstance("SHA-1")
                    .digest(publicKey.getPublicKeyData().getOctets());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-1", e);
        }
    }

    /**
     * What the authority calls its key, however it came by that, since clients compare the bytes. An authority that
     * doesn't say leaves them nothing to compare with; then any identifier will do, and RFC 5280 section 4.2.1.1 wants
     * one.
     */
    static byte[] ofAuthority(X509Certificate authority) {
        byte[] extension = authority.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        if (extension == null) {
            return ofKey(
                    SubjectPublicKeyInfo.getInstance(authority.getPublicKey().getEncoded()));
        }
        byte[] value = ASN1OctetString.getInstance(extension).getOctets();
        return SubjectKeyIdentifier.getInstance(value).getKeyIdentifier();
    }
}
