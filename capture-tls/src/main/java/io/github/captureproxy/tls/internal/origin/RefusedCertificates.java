package io.github.captureproxy.tls.internal.origin;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.memory.Capacity;
import io.github.captureproxy.tls.internal.memory.Lifetimes;
import io.github.captureproxy.tls.internal.memory.QuotaMap;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The certificates that were refused last, one for each name, for a person to look at. Safe for any thread. */
public final class RefusedCertificates {
    /** A certificate takes a few KB, ten times what else is remembered: so many times fewer are kept. */
    private static final int PART = 10;

    private final QuotaMap<String, Refused> latest;
    private final Duration lifetime;

    /**
     * Makes an empty memory.
     *
     * @param clock what tells when certificates are forgotten
     * @param lifetimes how long they are kept: as long as what clients said of certificates
     * @param capacity how much is remembered of other kinds; of certificates a tenth of that
     */
    public RefusedCertificates(Clock clock, Lifetimes lifetimes, Capacity capacity) {
        latest = new QuotaMap<>(clock, part(capacity.entries()), part(capacity.perAddress()));
        lifetime = lifetimes.strong();
    }

    private static int part(int entries) {
        return Math.max(1, entries / PART);
    }

    /**
     * A refusal.
     *
     * @param name the tunnel's name
     * @param certificate the origin's own certificate
     * @param problem what is wrong with it, in words
     */
    public record Refused(String name, X509Certificate certificate, String problem) {}

    /**
     * Notes one, in place of an earlier one for the same name.
     *
     * @param owner whose quota it counts towards
     * @param refused the refusal
     */
    public void add(Object owner, Refused refused) {
        latest.put(owner, refused.name(), refused, lifetime);
    }

    /**
     * The last one for a name.
     *
     * @param name the name, in any case
     * @return it; empty if none is known
     */
    public Optional<Refused> find(String name) {
        return latest.get(HostName.asked(name));
    }

    /**
     * The certificates by name.
     *
     * @return the map itself, to list and to clear
     */
    public QuotaMap<String, Refused> latest() {
        return latest;
    }
}
