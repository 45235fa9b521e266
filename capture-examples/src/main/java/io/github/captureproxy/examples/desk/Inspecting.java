package io.github.captureproxy.examples.desk;

import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.HstsMode;
import io.github.captureproxy.tls.OriginCertificates;
import io.github.captureproxy.tls.TlsInterception;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How HTTPS is looked into, where it is.
 *
 * @param hsts what it means that a host is known by HSTS
 * @param passThrough rules for hosts that are never inspected
 * @param hosts what was chosen for single hosts
 * @param trusted SHA-256 fingerprints of certificates that are trusted as they are, by host
 */
public record Inspecting(
        HstsMode hsts, List<String> passThrough, Map<String, Choice> hosts, Map<String, Set<String>> trusted) {
    /** As the program starts without options. */
    public static final Inspecting DEFAULT = new Inspecting(HstsMode.ADAPTIVE, List.of(), Map.of(), Map.of());

    /** Copies the collections. */
    public Inspecting {
        passThrough = List.copyOf(passThrough);
        hosts = Map.copyOf(hosts);
        trusted = Map.copyOf(trusted);
    }

    /** Whether an interception that was made with this one would have to be made anew for another. */
    boolean needsRestartFor(Inspecting other) {
        return hsts != other.hsts || !passThrough.equals(other.passThrough);
    }

    /** The same with another choice for a host. */
    Inspecting with(String host, Choice choice) {
        Map<String, Choice> changed = new HashMap<>(hosts);
        if (choice == Choice.DEFAULT) {
            changed.remove(host);
        } else {
            changed.put(host, choice);
        }
        return new Inspecting(hsts, passThrough, changed, trusted);
    }

    /** The same with these certificates trusted for a host, and no others; none if they are empty. */
    Inspecting trusting(String host, Set<String> sha256) {
        Map<String, Set<String>> changed = new HashMap<>(trusted);
        if (sha256.isEmpty()) {
            changed.remove(host);
        } else {
            changed.put(host, Set.copyOf(sha256));
        }
        return new Inspecting(hsts, passThrough, hosts, changed);
    }

    /** Has an interception do as was chosen, by the difference to what it does. */
    void applyTo(TlsInterception tls) {
        Map<String, Choice> chosen = new TreeMap<>(hosts);
        tls.hostChoices().all().keySet().forEach(host -> chosen.putIfAbsent(host, Choice.DEFAULT));
        chosen.forEach((host, choice) -> {
            if (tls.hostChoices().of(host) != choice) {
                tls.hostChoices().set(host, choice);
            }
        });
        OriginCertificates certificates = tls.originCertificates();
        trusted.forEach((host, prints) -> prints.forEach(print -> trust(certificates, host, print)));
    }

    private static void trust(OriginCertificates certificates, String host, String print) {
        if (!certificates.trusted().getOrDefault(host, Set.of()).contains(print)) {
            certificates.trust(host, print);
        }
    }
}
