package io.github.captureproxy.tls.internal.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roots that this Java runtime trusts and, where it can read them, those of the operating system. */
public final class PlatformRoots {

    /** Windows, macOS's own, and what a macOS user trusts beside it; elsewhere a runtime has none of them. */
    private static final List<String> SYSTEM_STORES = List.of("Windows-ROOT", "KeychainStore-ROOT", "KeychainStore");

    private PlatformRoots() {}

    /**
     * Reads them anew: some 100 files' worth of parsing, so not for each connection. The runtime's own are what
     * {@code javax.net.ssl.trustStore} says, by default {@code cacerts}.
     *
     * @return the roots, each once; immutable
     */
    public static Set<X509Certificate> load() {
        Set<X509Certificate> roots = new LinkedHashSet<>();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    Collections.addAll(roots, x509.getAcceptedIssuers());
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime's own trust store can't be read", e);
        }
        SYSTEM_STORES.stream().map(PlatformRoots::system).forEach(roots::addAll);
        return Collections.unmodifiableSet(roots);
    }

    /** A system store that can't be read leaves the runtime's own roots, which is what most programs have anyway. */
    private static Collection<X509Certificate> system(String type) {
        Set<X509Certificate> roots = new LinkedHashSet<>();
        if (Security.getProviders("KeyStore." + type) == null) {
            return roots;
        }
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.isCertificateEntry(alias) ? store.getCertificate(alias) : null;
                if (certificate instanceof X509Certificate x509 && x509.getBasicConstraints() >= 0) {
                    roots.add(x509);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            log().warn("The system's trust store {} can't be read, so its roots are left out", type, e);
        }
        return roots;
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(PlatformRoots.class);
    }
}
