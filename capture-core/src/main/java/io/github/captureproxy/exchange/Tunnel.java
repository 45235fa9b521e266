package io.github.captureproxy.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection that the proxy relayed without looking inside: a CONNECT tunnel, or what an upgrade left HTTP for.
 *
 * @param id its ordinal in this proxy; exchanges and tunnels share one sequence
 * @param client who opened it
 * @param host the target's host as CONNECT named it, in lower case; an IPv6 address without brackets
 * @param port the target's port
 * @param route how it was connected
 * @param reason why its bytes were relayed, or what they turned out to be
 * @param reasonDetail more on the reason in words, such as what is wrong with a certificate; empty if it says all
 * @param serverName the name that the client asked for by TLS SNI, if it spoke TLS with one
 * @param alpn the protocols that the client offered by TLS ALPN, in order; empty if none
 * @param fingerprint the JA4 fingerprint of the client's TLS hello, if it sent one
 * @param startedAt when the CONNECT request had come in
 * @param duration from then to its end
 * @param bytesSent bytes from the client to the target
 * @param bytesReceived bytes from the target to the client
 * @param outcome how it ended
 */
public record Tunnel(
        long id,
        ClientInfo client,
        String host,
        int port,
        Route route,
        Reason reason,
        String reasonDetail,
        Optional<String> serverName,
        List<String> alpn,
        Optional<String> fingerprint,
        Instant startedAt,
        Duration duration,
        long bytesSent,
        long bytesReceived,
        Outcome outcome) {
    /** Copies the list. */
    public Tunnel {
        alpn = List.copyOf(alpn);
    }

    /**
     * The tunnel on one line, for logs and lists.
     *
     * @return host, port, reason, bytes and time
     */
    public String summary() {
        return "CONNECT " + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port + " " + reason + " "
                + bytesSent + " B sent, " + bytesReceived + " B received, " + duration.toMillis() + " ms"
                + (outcome.isSuccess() ? "" : " " + outcome);
    }

    /** Why a tunnel was handled as it was. */
    public enum Reason {
        /** The target sent bytes before the client did: relayed. */
        SERVER_SPEAKS_FIRST,
        /** HTTP without TLS was spoken inside; its exchanges are recorded as such. */
        PLAIN_HTTP,
        /** The client's first bytes were no TLS: relayed. */
        NOT_TLS,
        /** TLS, and no interception is configured: passed through. */
        NOT_CONFIGURED,
        /** The program's own rule leaves this host alone, or names only others: passed through. */
        HOST_RULE,
        /** The client's TLS has a version, suite, group, algorithm or name that cannot be served: passed through. */
        CLIENT_TLS_UNSUPPORTED,
        /** The client offers by ALPN only protocols other than HTTP: passed through. */
        NOT_HTTP,
        /** This client has refused the proxy's certificate for this name before: passed through. */
        CLIENT_REJECTED_BEFORE,
        /** This client does not know the proxy's authority, as it showed for other names: passed through. */
        CLIENT_DISTRUSTS,
        /** The host is known by HSTS (RFC 6797), and the client is not known to trust the authority: passed through. */
        HSTS,
        /** The origin's certificate is not valid: passed through, so that the client judges for itself. */
        ORIGIN_CERTIFICATE_INVALID,
        /** The handshake with the origin failed: passed through. */
        ORIGIN_TLS_FAILED,
        /** The origin asks for a certificate of the client, and none is configured: passed through. */
        CLIENT_CERTIFICATE_WANTED,
        /** TLS was looked into; its exchanges are recorded as such. */
        INTERCEPTED,
        /** TLS was looked into, and what is inside is not HTTP: the decrypted bytes were relayed. */
        INTERCEPTED_NOT_HTTP,
        /** Nothing was sent before it ended. */
        NOTHING_SENT,
        /**
         * It never opened: the target could not, or may not, be connected to, or too many tunnels were open; the outcome
         * says which. Its CONNECT may have been answered with 200 all the same, where a kept connection or rules were
         * thought to stand in for the target, and it turned out to be needed. A CONNECT that was refused for its client,
         * its credentials, its port or its form (403, 407, 400) is no tunnel but an exchange, for it is answered as one.
         */
        NOT_OPENED,
        /** An HTTP/1.1 upgrade to a protocol that is not captured: relayed. */
        UPGRADED
    }
}
