package io.github.captureproxy.tls.internal.memory;

import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of origins: for a short while, what was found wrong with one in a handshake; for a day, that one
 * wants a client certificate after a handshake that looked good, and the names of a run of bad certificates. Thread-safe.
 */
public final class OriginMemory {
    /** So many names with bad certificates, and none good in between, point to a fault nearer than the origins. */
    public static final int SUSPICIOUS_RUN = 5;

    private final Clock clock;
    private final Lifetimes lifetimes;
    private final QuotaMap<Key, PassThrough> verdicts;

    /** When each is forgotten, by name, in the order in which they came. Guarded by itself. */
    private final Map<String, Instant> invalidRun = new LinkedHashMap<>();

    /**
     * Makes an empty memory.
     *
     * @param clock what tells when entries expire
     * @param lifetimes how long they last
     * @param capacity how many there may be
     */
    public OriginMemory(Clock clock, Lifetimes lifetimes, Capacity capacity) {
        this.clock = clock;
        this.lifetimes = lifetimes;
        verdicts = new QuotaMap<>(clock, capacity.entries(), capacity.perAddress());
    }

    /**
     * What a verdict is about.
     *
     * @param host the tunnel's target
     * @param port the target's port
     * @param route how it is connected
     * @param name the tunnel's name
     * @param alpn the protocols offered to the origin, or one star for what is true whatever is offered
     */
    public record Key(String host, int port, Route route, String name, List<String> alpn) {
        /** Copies the list. */
        public Key {
            alpn = List.copyOf(alpn);
        }

        private Key whateverIsOffered() {
            return new Key(host, port, route, name, List.of("*"));
        }

        @Override
        public String toString() {
            return name + " at " + host + ":" + port + " " + route.kind() + " " + alpn;
        }
    }

    /**
     * What is known against an origin.
     *
     * @param key which
     * @return why a tunnel to it is passed through; empty if nothing is known
     */
    public Optional<PassThrough> verdict(Key key) {
        return verdicts.get(key).or(() -> verdicts.get(key.whateverIsOffered()));
    }

    /**
     * An origin's handshake ended in a verdict against it.
     *
     * @param owner whose quota it counts towards
     * @param key which origin
     * @param verdict the verdict
     * @return the names in question if this is the one that makes a run of bad certificates suspicious, else none
     */
    public List<String> refused(Object owner, Key key, PassThrough verdict) {
        verdicts.put(owner, key, verdict, lifetimes.origin());
        return verdict.reason() == Reason.ORIGIN_CERTIFICATE_INVALID ? invalid(key.name()) : List.of();
    }

    private List<String> invalid(String name) {
        synchronized (invalidRun) {
            List<String> before = invalidRun();
            if (!before.contains(name) && before.size() == SUSPICIOUS_RUN) {
                return List.of();
            }
            invalidRun.put(name, clock.instant().plus(lifetimes.strong()));
            return before.size() < SUSPICIOUS_RUN && invalidRun.size() == SUSPICIOUS_RUN
                    ? List.copyOf(invalidRun.keySet())
                    : List.of();
        }
    }

    /** An origin's certificate was found valid: a run of bad ones is over. */
    public void valid() {
        synchronized (invalidRun) {
            invalidRun.clear();
        }
    }

    /**
     * The names with bad certificates, with none good in between, each for a day. All clients share them, and nothing is
     * evicted: with {@link #SUSPICIOUS_RUN} names the run is whole.
     *
     * @return at most {@link #SUSPICIOUS_RUN} names
     */
    public List<String> invalidRun() {
        return List.copyOf(invalidRunExpiries().keySet());
    }

    /**
     * When each name of the run is forgotten.
     *
     * @return a copy, in the order in which they came
     */
    public Map<String, Instant> invalidRunExpiries() {
        synchronized (invalidRun) {
            Instant now = clock.instant();
            invalidRun.values().removeIf(expires -> !expires.isAfter(now));
            return new LinkedHashMap<>(invalidRun);
        }
    }

    /**
     * An origin turned out to want a client certificate, or to negotiate anew, when its connection was in use: each such
     * finding costs a client a connection, so that it is kept long.
     *
     * @param owner whose quota it counts towards
     * @param key which origin
     * @param verdict the verdict
     */
    public void brokeLater(Object owner, Key key, PassThrough verdict) {
        verdicts.put(owner, key.whateverIsOffered(), verdict, lifetimes.strong());
    }

    /**
     * Forgets what was found wrong with one origin.
     *
     * @param name a tunnel's name or target, in its comparable form
     */
    public void forget(String name) {
        verdicts.removeIf(
                entry -> entry.key().name().equals(name) || entry.key().host().equals(name));
        synchronized (invalidRun) {
            invalidRun.remove(name);
        }
    }

    /**
     * The verdicts.
     *
     * @return the map itself, to list and to clear
     */
    public QuotaMap<Key, PassThrough> verdicts() {
        return verdicts;
    }

    /** Forgets all. */
    public void clear() {
        verdicts.clear();
        valid();
    }
}
