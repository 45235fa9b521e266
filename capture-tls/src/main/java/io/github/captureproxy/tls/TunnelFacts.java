package io.github.captureproxy.tls;

import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import java.util.Optional;

/**
 * What is known of a tunnel when {@link TunnelPolicy} decides on it. Texts are words for people, which the tunnel's
 * record then carries.
 *
 * @param hostRule the program's own rule, or a person's choice, that leaves this host alone, if one does
 * @param chosen true if a person chose to have this host inspected: what is known of HSTS and of the client's trust in
 *     general does not count then
 * @param unsupported why the client's hello cannot be served, if it cannot
 * @param protocols what the client offers by ALPN (RFC 7301)
 * @param rejected how this client refused a certificate for this name, if it did within that memory's lifetime
 * @param distrust what shows that the client does not know the authority, if something does
 * @param hsts true if the name is known by HSTS (RFC 6797)
 * @param trusting true if this client is known to trust the authority
 * @param origin the verdict on the origin that was found within the last minute, if it was against it
 */
public record TunnelFacts(
        Optional<String> hostRule,
        boolean chosen,
        Optional<String> unsupported,
        Protocols protocols,
        Optional<String> rejected,
        Optional<String> distrust,
        boolean hsts,
        boolean trusting,
        Optional<PassThrough> origin) {

    /** What a client offers by ALPN. */
    public enum Protocols {
        /** It does not use ALPN. */
        NONE,
        /** HTTP/2 or HTTP/1.x is among it. */
        HTTP,
        /** No HTTP is among it. */
        NO_HTTP
    }
}
