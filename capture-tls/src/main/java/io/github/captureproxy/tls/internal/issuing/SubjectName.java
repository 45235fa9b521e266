package io.github.captureproxy.tls.internal.issuing;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** The name by which people find a certificate in a store. */
public final class SubjectName {
    private SubjectName() {}

    /**
     * A certificate's common name.
     *
     * @param certificate a certificate
     * @return its first common name; without one, the whole subject as RFC 2253 writes it
     */
    public static String of(X509Certificate certificate) {
        byte[] subject = certificate.getSubjectX500Principal().getEncoded();
        RDN[] names = X500Name.getInstance(subject).getRDNs(BCStyle.CN);
        return names.length == 0
                ? certificate.getSubjectX500Principal().getName()
                : names[0].getFirst().getValue().toString();
    }
}
