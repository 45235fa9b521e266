package io.github.captureproxy.tls.internal.issuing;

/** The kind of key that a leaf has: which one a client can use shows in its hello. */
public enum LeafKind {
    /** For every client that offers an ECDSA suite or signature algorithm. */
    EC(KeySpec.EC_P256),
    /** For the others. */
    RSA(KeySpec.RSA_2048);

    private final KeySpec key;

    LeafKind(KeySpec key) {
        this.key = key;
    }

    KeySpec key() {
        return key;
    }
}
