package io.github.captureproxy.tls;

import io.github.captureproxy.spi.ClientHello;
import io.github.captureproxy.tls.internal.hello.HelloSupport;
import io.github.captureproxy.tls.internal.hello.JdkOffer;
import io.github.captureproxy.tls.internal.hello.SuiteOrder;
import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.issuing.LeafIssuer;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import io.github.captureproxy.tls.internal.origin.ClientKeys;
import io.github.captureproxy.tls.internal.origin.Fingerprints;
import io.github.captureproxy.tls.internal.origin.OriginContext;
import io.github.captureproxy.tls.internal.origin.OriginTrust;
import io.github.captureproxy.tls.internal.serving.LeafContexts;
import io.github.captureproxy.tls.internal.trust.PlatformRoots;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the engines of both sides. Safe for any thread. */
final class TlsEngines {
    private final Supplier<SSLContext> originContexts;
    private final SSLContext originContext;
    private final Fingerprints fingerprints;
    private final ClientKeys clientKeys;
    private final LeafIssuer issuer;
    private final LeafContexts leaves;
    private final HelloSupport support;
    private final String[] versions;
    private final String[] suites;

    TlsEngines(TlsSettings settings) {
        TlsSettings.Origins origins = settings.origins();
        TlsSettings.Serving serving = settings.serving();
        List<X509Certificate> anchors = new ArrayList<>(PlatformRoots.load());
        anchors.addAll(origins.extraAnchors());
        // PKIX goes by the system's clock, and so do the words about it.
        fingerprints = new Fingerprints(origins.fingerprints());
        OriginTrust originTrust = new OriginTrust(anchors, fingerprints, Clock.systemUTC());
        clientKeys = new ClientKeys(origins.identities());
        originContexts = () ->
                OriginContext.of(() -> context(clientKeys, originTrust, serving.sessions()), fingerprints::removals);
        originContext = originContexts.get();
        versions = serving.versions().toArray(String[]::new);
        suites = SuiteOrder.ofDefaults();
        issuer = settings.authority().issuer();
        leaves = new LeafContexts(
                issuer, settings.memory().clock(), serving.leafCacheSize(), serving.sessions(), versions);
        support = new HelloSupport(JdkOffer.of(originContext, versions), serving.rsaOnly());
    }

    private static SSLContext context(ClientKeys keys, OriginTrust trust, LeafContexts.Sessions sessions) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            context.getClientSessionContext().setSessionCacheSize(sessions.perName());
            context.getClientSessionContext().setSessionTimeout(sessions.seconds());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    /** Whether this hello can be served, and this tunnel's name be asked for and vouched for. */
    HelloSupport.Result support(TunnelView view, ClientHello hello) {
        String name = view.name();
        if (!HostName.isAddress(name) && !HelloSupport.canAskFor(name)) {
            return new HelloSupport.Result.Unsupported("the JDK cannot ask for the name " + name + " by SNI");
        }
        if (leafName(name) == null) {
            return new HelloSupport.Result.Unsupported("no certificate can be made for the name " + name);
        }
        return support.check(hello);
    }

    /** Whether clients would refuse a leaf for this name because of the authority's name constraints. */
    boolean isOutsideAuthority(String name) {
        LeafName leaf = leafName(name);
        return leaf != null && !issuer.permits(leaf);
    }

    private static @Nullable LeafName leafName(String name) {
        try {
            return LeafName.of(name);
        } catch (IllegalArgumentException e) {
            return null; // that it throws is the answer
        }
    }

    SSLEngine originEngine(TunnelView view, List<String> alpn) {
        SSLEngine engine =
                originContext.createSSLEngine(view.name(), view.tunnel().port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(versions);
        parameters.setCipherSuites(suites);
        // The JDK's own check of the name comes on top of ours, which is stricter.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!HostName.isAddress(view.name())) {
            parameters.setServerNames(List.of(new SNIHostName(view.name())));
        }
        if (!alpn.isEmpty()) {
            parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** A context that judges origins as the engines do, with sessions of its own. */
    SSLContext newOriginContext() {
        return originContexts.get();
    }

    SSLEngine clientEngine(String name, LeafKind kind, String applicationProtocol) throws GeneralSecurityException {
        try {
            LeafName leaf = LeafName.of(name);
            // Each trust check is to show the certificate: a client that resumes a session proves nothing.
            return name.equals(TlsInterception.OWN_HOST)
                    ? leaves.engineWithoutSessions(leaf, kind, applicationProtocol)
                    : leaves.engine(leaf, kind, applicationProtocol);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new GeneralSecurityException("no certificate can be made for " + name + ": " + e.getMessage(), e);
        }
    }

    boolean isLeafChosen(SSLEngine engine) {
        return leaves.isChosen(engine);
    }

    ClientKeys clientKeys() {
        return clientKeys;
    }

    Fingerprints fingerprints() {
        return fingerprints;
    }

    /** The subjects of the certificates that a client is shown for a name which it was shown them for. */
    List<String> shownSubjects(String name) {
        return issuer.subjects(LeafName.of(name));
    }

    void close() {
        leaves.clear();
    }
}
