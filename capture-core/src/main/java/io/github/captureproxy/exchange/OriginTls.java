package io.github.captureproxy.exchange;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The TLS connection between the proxy and an origin.
 *
 * @param version as the JDK names it, such as {@code TLSv1.3}
 * @param cipherSuite by its name in the IANA registry
 * @param applicationProtocol what was agreed on by ALPN (RFC 7301), if anything
 * @param serverName the name that the origin was asked for by SNI; empty for an address
 * @param certificates the chain that the origin showed, its own first
 * @param validity how its certificate was accepted
 */
public record OriginTls(
        String version,
        String cipherSuite,
        Optional<String> applicationProtocol,
        Optional<String> serverName,
        List<X509Certificate> certificates,
        Validity validity) {
    /** Copies the list. */
    public OriginTls {
        certificates = List.copyOf(certificates);
    }

    /** How an origin's certificate was accepted. */
    public enum Validity {
        /** By the configured trust anchors, for the name (RFC 9525). Revocation is not looked at. */
        VALID,
        /** It is the one certificate that {@code trustOrigin} names for this host. */
        TRUSTED_BY_FINGERPRINT
    }
}
