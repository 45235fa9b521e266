package io.github.captureproxy.junit;

import io.github.captureproxy.spi.TlsInterceptor;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes the TLS context that clients of a proxy need. */
final class ClientContext {
    private ClientContext() {}

    static SSLContext of(Optional<TlsInterceptor> tls) {
        X509TrustManager trust = tls.orElseThrow(() -> new IllegalStateException(
                        "there is no SSLContext, as the extension doesn't look inside HTTPS: build it with"
                                + " tls(TlsInterception.forTests()), of module capture-tls"))
                .clientTrust()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no SSLContext, as " + tls.get().getClass().getName()
                                + " doesn't say what clients have to trust: implement its clientTrust()"));
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes no TLS context", e);
        }
    }
}
