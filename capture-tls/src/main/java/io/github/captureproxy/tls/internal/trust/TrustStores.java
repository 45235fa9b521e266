package io.github.captureproxy.tls.internal.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes what JSSE needs to trust a set of certificates. */
public final class TrustStores {
    /** The one type that every Java runtime of today reads; there is none for PEM. */
    private static final String TYPE = "PKCS12";

    private TrustStores() {}

    /**
     * Makes a trust store in memory.
     *
     * @param anchors what is to be in it
     * @return a new store, the caller's own
     */
    public static KeyStore store(Collection<X509Certificate> anchors) {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            int number = 0;
            for (X509Certificate anchor : anchors) {
                store.setCertificateEntry("anchor-" + number++, anchor);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime makes no trust store in memory", e);
        }
    }

    /**
     * Writes a trust store.
     *
     * @param store the store
     * @param password what it is sealed with
     * @return a PKCS #12 file's content
     */
    public static byte[] bytes(KeyStore store, char[] password) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            store.store(out, password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime writes no PKCS #12 trust store", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a trust store could not be written to memory", e);
        }
        return out.toByteArray();
    }

    /**
     * Makes a trust manager with the platform's own checks of chains and names.
     *
     * @param store the anchors
     * @return a trust manager; safe for any thread
     */
    public static X509ExtendedTrustManager trustManager(KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager x509) {
                    return x509;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime checks no certificates", e);
        }
        throw new IllegalStateException("this Java runtime has no X.509 trust manager");
    }

    /**
     * Makes a context for clients.
     *
     * @param trust what it trusts
     * @return a new context without a key of its own and with a session cache of its own
     */
    public static SSLContext context(X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }
}
