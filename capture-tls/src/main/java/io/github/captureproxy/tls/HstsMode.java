package io.github.captureproxy.tls;

/** What it means that a host is known by HSTS (RFC 6797). */
public enum HstsMode {
    /** It is inspected only for clients that are known to trust the authority. */
    ADAPTIVE,
    /** It is never inspected. */
    PASS_THROUGH,
    /** Nothing. A client that does not trust the authority then shows its user an error without a way past it. */
    IGNORE
}
