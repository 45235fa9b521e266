package io.github.captureproxy.tls;

import java.util.Map;

/**
 * Which policy a tunnel is decided by: listening addresses may have one that differs in how their clients come to be
 * trusted. Immutable.
 *
 * @param general where nothing else is said
 * @param trustByLabel how clients of some listening addresses come to be trusted, by label
 */
record TunnelPolicies(TunnelPolicy general, Map<String, ClientTrust> trustByLabel) {
    TunnelPolicies {
        trustByLabel = Map.copyOf(trustByLabel);
    }

    /** The policy for the clients of a listening address. */
    TunnelPolicy at(String label) {
        ClientTrust trust = trustByLabel.getOrDefault(label, general.clientTrust());
        return new TunnelPolicy(trust, general.hstsMode());
    }

    @Override
    public String toString() {
        return general + (trustByLabel.isEmpty() ? "" : ", at listening addresses " + trustByLabel);
    }
}
