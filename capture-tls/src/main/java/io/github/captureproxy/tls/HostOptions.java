package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.host.HostPattern;
import io.github.captureproxy.tls.internal.host.HostRules;
import io.github.captureproxy.tls.internal.origin.ClientIdentity;
import io.github.captureproxy.tls.internal.origin.Fingerprints;
import io.github.captureproxy.tls.internal.origin.KeyMatch;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The builder's options about hosts and origins. */
final class HostOptions {
    private final TlsProblems problems;
    private final List<HostPattern> passThrough = new ArrayList<>();
    private final List<HostPattern> interceptOnly = new ArrayList<>();
    private final List<X509Certificate> anchors = new ArrayList<>();
    private final Map<String, Set<String>> fingerprints = new HashMap<>();
    private final List<ClientIdentity> identities = new ArrayList<>();

    HostOptions(TlsProblems problems) {
        this.problems = problems;
    }

    void passThrough(String... rules) {
        Arrays.stream(rules)
                .map(rule -> pattern("passThroughHosts", rule))
                .flatMap(Optional::stream)
                .forEach(passThrough::add);
    }

    void interceptOnly(String... rules) {
        Arrays.stream(rules)
                .map(rule -> pattern("interceptOnlyHosts", rule))
                .flatMap(Optional::stream)
                .forEach(interceptOnly::add);
    }

    private Optional<HostPattern> pattern(String option, String rule) {
        try {
            return Optional.of(HostPattern.parse(rule));
        } catch (IllegalArgumentException e) {
            problems.add(option, "\"" + rule + "\"", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    void upstreamTrust(Collection<X509Certificate> certificates) {
        anchors.addAll(certificates);
    }

    void trustOrigin(String name, String sha256) {
        Optional<String> host = HostName.parseHost(name);
        if (host.isEmpty()) {
            problems.add("trustOrigin", "\"" + name + "\"", "give one exact host name or address, without port");
            return;
        }
        try {
            fingerprints.computeIfAbsent(host.get(), absent -> new HashSet<>()).add(Fingerprints.digits(sha256));
        } catch (IllegalArgumentException e) {
            problems.add("trustOrigin", "\"" + sha256 + "\"", String.valueOf(e.getMessage()));
        }
    }

    void clientCertificate(String rule, PrivateKey key, X509Certificate... chain) {
        if (chain.length == 0) {
            problems.add("clientCertificate", "\"" + rule + "\"", "give the certificate that belongs to the key");
        } else if (!key.getAlgorithm().equals(chain[0].getPublicKey().getAlgorithm())) {
            problems.add(
                    "clientCertificate",
                    "\"" + rule + "\"",
                    "the key is " + key.getAlgorithm() + " and the certificate's is "
                            + chain[0].getPublicKey().getAlgorithm() + ": give two that belong together");
        } else if (!KeyMatch.isPossible(key, chain[0].getPublicKey())) {
            problems.add(
                    "clientCertificate",
                    "\"" + rule + "\"",
                    "the key is not the one of the certificate "
                            + chain[0].getSubjectX500Principal().getName() + ": give two that belong together");
        } else {
            pattern("clientCertificate", rule)
                    .ifPresent(hosts -> identities.add(new ClientIdentity(hosts, key, List.of(chain))));
        }
    }

    void clientCertificate(String rule, KeyStore store, char[] password) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
                    clientCertificate(rule, key, chain(store.getCertificateChain(alias)));
                    return;
                }
            }
            problems.add(
                    "clientCertificate", "\"" + rule + "\"", "the key store has no private key: give one that has");
        } catch (GeneralSecurityException e) {
            problems.add(
                    "clientCertificate",
                    "\"" + rule + "\"",
                    "the key store's key cannot be read (" + e.getMessage() + "): give the password of the key");
        }
    }

    private static X509Certificate[] chain(Certificate... certificates) {
        return Arrays.stream(certificates)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
    }

    HostRules rules() {
        return new HostRules(passThrough, interceptOnly);
    }

    TlsSettings.Origins origins() {
        Map<String, Set<String>> copy = new HashMap<>();
        fingerprints.forEach((name, digits) -> copy.put(name, Set.copyOf(digits)));
        return new TlsSettings.Origins(List.copyOf(anchors), Map.copyOf(copy), List.copyOf(identities));
    }
}
