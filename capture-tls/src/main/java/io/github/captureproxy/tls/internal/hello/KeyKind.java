package io.github.captureproxy.tls.internal.hello;

/** The kinds of key that a leaf can have. */
public enum KeyKind {
    /** EC P-256. */
    EC,
    /** RSA with 2048 bits. */
    RSA
}
