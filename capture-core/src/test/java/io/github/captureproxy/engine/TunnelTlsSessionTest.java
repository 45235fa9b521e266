package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS sessions pass a tunnel: both ends are certain of each other, and the proxy is not noticed. */
class TunnelTlsSessionTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    static Path folder;

    private static SSLContext tls;
    private static ExecutorService threads;
    private TunnelRig rig;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "both",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=name.test",
                        "-ext",
                        "san=dns:name.test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("both", store.getCertificate("both"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        threads = Executors.newSingleThreadExecutor();
    }

    @AfterAll
    static void endThreads() {
        threads.shutdownNow();
    }

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void carriesASessionWithAClientCertificate() throws Exception {
        assertThat(exchange("TLSv1.3").getProtocol()).isEqualTo("TLSv1.3");
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.NOT_CONFIGURED);
        assertThat(tunnel.serverName()).contains("name.test");
        assertThat(tunnel.fingerprint())
                .hasValueSatisfying(ja4 -> assertThat(ja4).startsWith("t13d"));
        assertThat(tunnel.outcome().isSuccess()).isTrue();
    }

    @Test
    void letsASessionBeResumed() throws Exception {
        byte[] first = exchange("TLSv1.2").getId();
        assertThat(exchange("TLSv1.2").getId()).isEqualTo(first);
    }

    /** Opens a tunnel, and a session in it, in which both sides say something and the client shows a certificate. */
    private SSLSession exchange(String version) throws Exception {
        TunnelRig.Ends ends = rig.open();
        Future<String> heard = threads.submit(() -> serve(ends.server()));
        SSLSocket client =
                (SSLSocket) tls.getSocketFactory().createSocket(ends.client().socket(), "name.test", 443, true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("name.test")));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {version});
        client.setSSLParameters(parameters);
        client.getOutputStream().write("hello".getBytes(ISO_8859_1));
        assertThat(new String(client.getInputStream().readNBytes(5), ISO_8859_1))
                .isEqualTo("world");
        client.close();
        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
        return client.getSession();
    }

    private static String serve(RawSocket accepted) throws IOException {
        SSLSocket server = (SSLSocket) tls.getSocketFactory().createSocket(accepted.socket(), null, true);
        server.setNeedClientAuth(true);
        String heard = new String(server.getInputStream().readNBytes(5), ISO_8859_1);
        server.getOutputStream().write("world".getBytes(ISO_8859_1));
        server.getInputStream().readAllBytes();
        server.close();
        return heard;
    }
}
