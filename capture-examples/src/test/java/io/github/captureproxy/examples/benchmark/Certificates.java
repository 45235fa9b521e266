package io.github.captureproxy.examples.benchmark;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.conscrypt.Conscrypt;

/** The origin's P-256 certificate for all of its names, from an authority of its own, and the contexts of both ends. */
final class Certificates {
    private static final char[] PASSWORD = "benchmark".toCharArray();
    private static final X500Name ISSUER = new X500Name("CN=Benchmark authority");

    /** Native code for clients, where there is some for this machine, so that they cost little beside the proxies. */
    private static final Optional<Provider> NATIVE =
            Conscrypt.isAvailable() ? Optional.of(Conscrypt.newProvider()) : Optional.empty();

    private static final String[] VERSIONS = {"TLSv1.3"};

    /** A browser's order, which is that of the native code, too. */
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private final KeyPair authorityKey;
    private final X509Certificate authority;
    private final SSLContext origin;
    private final SSLContext client;

    /** To be made before anything else uses TLS in this JVM. */
    Certificates() {
        // Load and origin are to cost little: one key share instead of two.
        System.setProperty("jdk.tls.namedGroups", "x25519");
        try {
            authorityKey = keyPair();
            authority = sign(ISSUER, authorityKey, Extension.basicConstraints, new BasicConstraints(true));
            origin = originContext();
            client = SSLContext.getInstance("TLS");
            client.init(null, new TrustManager[] {new TrustAll()}, null);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext originContext() throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair key = keyPair();
        X509Certificate certificate = sign(
                new X500Name("CN=origin"),
                key,
                Extension.subjectAlternativeName,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "*." + Hosts.DOMAIN)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("origin", key.getPrivate(), PASSWORD, new X509Certificate[] {certificate, authority});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate sign(X500Name subject, KeyPair key, ASN1ObjectIdentifier type, ASN1Encodable extension)
            throws GeneralSecurityException, CertIOException, OperatorCreationException {
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                ISSUER,
                                BigInteger.valueOf(System.nanoTime()),
                                Date.from(now.minus(Duration.ofDays(1))),
                                Date.from(now.plus(Duration.ofDays(30))),
                                subject,
                                key.getPublic())
                        .addExtension(type, true, extension)
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate())));
    }

    /** Keeps the authority's certificate in a file, for a proxy that checks origins. */
    void writeAuthority(Path file) throws IOException {
        try {
            Files.write(file, authority.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** For the origin's end of a connection, which speaks one of these protocols. Sessions can be resumed. */
    SSLEngine originEngine(String... protocols) {
        SSLEngine engine = origin.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setCipherSuites(SUITES);
        parameters.setProtocols(VERSIONS);
        parameters.setUseCipherSuitesOrder(false); // as most servers by default
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** For a client's end, whose handshake is full: there is no session that it could resume. */
    SSLEngine clientEngine(String host, String... protocols) {
        SSLEngine engine = NATIVE.map(Certificates::nativeClient).orElse(client).createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setApplicationProtocols(protocols);
        parameters.setProtocols(VERSIONS);
        if (NATIVE.isEmpty()) {
            parameters.setCipherSuites(SUITES);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** The native code finds sessions by the name in SNI, and the JDK's by that of the peer, which it isn't told. */
    private static SSLContext nativeClient(Provider provider) {
        try {
            SSLContext fresh = SSLContext.getInstance("TLS", provider);
            fresh.init(null, new TrustManager[] {new TrustAll()}, null);
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The client's checks are the same for all routes, and not what is measured. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("no client is checked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new IllegalStateException("no client is checked");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new IllegalStateException("no client is checked");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // trusted
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // trusted
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // trusted
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
