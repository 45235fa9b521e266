package io.github.captureproxy.tls.clients;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * An origin of several names, with a certificate from a root of its own, and before it a proxy that looks inside TLS and
 * learns who lets it.
 */
final class Rig implements AutoCloseable {
    static final String ONE = "one.test";
    static final String TWO = "two.test";
    static final String THREE = "three.test";

    /** A top-level domain all of whose names are preloaded. */
    static final String PRELOADED = "capture-test.dev";

    /** Resolves and is mapped like the others, but the origin has no certificate for it. */
    static final String UNPROVEN = "unproven.test";

    private final Path folder = Files.createTempDirectory("tls-clients-");
    private final TestCertificate root = TestCertificate.root("Root of a test origin");
    private final List<TlsFailure> failures = new CopyOnWriteArrayList<>();
    private final RecordingOrigin origin;
    private final TlsInterception tls;
    private final CaptureProxy proxy;
    private final Trust ofOrigin;
    private final Trust ofAuthority;

    /** One that learns from nothing who trusts the authority. */
    Rig(String... moreNames) throws Exception {
        this(ClientTrust.LEARNED, moreNames);
    }

    Rig(ClientTrust clientTrust, String... moreNames) throws Exception {
        TestCertificate.Recipe leaf = TestCertificate.leaf(ONE)
                .dnsName(TWO)
                .dnsName(THREE)
                .dnsName(PRELOADED)
                .address("127.0.0.1")
                .address("2001:db8::1");
        Stream.of(moreNames).forEach(leaf::dnsName);
        origin = RecordingOrigin.start(leaf.make(root).serverContext());
        tls = TlsInterception.builder()
                .authority(CertificateAuthority.ephemeral())
                .clientTrust(clientTrust)
                .upstreamTrust(List.of(root.certificate()))
                .build();
        proxy = start(Stream.concat(
                Stream.of(ONE, TWO, THREE, PRELOADED, UNPROVEN, "127.0.0.1:443", "[2001:db8::1]:443"),
                Stream.of(moreNames)));
        ofOrigin = Trust.in(folder, "origin", root.certificate());
        ofAuthority = Trust.in(tls.authority().trust(), folder);
    }

    private CaptureProxy start(Stream<String> targets) {
        CaptureProxyBuilder builder = CaptureProxy.builder().port(0).tls(tls).listener(new ExchangeListener() {
            @Override
            public void onExchange(Exchange exchange) {
                // History has it
            }

            @Override
            public void onTlsFailure(TlsFailure failure) {
                failures.add(failure);
            }
        });
        targets.forEach(target -> builder.mapHost(target, origin.address()));
        return builder.start();
    }

    HttpsClient.Call call(String host, Trust trust, String version) {
        return new HttpsClient.Call(proxy, host, "/last", trust, version);
    }

    CaptureProxy proxy() {
        return proxy;
    }

    TlsInterception tls() {
        return tls;
    }

    RecordingOrigin origin() {
        return origin;
    }

    TestCertificate root() {
        return root;
    }

    Path folder() {
        return folder;
    }

    /** In the origin's root alone: such a client rejects what the proxy shows it. */
    Trust ofOrigin() {
        return ofOrigin;
    }

    /** In the proxy's authority and the platform's roots, as the authority itself exports it. */
    Trust ofAuthority() {
        return ofAuthority;
    }

    List<TlsFailure> failures() {
        return List.copyOf(failures);
    }

    /** The tunnels to a host in the order of their beginning, once so many have ended. */
    List<Tunnel> tunnels(String host, int atLeast) {
        Eventually.holds(
                atLeast + " tunnels to " + host + " have ended, of "
                        + proxy.history().tunnels(),
                () -> ended(host).size() >= atLeast);
        return ended(host);
    }

    private List<Tunnel> ended(String host) {
        return proxy.history().tunnels().stream()
                .filter(tunnel -> tunnel.host().equals(host))
                .sorted(Comparator.comparingLong(Tunnel::id))
                .toList();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        tls.close();
        origin.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
