package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.hsts.HstsStore;
import io.github.captureproxy.tls.internal.hsts.LearnedHosts;
import io.github.captureproxy.tls.internal.hsts.NameSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts are known by HSTS (RFC 6797): those on the preload list, those under a top-level domain that is preloaded
 * as a whole, and those learned from headers. Thread-safe; nothing here blocks.
 */
public final class HstsPolicy {
    private final NameSet topLevelDomains = HstsPreloadList.topLevelDomains().names();
    private final NameSet preloaded;
    private final LearnedHosts learned;
    private final Optional<HstsStore> store;

    HstsPolicy(NameSet preloaded, LearnedHosts learned, Optional<HstsStore> store) {
        this.preloaded = preloaded;
        this.learned = learned;
        this.store = store;
    }

    /**
     * A host learned from a header.
     *
     * @param host its name in lower case
     * @param includeSubDomains true if all names below it are known as well
     * @param expires when it is forgotten
     */
    public record Learned(String host, boolean includeSubDomains, Instant expires) {}

    /**
     * Tells if a host is known, by its own name or by a parent that includes its subdomains.
     *
     * @param host a host name or address, in any case
     * @return true if it is; never for an address
     */
    public boolean isKnown(String host) {
        String name = HostName.asked(host);
        return topLevelDomains.covers(name) || preloaded.covers(name) || learned.covers(name);
    }

    /**
     * The hosts learned.
     *
     * @return a copy, by name; at most as many as the builder's {@code memoryEntries}
     */
    public List<Learned> learned() {
        return learned.snapshot().stream()
                .map(known -> new Learned(known.name(), known.includeSubDomains(), known.expires()))
                .sorted(Comparator.comparing(Learned::host))
                .toList();
    }

    /**
     * Forgets a host learned; one on the preload list stays known.
     *
     * @param host its name, in any case
     * @return true if it was learned before
     */
    public boolean forget(String host) {
        boolean known = learned.forget(HostName.asked(host));
        if (known) {
            store.ifPresent(HstsStore::changed);
        }
        return known;
    }

    /** Forgets all hosts learned, in the file as well. */
    public void clear() {
        learned.clear();
        store.ifPresent(HstsStore::changed);
    }

    /** Takes in a header that came over TLS with a valid certificate. */
    void learn(Object owner, String name, List<String> values) {
        if (learned.learn(owner, name, values)) {
            store.ifPresent(HstsStore::changed);
        }
    }
}
