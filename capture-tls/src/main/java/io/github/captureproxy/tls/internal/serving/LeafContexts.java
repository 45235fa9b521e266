package io.github.captureproxy.tls.internal.serving;

import io.github.captureproxy.tls.internal.hello.SuiteOrder;
import io.github.captureproxy.tls.internal.issuing.Leaf;
import io.github.captureproxy.tls.internal.issuing.LeafIssuer;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.issuing.LeafName;
import io.github.captureproxy.tls.internal.leaf.LeafCache;
import io.github.captureproxy.tls.internal.leaf.Made;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * Makes the engines that stand in for origins: one context for each leaf, so that a client's sessions resume for the name
 * that they were made for and no other. Safe for any thread.
 */
public final class LeafContexts {
    /** Clients are asked for no certificate; without this the JDK would read its trust store for each context. */
    private static final TrustManager[] NOBODY = {};

    private final LeafCache<Served> contexts;
    private final Sessions sessions;
    private final String[] versions;
    private final String[] suites = SuiteOrder.ofDefaults();
    private final Set<SSLEngine> chosen = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final Map<SSLEngine, Long> begun = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Bounds of session caches.
     *
     * @param perName the most sessions that are kept for one name
     * @param seconds how long one can be resumed
     */
    public record Sessions(int perName, int seconds) {}

    /** A leaf, and where the sessions are kept that begin with it. */
    private record Served(Leaf leaf, SSLContext context) {}

    /**
     * An empty cache.
     *
     * @param issuer makes leaves
     * @param clock tells when a leaf's time is over
     * @param capacity the most leaves kept
     * @param sessions bounds of each leaf's sessions
     * @param versions the TLS versions, as the JDK names them
     */
    public LeafContexts(LeafIssuer issuer, Clock clock, int capacity, Sessions sessions, String... versions) {
        this.sessions = sessions;
        this.versions = versions.clone();
        contexts = new LeafCache<>(capacity, clock, (name, kind) -> {
            Leaf leaf = issuer.issue(name, kind);
            return new Made<>(new Served(leaf, context(leaf)), leaf.validFrom(), leaf.renewFrom());
        });
    }

    private SSLContext context(Leaf leaf) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new LeafKeys(leaf, chosen)}, NOBODY, null);
            context.getServerSessionContext().setSessionCacheSize(sessions.perName());
            context.getServerSessionContext().setSessionTimeout(sessions.seconds());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    /**
     * Makes an engine. May take milliseconds, or wait for another thread that makes the same leaf.
     *
     * @param name the name that the leaf is for
     * @param kind the kind of its key
     * @param applicationProtocol the only protocol to agree on by ALPN; empty for none
     * @return an engine in server mode
     * @throws IllegalStateException if no leaf can be made, as the authority's time is over
     */
    public SSLEngine engine(LeafName name, LeafKind kind, String applicationProtocol) {
        return engine(contexts.get(name, kind).context(), applicationProtocol);
    }

    /**
     * Makes an engine that resumes no session and begins none that can be resumed: its client is shown the leaf each time.
     *
     * @param name the name that the leaf is for
     * @param kind the kind of its key
     * @param applicationProtocol the only protocol to agree on by ALPN; empty for none
     * @return an engine in server mode
     * @throws IllegalStateException if no leaf can be made, as the authority's time is over
     */
    public SSLEngine engineWithoutSessions(LeafName name, LeafKind kind, String applicationProtocol) {
        return engine(context(contexts.get(name, kind).leaf()), applicationProtocol);
    }

    private SSLEngine engine(SSLContext context, String applicationProtocol) {
        long now = System.currentTimeMillis();
        SSLEngine engine = context.createSSLEngine();
        begun.put(engine, now);
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(versions);
        parameters.setCipherSuites(suites);
        parameters.setUseCipherSuitesOrder(true);
        if (!applicationProtocol.isEmpty()) {
            parameters.setApplicationProtocols(new String[] {applicationProtocol});
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * Tells if an engine has chosen its leaf: its Certificate message is next, or has gone out.
     *
     * @param engine the engine
     * @return false before, and when it resumes a session
     */
    public boolean isChosen(SSLEngine engine) {
        return chosen.contains(engine) && !resumes(engine);
    }

    /** From JDK 25 on a key is chosen as well to see if a session can be resumed; such a session is older than its engine. */
    private boolean resumes(SSLEngine engine) {
        SSLSession handshake = engine.getHandshakeSession();
        SSLSession session = handshake == null ? engine.getSession() : handshake;
        Long start = begun.get(engine);
        return start != null && session.getCreationTime() < start;
    }

    /** Forgets all leaves and their sessions. */
    public void clear() {
        contexts.clear();
    }
}
