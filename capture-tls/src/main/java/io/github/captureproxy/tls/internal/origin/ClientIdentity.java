package io.github.captureproxy.tls.internal.origin;

import io.github.captureproxy.tls.internal.host.HostPattern;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the proxy shows to origins that ask for a client certificate.
 *
 * @param hosts the origins that it is for
 * @param key the private key
 * @param chain the certificate, and those above it
 */
public record ClientIdentity(HostPattern hosts, PrivateKey key, List<X509Certificate> chain) {
    /** Copies the list. */
    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().getName() + " for " + hosts;
    }
}
