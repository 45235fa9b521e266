package io.github.captureproxy.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A key for 127.0.0.1 and origin.test, and the trust in it. */
public final class TestTls {
    private static final String PASSWORD = "changeit";

    private final KeyManager[] keys;
    private final SSLContext context;
    private final X509TrustManager trust;

    private TestTls(KeyManager[] keys, SSLContext context, X509TrustManager trust) {
        this.keys = keys;
        this.context = context;
        this.trust = trust;
    }

    /** The one key of this JVM, as making one takes long, with contexts that nobody has used. */
    public static TestTls create() throws GeneralSecurityException {
        return of(Made.KEYS);
    }

    /** What the JDK's keytool makes. */
    private static final class Made {
        static final KeyStore KEYS = make();

        private static KeyStore make() {
            try {
                return stored();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("no key could be made", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("no key was made", e);
            }
        }
    }

    private static KeyStore stored() throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("test-tls");
        Path file = folder.resolve("key.p12");
        try {
            keytool(file);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            return keys;
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void keytool(Path file) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-genkeypair",
                        "-alias",
                        "origin",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=origin.test",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:origin.test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool failed");
        }
    }

    private static TestTls of(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
        trusted.setCertificateEntry("origin", keys.getCertificate("origin"));
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        TrustManager[] managers = others.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), managers, null);
        return new TestTls(
                own.getKeyManagers(),
                context,
                Arrays.stream(managers)
                        .filter(X509TrustManager.class::isInstance)
                        .map(X509TrustManager.class::cast)
                        .findFirst()
                        .orElseThrow());
    }

    /** For both ends: has the key, and trusts its certificate alone. */
    public SSLContext context() {
        return context;
    }

    /** As {@link #context}, with no session that another has seen. */
    public SSLContext newContext() throws GeneralSecurityException {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys, new TrustManager[] {trust}, null);
        return made;
    }

    /** Trusts the key's certificate alone. */
    public X509TrustManager trustManager() {
        return trust;
    }
}
