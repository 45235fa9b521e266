package io.github.captureproxy.tls;

/** How a proxy comes to take a client for one that trusts its authority. */
public enum ClientTrust {
    /**
     * By what the client does: it sent application data after a full intercepted handshake, or passed the trust check.
     * Until then, hosts known by HSTS (RFC 6797) are passed through.
     */
    LEARNED,
    /** Every client is taken for one that trusts: for tests, which hand their client its trust store. */
    ASSUMED,
    /** As {@link #LEARNED}, but until then every host is passed through, not only those known by HSTS. */
    PROVEN
}
