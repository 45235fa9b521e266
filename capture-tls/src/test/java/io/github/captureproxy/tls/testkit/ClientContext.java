package io.github.captureproxy.tls.testkit;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** What clients are made of. */
public final class ClientContext {
    private final SSLContext context;
    private final AtomicInteger checks;

    private ClientContext(SSLContext context, AtomicInteger checks) {
        this.context = context;
        this.checks = checks;
    }

    /** Takes any certificate. */
    public static ClientContext careless() {
        return careless(null);
    }

    /** Takes any certificate, and shows its own where it is asked. */
    public static ClientContext careless(TestCertificate identity) {
        AtomicInteger checks = new AtomicInteger();
        return new ClientContext(context(keys(identity), new TrustManager[] {new Anyone(checks)}), checks);
    }

    /** Trusts these roots alone. */
    public static ClientContext trusting(X509Certificate... roots) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate root : roots) {
                store.setCertificateEntry(root.getSerialNumber().toString(), root);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new ClientContext(context(null, factory.getTrustManagers()), new AtomicInteger());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JVM can do that", e);
        }
    }

    private static KeyManager[] keys(TestCertificate identity) {
        if (identity == null) {
            return null;
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            List<X509Certificate> chain = new ArrayList<>(identity.chain());
            store.setKeyEntry("key", identity.key(), new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JVM can do that", e);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has TLS", e);
        }
    }

    public SSLContext context() {
        return context;
    }

    /** How many certificates a careless one has been shown: as many as there were full handshakes. */
    public int checks() {
        return checks.get();
    }

    /** Believes all. */
    private static final class Anyone extends X509ExtendedTrustManager {
        private final AtomicInteger checks;

        Anyone(AtomicInteger checks) {
            this.checks = checks;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            checks.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            checks.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            checks.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
