package io.github.captureproxy.tls.internal.hsts;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.memory.Capacity;
import io.github.captureproxy.tls.internal.memory.QuotaMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The hosts known by HSTS from headers that came in (RFC 6797 section 8). Thread-safe. */
public final class LearnedHosts {
    /** An expiry that moves by less is not worth telling: each response of a host brings its header again. */
    private static final Duration MAX_TOLERANCE = Duration.ofHours(1);

    private static final int TOLERANCE_PART = 10;

    private final Clock clock;
    private final QuotaMap<String, Held> hosts;

    /**
     * Makes an empty store.
     *
     * @param clock what tells when hosts are forgotten
     * @param capacity how many hosts there may be
     */
    public LearnedHosts(Clock clock, Capacity capacity) {
        this.clock = clock;
        hosts = new QuotaMap<>(clock, capacity.entries(), capacity.perAddress());
    }

    /**
     * A host that is known.
     *
     * @param name its name in comparable form
     * @param includeSubDomains true if all names below it are known as well
     * @param expires until when
     */
    public record Known(String name, boolean includeSubDomains, Instant expires) {}

    /**
     * What is kept of a host.
     *
     * @param known what is known
     * @param told the expiry that a change was told for last, near the one that counts
     */
    private record Held(Known known, Instant told) {}

    /**
     * Takes in what a host said over TLS with a valid certificate.
     *
     * @param owner whose quota it counts towards
     * @param name the host in comparable form; an address is not taken in (RFC 6797 section 8.1.1)
     * @param values the header's values in the order that they came in: only the first counts (section 8.1)
     * @return true if something changed by more than a little time of the expiry
     */
    public boolean learn(Object owner, String name, List<String> values) {
        if (values.isEmpty() || HostName.isAddress(name)) {
            return false;
        }
        return StrictTransportSecurity.parse(values.get(0))
                .map(header -> apply(owner, name, header))
                .orElse(false);
    }

    private boolean apply(Object owner, String name, StrictTransportSecurity header) {
        if (header.maxAgeSeconds() == 0) {
            return hosts.remove(name);
        }
        Instant expires = clock.instant().plusSeconds(header.maxAgeSeconds());
        Optional<Instant> told =
                hosts.get(name).filter(held -> isNear(held, header, expires)).map(Held::told);
        Known known = new Known(name, header.includeSubDomains(), expires);
        return hosts.putUntil(owner, name, new Held(known, told.orElse(expires)), expires) && told.isEmpty();
    }

    private static boolean isNear(Held held, StrictTransportSecurity header, Instant expires) {
        Duration part = Duration.ofSeconds(header.maxAgeSeconds()).dividedBy(TOLERANCE_PART);
        Duration tolerance = part.compareTo(MAX_TOLERANCE) < 0 ? part : MAX_TOLERANCE;
        return held.known().includeSubDomains() == header.includeSubDomains()
                && Duration.between(held.told(), expires).abs().compareTo(tolerance) < 0;
    }

    /**
     * Takes in what was stored before.
     *
     * @param stored a host
     */
    public void restore(Known stored) {
        if (stored.expires().isAfter(clock.instant())) {
            Held held = new Held(stored, stored.expires());
            hosts.putUntil(stored.name(), stored.name(), held, stored.expires());
        }
    }

    /**
     * Tells if a host is known, by itself or by a parent that includes its subdomains (RFC 6797 section 8.2).
     *
     * @param name the host in comparable form
     * @return true if it is
     */
    public boolean covers(String name) {
        if (hosts.get(name).isPresent()) {
            return true;
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (hosts.get(name.substring(dot + 1))
                    .filter(held -> held.known().includeSubDomains())
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * What is known now.
     *
     * @return a copy, in no order
     */
    public List<Known> snapshot() {
        return hosts.snapshot().stream().map(entry -> entry.value().known()).toList();
    }

    /**
     * Forgets one host.
     *
     * @param name the host in comparable form
     * @return true if it was known
     */
    public boolean forget(String name) {
        return hosts.remove(name);
    }

    /** Forgets all. */
    public void clear() {
        hosts.clear();
    }
}
