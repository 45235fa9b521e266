package io.github.captureproxy.tls.internal.origin;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates below a trust anchor, in the order of who signed whom, as far as an origin showed them.
 *
 * @param certificates the leaf first, without the anchor unless that is the leaf itself
 * @param isAnchored true if an anchor is the last one's issuer, or was shown itself
 */
record PresentedPath(List<X509Certificate> certificates, boolean isAnchored) {
    private static final int MIN_RSA_BITS = 2048;

    /** Longer chains are not seen; JDK's own limit is 5 between leaf and anchor. */
    private static final int MAX_LENGTH = 10;

    static PresentedPath of(X509Certificate[] chain, Set<X509Certificate> anchors, Set<X500Principal> anchorNames) {
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate current = chain[0];
        while (path.size() < MAX_LENGTH && !path.contains(current)) {
            if (anchors.contains(current)) {
                return new PresentedPath(path.isEmpty() ? List.of(current) : path, true);
            }
            path.add(current);
            X500Principal issuer = current.getIssuerX500Principal();
            if (anchorNames.contains(issuer)) {
                return new PresentedPath(path, true);
            }
            Optional<X509Certificate> next = Arrays.stream(chain)
                    .filter(each -> each.getSubjectX500Principal().equals(issuer) && !path.contains(each))
                    .findFirst();
            if (next.isEmpty()) {
                break;
            }
            current = next.get();
        }
        return new PresentedPath(path, false);
    }

    /** What is too weak in it, in words. */
    Optional<String> weakness() {
        return certificates.stream()
                .map(PresentedPath::weakness)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> weakness(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            return Optional.of("has an RSA key of only " + rsa.getModulus().bitLength() + " bits");
        }
        if (key instanceof DSAKey) {
            return Optional.of("has a DSA key");
        }
        if (certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
            return Optional.empty(); // its own signature is nothing that anybody relies on
        }
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean broken = algorithm.startsWith("MD2") || algorithm.startsWith("MD5") || algorithm.startsWith("SHA1WITH");
        return broken ? Optional.of("is signed with " + certificate.getSigAlgName()) : Optional.empty();
    }
}
