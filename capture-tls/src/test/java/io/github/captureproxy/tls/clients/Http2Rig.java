package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server that somebody else wrote, and before it a proxy that looks inside TLS and whose authority is trusted. */
final class Http2Rig implements AutoCloseable {
    static final String HOST = "h2.test";

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ephemeral();

    private final Path folder = Files.createTempDirectory("http2-clients-");
    private final TlsInterception tls;
    private final CaptureProxy proxy;
    private final Http2Site.Running site;
    private final Trust trust;

    /** Starts a server in a folder. */
    interface Start {
        Http2Site.Running in(Path folder, TestCertificate certificate) throws Exception;
    }

    Http2Rig(Start start) throws Exception {
        TestCertificate root = TestCertificate.root("Root of a test origin");
        site = start.in(folder, TestCertificate.leaf(HOST).make(root));
        tls = TlsInterception.builder()
                .authority(AUTHORITY)
                .clientTrust(ClientTrust.ASSUMED)
                .upstreamTrust(List.of(root.certificate()))
                .build();
        proxy = CaptureProxy.builder()
                .port(0)
                .tls(tls)
                .mapHost(HOST, site.address())
                .start();
        trust = Trust.in(AUTHORITY.trust(), folder);
    }

    CaptureProxy proxy() {
        return proxy;
    }

    Http2Site.Running site() {
        return site;
    }

    Path folder() {
        return folder;
    }

    /** In the proxy's authority. */
    Trust trust() {
        return trust;
    }

    static String url(String path) {
        return "https://" + HOST + path;
    }

    /** What is recorded now, which nobody waits for: the client has its response. */
    List<Exchange> recorded() {
        return proxy.history().snapshot();
    }

    /** The one exchange that is recorded now. */
    Exchange only() {
        assertThat(recorded()).hasSize(1);
        return recorded().get(0);
    }

    @Override
    public void close() throws Exception {
        proxy.close();
        tls.close();
        site.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a server still writes into its folder", e);
        }
    }
}
