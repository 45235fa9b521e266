package io.github.captureproxy.tls.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate made for a test, good or with a fault, and its key. */
public record TestCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** A root that signs. */
    public static TestCertificate root(String name) throws Exception {
        return new Recipe().subject("CN=" + name).authority().make(null);
    }

    /** A recipe for a leaf with one DNS name. */
    public static Recipe leaf(String dnsName) {
        return new Recipe().subject("CN=" + dnsName).dnsName(dnsName);
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The same without what its chain has above itself. */
    public TestCertificate alone() {
        return new TestCertificate(key, chain.subList(0, 1));
    }

    /** For a server that shows this chain. */
    public SSLContext serverContext() throws GeneralSecurityException, IOException {
        return serverContext(null);
    }

    /** For a server that shows this chain, and trusts clients with a certificate of this issuer. */
    public SSLContext serverContext(TestCertificate clients) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", key, PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD);
        TrustManager[] trust = null;
        if (clients != null) {
            store.setCertificateEntry("clients", clients.certificate());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
            trusted.init(store);
            trust = trusted.getTrustManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
    }

    /** What a certificate is to be like. */
    public static final class Recipe {
        private String subject = "CN=test";
        private final List<GeneralName> names = new ArrayList<>();
        private String algorithm = "EC";
        private int keySize = 256;
        private String signature = "";
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(30));
        private boolean authority;

        public Recipe subject(String name) {
            subject = name;
            return this;
        }

        public Recipe dnsName(String name) {
            names.add(new GeneralName(GeneralName.dNSName, name));
            return this;
        }

        public Recipe address(String address) {
            names.add(new GeneralName(GeneralName.iPAddress, address));
            return this;
        }

        public Recipe withoutNames() {
            names.clear();
            return this;
        }

        public Recipe key(String name, int size) {
            algorithm = name;
            keySize = size;
            return this;
        }

        /** How it is signed by its issuer. */
        public Recipe signature(String name) {
            signature = name;
            return this;
        }

        public Recipe valid(Instant begin, Instant end) {
            from = begin;
            until = end;
            return this;
        }

        public Recipe authority() {
            authority = true;
            return this;
        }

        /** Makes it, signed by an issuer, or by itself if that is null. */
        public TestCertificate make(TestCertificate issuer) throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(keySize);
            KeyPair pair = generator.generateKeyPair();
            PrivateKey signer = issuer == null ? pair.getPrivate() : issuer.key();
            X500Name issuerName = issuer == null
                    ? new X500Name(subject)
                    : X500Name.getInstance(
                            issuer.certificate().getSubjectX500Principal().getEncoded());
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(from),
                    Date.from(until),
                    new X500Name(subject),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            String with = signature.isEmpty() ? defaultSignature(signer) : signature;
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(with).build(signer)));
            List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
            if (issuer != null) {
                chain.addAll(issuer.chain());
            }
            return new TestCertificate(pair.getPrivate(), List.copyOf(chain));
        }

        private static String defaultSignature(PrivateKey signer) {
            return switch (signer.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "DSA" -> "SHA256withDSA";
                default -> "SHA256withECDSA";
            };
        }
    }
}
