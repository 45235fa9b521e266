package io.github.captureproxy.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.tls.TlsMemory.Entry;
import io.github.captureproxy.tls.TlsMemory.Kind;
import io.github.captureproxy.tls.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only shows once a tunnel is in use: by real sockets, and the JDK's TLS at both ends. */
@Timeout(20)
class LearnedInUseTest {
    private static final String NAME = "localhost";

    private final CertificateAuthority authority = CertificateAuthority.ephemeral();
    private SSLServerSocket origin;
    private TlsInterception tls;
    private CaptureProxy proxy;

    /** An origin's side of one connection. */
    private interface Serving {
        void serve(SSLSocket socket) throws IOException;
    }

    @BeforeEach
    void start() throws Exception {
        TestCertificate root = TestCertificate.root("Test Root");
        SSLContext context = TestCertificate.leaf(NAME).make(root).serverContext();
        origin = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        tls = TlsInterception.builder()
                .authority(authority)
                .upstreamTrust(List.of(root.certificate()))
                .build();
        proxy = CaptureProxy.builder().port(0).tls(tls).start();
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        tls.close();
        origin.close();
    }

    private final AtomicInteger ended = new AtomicInteger();

    private void serve(String version, Serving serving) {
        origin.setEnabledProtocols(new String[] {version});
        Thread thread = new Thread(() -> {
            while (!origin.isClosed()) {
                try (SSLSocket socket = (SSLSocket) origin.accept()) {
                    serving.serve(socket);
                } catch (IOException e) {
                    ended.incrementAndGet(); // by the proxy or its client: the next
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private SSLSocket tunnel(String version) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        String target = NAME + ":" + origin.getLocalPort();
        plain.getOutputStream()
                .write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n").getBytes(ISO_8859_1));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) plain.getInputStream().read());
        }
        SSLSocket socket = (SSLSocket) authority
                .trust()
                .sslContext()
                .getSocketFactory()
                .createSocket(plain, NAME, origin.getLocalPort(), true);
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return socket;
    }

    private List<Entry> remembered(Kind kind) {
        Eventually.holds(
                "something is remembered as " + kind, () -> !entries(kind).isEmpty());
        return entries(kind);
    }

    private List<Entry> entries(Kind kind) {
        return tls.memory().entries().stream()
                .filter(entry -> entry.kind() == kind)
                .toList();
    }

    @Test
    void anOriginThatNegotiatesAnewIsRemembered() throws Exception {
        serve("TLSv1.2", socket -> {
            socket.getInputStream().read();
            socket.startHandshake();
            socket.getInputStream().read();
        });
        try (SSLSocket client = tunnel("TLSv1.3")) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
            client.getInputStream().readAllBytes();
        }
        assertThat(remembered(Kind.ORIGIN))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).contains("negotiates anew"));
    }

    @Test
    void aClientThatLeavesAServerThatSpeaksFirstWithoutAWordIsRemembered() throws Exception {
        serve("TLSv1.3", socket -> {
            socket.getOutputStream().write("220 ready\r\n".getBytes(ISO_8859_1));
            socket.getInputStream().read();
        });
        try (SSLSocket client = tunnel("TLSv1.3")) {
            assertThat(client.getInputStream().readNBytes(4)).containsExactly('2', '2', '0', ' ');
        }
        assertThat(remembered(Kind.REJECTED)).hasSize(1);
    }

    @Test
    void aClientThatAnswersAServerThatSpeaksFirstTrustsTheAuthority() throws Exception {
        serve("TLSv1.3", socket -> {
            socket.getOutputStream().write("220 ready\r\n".getBytes(ISO_8859_1));
            socket.getInputStream().read();
        });
        try (SSLSocket client = tunnel("TLSv1.3")) {
            client.getInputStream().readNBytes(4);
            client.getOutputStream().write("QUIT\r\n".getBytes(ISO_8859_1));
            assertThat(remembered(Kind.TRUSTS)).hasSize(1);
        }
        assertThat(tls.memory().entries()).noneMatch(entry -> entry.kind() == Kind.REJECTED);
    }
}
