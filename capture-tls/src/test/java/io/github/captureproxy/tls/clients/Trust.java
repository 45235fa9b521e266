package io.github.captureproxy.tls.clients;

import io.github.captureproxy.tls.AuthorityTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What a client trusts, in the form that it takes it in.
 *
 * @param manager for clients in this JVM
 * @param pem for tools that take a file
 * @param store for other JVMs; see {@link #PASSWORD}
 * @param environment for tools that are told so
 */
record Trust(X509TrustManager manager, Path pem, Path store, Map<String, String> environment) {
    static final String PASSWORD = "changeit";

    /** By the exports that are made for it. */
    static Trust in(AuthorityTrust authority, Path folder) throws IOException {
        Path pem = folder.resolve("ca.pem");
        Path bundle = folder.resolve("bundle.pem");
        Path store = folder.resolve("ca.p12");
        authority.writePem(pem);
        authority.writeBundle(bundle);
        authority.writeTrustStore(store, PASSWORD.toCharArray());
        return new Trust(authority.trustManager(), pem, store, authority.environment(pem, bundle));
    }

    /** In some certificates and in nothing else. */
    static Trust in(Path folder, String name, X509Certificate... anchors) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        StringBuilder text = new StringBuilder();
        for (X509Certificate anchor : anchors) {
            keys.setCertificateEntry("anchor" + keys.size(), anchor);
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(anchor.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Path pem = Files.writeString(folder.resolve(name + ".pem"), text, StandardCharsets.US_ASCII);
        Path store = folder.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD.toCharArray());
        }
        String file = pem.toString();
        return new Trust(
                manager(keys),
                pem,
                store,
                Map.of("SSL_CERT_FILE", file, "REQUESTS_CA_BUNDLE", file, "NODE_EXTRA_CA_CERTS", file));
    }

    private static X509TrustManager manager(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new IllegalStateException("every JVM has one for X.509");
    }

    SSLContext context(String protocol) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(null, new TrustManager[] {manager}, null);
        return context;
    }
}
