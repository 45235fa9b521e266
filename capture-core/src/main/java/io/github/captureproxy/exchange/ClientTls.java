package io.github.captureproxy.exchange;

import java.util.Optional;

/**
 * The TLS connection between a client and the proxy that stood in for the origin.
 *
 * @param version as the JDK names it, such as {@code TLSv1.3}
 * @param cipherSuite by its name in the IANA registry
 * @param applicationProtocol what was agreed on by ALPN (RFC 7301), if anything
 * @param serverName the name that the client asked for by SNI (RFC 6066), if it did
 * @param fingerprint the JA4 fingerprint of the client's hello
 * @param resumed true if the client resumed an earlier session
 */
public record ClientTls(
        String version,
        String cipherSuite,
        Optional<String> applicationProtocol,
        Optional<String> serverName,
        String fingerprint,
        boolean resumed) {}
