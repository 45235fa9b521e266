package io.github.captureproxy.tls.internal.host;

import java.util.List;
import java.util.Optional;

/**
 * The program's own rules on which hosts are inspected (rows "host rule" of the decision).
 *
 * @param passThrough hosts that are never inspected
 * @param interceptOnly if there are any, the only hosts that are inspected
 */
public record HostRules(List<HostPattern> passThrough, List<HostPattern> interceptOnly) {
    /** Copies the lists. */
    public HostRules {
        passThrough = List.copyOf(passThrough);
        interceptOnly = List.copyOf(interceptOnly);
    }

    /**
     * Why a tunnel is to be passed through. A rule matches the tunnel's name or its target; what is to be passed through
     * wins over what alone is to be intercepted.
     *
     * @param name the tunnel's name in its comparable form
     * @param target CONNECT's host in its comparable form
     * @return the rule in words; empty if none says so
     */
    public Optional<String> passes(String name, String target) {
        Optional<HostPattern> left = find(passThrough, name, target);
        if (left.isPresent()) {
            return Optional.of("the rule passThroughHosts(" + left.get() + ") matches");
        }
        if (!interceptOnly.isEmpty() && find(interceptOnly, name, target).isEmpty()) {
            return Optional.of("no rule of interceptOnlyHosts matches");
        }
        return Optional.empty();
    }

    private static Optional<HostPattern> find(List<HostPattern> patterns, String name, String target) {
        for (HostPattern pattern : patterns) {
            if (pattern.matches(name) || pattern.matches(target)) {
                return Optional.of(pattern);
            }
        }
        return Optional.empty();
    }
}
