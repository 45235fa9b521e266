package io.github.captureproxy.tls.internal.origin;

import io.github.captureproxy.internal.address.AddressLiteral;
import io.github.captureproxy.tls.internal.host.HostName;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a certificate is for a name (RFC 9525): by its subjectAltName alone, never by its common name; a wildcard
 * stands for one whole label, the first. Pure.
 */
public final class ServiceIdentity {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private ServiceIdentity() {}

    /**
     * Tells if a certificate is for a name.
     *
     * @param certificate the certificate
     * @param name a host name or address in its comparable form
     * @return true if it is
     */
    public static boolean matches(X509Certificate certificate, String name) {
        if (HostName.isAddress(name)) {
            Optional<InetAddress> address = AddressLiteral.parse(name);
            return alternatives(certificate, IP_ADDRESS).stream()
                    .anyMatch(text -> AddressLiteral.parse(text).equals(address));
        }
        return alternatives(certificate, DNS_NAME).stream().anyMatch(pattern -> matches(pattern, name));
    }

    /**
     * The names and addresses that a certificate is for.
     *
     * @param certificate the certificate
     * @return the names, then the addresses
     */
    public static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>(alternatives(certificate, DNS_NAME));
        names.addAll(alternatives(certificate, IP_ADDRESS));
        return names;
    }

    static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return !pattern.isEmpty() && HostName.normalized(pattern).equals(name);
        }
        String suffix = HostName.normalized(pattern.substring(1));
        int dot = name.indexOf('.');
        // A wildcard for all of a top-level domain, which no authority may give out, is not believed.
        return dot > 0
                && suffix.indexOf('.', 1) > 0
                && suffix.indexOf('*') < 0
                && name.substring(dot).equals(suffix);
    }

    private static List<String> alternatives(X509Certificate certificate, int type) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all == null) {
                return List.of();
            }
            return all.stream()
                    .filter(entry -> entry.get(0).equals(type))
                    .map(entry -> String.valueOf(entry.get(1)))
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of(); // a name that cannot be read is none
        }
    }
}
