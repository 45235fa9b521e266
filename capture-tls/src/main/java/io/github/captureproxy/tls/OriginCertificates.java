package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.origin.Fingerprints;
import io.github.captureproxy.tls.internal.origin.RefusedCertificates;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Origins' certificates that were refused lately, and those that are trusted as they are, whatever is wrong with them, which
 * can be changed while the proxy runs. Kept in memory alone; those refused are listed and cleared by {@link TlsMemory}.
 * Safe for any thread.
 */
public final class OriginCertificates {
    private final Fingerprints trusted;
    private final RefusedCertificates refused;
    private final Consumer<String> changed;

    /** Tells of each name for which it has changed what is trusted. */
    OriginCertificates(Fingerprints trusted, RefusedCertificates refused, Consumer<String> changed) {
        this.trusted = trusted;
        this.refused = refused;
        this.changed = changed;
    }

    /**
     * A certificate that was refused.
     *
     * @param name the name that it was shown for
     * @param sha256 its SHA-256: 64 hexadecimal digits
     * @param subject whose it says it is
     * @param issuer who it says has signed it
     * @param validUntil its end
     * @param problem what is wrong with it, in words
     */
    public record Refused(
            String name, String sha256, String subject, String issuer, Instant validUntil, String problem) {}

    /**
     * The certificate that was refused last for a name.
     *
     * @param name a host name or address, in any case
     * @return it; empty if none was, or if it is forgotten: after {@link TlsInterceptionBuilder#rejectionLifetime}, by
     *     {@link TlsMemory}, or as the same client's address brought about so many others since
     */
    public Optional<Refused> refused(String name) {
        return refused.find(name)
                .map(found -> new Refused(
                        found.name(),
                        Fingerprints.of(found.certificate()),
                        found.certificate().getSubjectX500Principal().getName(),
                        found.certificate().getIssuerX500Principal().getName(),
                        found.certificate().getNotAfter().toInstant(),
                        found.problem()));
    }

    /**
     * Trusts one exact certificate for one name from now on, whatever is wrong with it; exchanges then say so. As {@link
     * TlsInterceptionBuilder#trustOrigin}, while the proxy runs.
     *
     * @param name the name or address of the origin
     * @param sha256 the SHA-256 of the certificate: 64 hexadecimal digits, with or without colons
     * @throws IllegalArgumentException if either is not that; the message says what to give
     * @throws IllegalStateException if as many are trusted already as can be
     */
    public void trust(String name, String sha256) {
        changed.accept(trusted.add(name, sha256));
    }

    /**
     * Trusts no certificate of a name as it is any more. Tunnels that are open stay as they are.
     *
     * @param name the name or address of the origin
     * @return true if one was trusted
     */
    public boolean distrust(String name) {
        Optional<String> host = trusted.remove(name);
        host.ifPresent(changed);
        return host.isPresent();
    }

    /**
     * What is trusted as it is.
     *
     * @return a copy: SHA-256 fingerprints in lower-case digits, by name
     */
    public Map<String, Set<String>> trusted() {
        return trusted.all();
    }
}
