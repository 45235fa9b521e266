package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.issuing.KeySpec;

/** The kind of key that a new authority gets. */
public enum AuthorityKeyType {
    /** NIST P-256: fast, and known to every client of the last fifteen years. The default. */
    EC_P256(KeySpec.EC_P256),
    /** RSA with 2048 bits, for clients that know no elliptic curves. A leaf takes several times the CPU. */
    RSA_2048(KeySpec.RSA_2048),
    /** RSA with 3072 bits, where a rule asks for it. A leaf takes more than ten times the CPU. */
    RSA_3072(KeySpec.RSA_3072);

    private final KeySpec spec;

    AuthorityKeyType(KeySpec spec) {
        this.spec = spec;
    }

    KeySpec spec() {
        return spec;
    }
}
