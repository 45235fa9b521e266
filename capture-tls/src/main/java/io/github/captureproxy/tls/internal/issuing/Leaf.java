package io.github.captureproxy.tls.internal.issuing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A certificate for one name, with its key. Immutable. Its text never shows the key. */
public final class Leaf {
    private final LeafName name;
    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;
    private final Instant renewFrom;

    Leaf(LeafName name, List<X509Certificate> chain, PrivateKey privateKey, Instant renewFrom) {
        this.name = Objects.requireNonNull(name, "name");
        this.chain = List.copyOf(chain);
        this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
        this.renewFrom = Objects.requireNonNull(renewFrom, "renewFrom");
    }

    /**
     * The name that it is for.
     *
     * @return the one name in its subjectAltName
     */
    public LeafName name() {
        return name;
    }

    /**
     * What is shown in a handshake. The authority's certificate is in it because Chromium compares pins with the
     * presented chain only.
     *
     * @return the leaf, the authority, then those above the authority, if any
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The leaf's certificate.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * The leaf's key, which all leaves of one kind share.
     *
     * @return the key
     */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /**
     * Since when it is valid.
     *
     * @return a moment before it was made
     */
    public Instant validFrom() {
        return certificate().getNotBefore().toInstant();
    }

    /**
     * When it is time for another one.
     *
     * @return a moment before it expires, which leaves time for connections that start with it
     */
    public Instant renewFrom() {
        return renewFrom;
    }

    @Override
    public String toString() {
        return "Leaf[" + name + " until " + certificate().getNotAfter().toInstant() + "]";
    }
}
