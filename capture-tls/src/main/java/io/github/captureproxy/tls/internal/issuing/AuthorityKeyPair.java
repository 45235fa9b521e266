package io.github.captureproxy.tls.internal.issuing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * An authority's private key with the certificate that goes with it, checked by {@link AuthorityCheck} or just made.
 * Immutable. Its text never shows the key.
 */
public final class AuthorityKeyPair {
    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;

    /**
     * Puts both together.
     *
     * @param chain the authority's certificate, then those above it that are to be shown to clients, if any
     * @param privateKey the key of the first one
     */
    public AuthorityKeyPair(List<X509Certificate> chain, PrivateKey privateKey) {
        this.chain = List.copyOf(chain);
        this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
        if (this.chain.isEmpty()) {
            throw new IllegalArgumentException("an authority has a certificate");
        }
    }

    /**
     * The authority's own certificate.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * What comes after the leaf in a handshake.
     *
     * @return the authority's certificate, then those above it; immutable
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The key that signs leaves. Whoever asks must not let it out of the module.
     *
     * @return the key
     */
    public PrivateKey privateKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "AuthorityKeyPair[" + certificate().getSubjectX500Principal().getName() + "]";
    }
}
