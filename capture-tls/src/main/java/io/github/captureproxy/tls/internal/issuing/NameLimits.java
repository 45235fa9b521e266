package io.github.captureproxy.tls.internal.issuing;

import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/** The names that an authority may vouch for (RFC 5280 section 4.2.1.10). Immutable once made. */
final class NameLimits {
    private final PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();

    private NameLimits() {}

    static NameLimits of(X509Certificate authority) {
        NameLimits limits = new NameLimits();
        byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
        if (extension != null) {
            NameConstraints constraints = NameConstraints.getInstance(
                    ASN1OctetString.getInstance(extension).getOctets());
            if (constraints.getPermittedSubtrees() != null) {
                limits.validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
            }
            if (constraints.getExcludedSubtrees() != null) {
                for (GeneralSubtree excluded : constraints.getExcludedSubtrees()) {
                    limits.validator.addExcludedSubtree(excluded);
                }
            }
        }
        return limits;
    }

    boolean permit(GeneralName name) {
        try {
            validator.checkPermitted(name);
            validator.checkExcluded(name);
            return true;
        } catch (NameConstraintValidatorException e) {
            return false; // that it is not permitted is the answer
        }
    }
}
