package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.host.HostRules;
import io.github.captureproxy.tls.internal.hsts.NameSet;
import io.github.captureproxy.tls.internal.memory.Capacity;
import io.github.captureproxy.tls.internal.memory.Lifetimes;
import io.github.captureproxy.tls.internal.origin.ClientIdentity;
import io.github.captureproxy.tls.internal.serving.LeafContexts;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the builder collected, checked. Immutable. */
record TlsSettings(
        CertificateAuthority authority,
        HostRules rules,
        TunnelPolicies policies,
        Hsts hsts,
        Origins origins,
        Serving serving,
        Memory memory,
        Consumer<TlsWarning> warnings) {

    /** Which hosts are known by HSTS. */
    record Hsts(NameSet preloaded, Optional<Path> file) {}

    /** How origins are judged, and what is shown to them. */
    record Origins(
            List<X509Certificate> extraAnchors,
            Map<String, Set<String>> fingerprints,
            List<ClientIdentity> identities) {}

    /** How clients are served. */
    record Serving(List<String> versions, boolean rsaOnly, int leafCacheSize, LeafContexts.Sessions sessions) {}

    /** What is remembered. */
    record Memory(Lifetimes lifetimes, Capacity capacity, Clock clock) {}
}
