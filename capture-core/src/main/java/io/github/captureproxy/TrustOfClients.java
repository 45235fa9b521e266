package io.github.captureproxy;

import io.github.captureproxy.spi.TlsInterceptor;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom clients of a proxy are to trust. Made when it is first asked for, which reads the runtime's roots. */
final class TrustOfClients {
    private final Optional<TlsInterceptor> tls;
    private volatile @Nullable Trust made;

    /** Whom, and whether that is more than whom the runtime trusts. */
    private record Trust(X509TrustManager manager, boolean isMore) {}

    TrustOfClients(Optional<TlsInterceptor> tls) {
        this.tls = tls;
    }

    boolean isMore() {
        return trust().isMore();
    }

    X509TrustManager manager() {
        return trust().manager();
    }

    /** Two threads at once may both make one: they are alike. */
    private Trust trust() {
        Trust known = made;
        if (known == null) {
            known = tls.flatMap(TlsInterceptor::clientTrust)
                    .map(manager -> new Trust(manager, true))
                    .orElseGet(() -> new Trust(ofTheRuntime(), false));
            made = known;
        }
        return known;
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    private static X509TrustManager ofTheRuntime() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("this Java runtime has no X.509 trust manager"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime's own trust store can't be read", e);
        }
    }
}
