package io.github.captureproxy.tls.internal.origin;

import io.github.captureproxy.tls.internal.host.HostName;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The certificates that were refused last, one for each name, for a person to look at. Safe for any thread. */
public final class RefusedCertificates {
    /** A certificate takes a few KB; whoever asks does so soon after the refusal. */
    static final int MAX_NAMES = 500;

    private final Map<String, Refused> latest = new LinkedHashMap<>();

    /**
     * A refusal.
     *
     * @param name the tunnel's name
     * @param certificate the origin's own certificate
     * @param problem what is wrong with it, in words
     */
    public record Refused(String name, X509Certificate certificate, String problem) {}

    /**
     * Notes one; of all names the one noted first goes when there are too many.
     *
     * @param refused the refusal
     */
    public synchronized void add(Refused refused) {
        latest.remove(refused.name());
        if (latest.size() >= MAX_NAMES) {
            latest.remove(latest.keySet().iterator().next());
        }
        latest.put(refused.name(), refused);
    }

    /**
     * The last one for a name.
     *
     * @param name the name, in any case
     * @return it; empty if none is known
     */
    public synchronized Optional<Refused> find(String name) {
        return Optional.ofNullable(latest.get(HostName.asked(name)));
    }
}
