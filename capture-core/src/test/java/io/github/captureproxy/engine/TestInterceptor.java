package io.github.captureproxy.engine;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ClientHello;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInterceptor;
import io.github.captureproxy.spi.TunnelTarget;
import io.github.captureproxy.testkit.TestTls;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Stands in for module capture-tls: one key for both sides, and a decision that the test sets. */
final class TestInterceptor implements TlsInterceptor {
    static final String OWN_HOST = "own.test";

    final AtomicInteger originHandshakes = new AtomicInteger();
    final AtomicInteger clientHandshakes = new AtomicInteger();
    final BlockingQueue<TlsInspection.ClientEnd> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<String> originFailures = new LinkedBlockingQueue<>();
    final BlockingQueue<String> originBreaks = new LinkedBlockingQueue<>();
    final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    final BlockingQueue<String> strictTransportSecurity = new LinkedBlockingQueue<>();
    private final TestTls tls;
    volatile Optional<Decision.PassThrough> passThrough = Optional.empty();
    volatile String failingCall = "";
    volatile EngineSetting clientSetting = engine -> {};
    volatile EngineSetting originSetting = engine -> {};
    volatile Optional<Tunnel.Reason> originRefusal = Optional.empty();

    private void called(String call) {
        if (call.equals(failingCall)) {
            throw new IllegalStateException("the test wants it: " + call);
        }
    }

    /** Changes an engine before it is used. */
    interface EngineSetting {
        void set(SSLEngine engine) throws GeneralSecurityException;
    }

    TestInterceptor(TestTls tls) {
        this.tls = tls;
    }

    @Override
    public Decision decide(TunnelTarget tunnel, ClientHello hello) {
        called("decide");
        return passThrough
                .<Decision>map(decision -> decision)
                .orElseGet(() -> new Decision.Inspect(new Inspection(tunnel, hello)));
    }

    @Override
    public boolean isOwnHost(String host) {
        return host.equals(OWN_HOST);
    }

    @Override
    public Optional<OwnPage> page(OwnPage.Request request) {
        return request.path().equals("/")
                ? Optional.of(new OwnPage(
                        "text/plain",
                        Map.of("X-Secure", Boolean.toString(request.secure())),
                        request.proxy().getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                : Optional.empty();
    }

    private final class Inspection implements TlsInspection {
        private final TunnelTarget tunnel;
        private final ClientHello hello;

        Inspection(TunnelTarget tunnel, ClientHello hello) {
            this.tunnel = tunnel;
            this.hello = hello;
        }

        @Override
        public TunnelTarget tunnel() {
            return tunnel;
        }

        @Override
        public String name() {
            return hello.serverName().orElse(tunnel.host());
        }

        @Override
        public Object poolKey() {
            called("poolKey");
            return List.of(name(), hello.applicationProtocols());
        }

        @Override
        public boolean isOwnHost() {
            return tunnel.host().equals(OWN_HOST);
        }

        @Override
        public SSLEngine originEngine() throws GeneralSecurityException {
            called("originEngine");
            SSLEngine engine = tls.context().createSSLEngine(name(), tunnel.port());
            engine.setUseClientMode(true);
            originSetting.set(engine);
            return engine;
        }

        @Override
        public OriginVerdict originHandshaken(SSLEngine engine) {
            called("originHandshaken");
            originHandshakes.incrementAndGet();
            if (originRefusal.isPresent()) {
                return new OriginVerdict.Refused(originRefusal.get(), problem(Phase.FINISHED, "as the test wants it"));
            }
            return new OriginVerdict.Accepted(
                    new OriginTls(
                            engine.getSession().getProtocol(),
                            engine.getSession().getCipherSuite(),
                            Optional.empty(),
                            Optional.of(name()),
                            chain(engine),
                            OriginTls.Validity.VALID),
                    "");
        }

        private static List<X509Certificate> chain(SSLEngine engine) {
            try {
                return Arrays.stream(engine.getSession().getPeerCertificates())
                        .map(X509Certificate.class::cast)
                        .toList();
            } catch (SSLPeerUnverifiedException e) {
                throw new IllegalStateException(e);
            }
        }

        private TlsProblem problem(Phase phase, String words) {
            return new TlsProblem(phase, Optional.empty(), List.of(), words);
        }

        @Override
        public OriginVerdict.Refused originFailed(SSLEngine engine, Exception cause, Optional<String> alert) {
            originFailures.add(String.valueOf(cause.getMessage()));
            return new OriginVerdict.Refused(
                    Tunnel.Reason.ORIGIN_TLS_FAILED,
                    new TlsProblem(Phase.NEGOTIATION, alert, List.of(), String.valueOf(cause.getMessage())));
        }

        @Override
        public boolean offerMore() {
            return false;
        }

        @Override
        public Optional<TlsProblem> originBroke(SSLEngine engine, Exception cause, Optional<String> alert) {
            originBreaks.add(String.valueOf(cause.getMessage()));
            return Optional.of(new TlsProblem(Phase.ESTABLISHED, alert, List.of(), String.valueOf(cause.getMessage())));
        }

        @Override
        public void strictTransportSecurity(OriginTls connection, List<String> values) {
            strictTransportSecurity.addAll(values);
        }

        @Override
        public SSLEngine clientEngine(String applicationProtocol) throws GeneralSecurityException {
            SSLEngine engine = tls.context().createSSLEngine();
            engine.setUseClientMode(false);
            if (!applicationProtocol.isEmpty()) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {applicationProtocol});
                engine.setSSLParameters(parameters);
            }
            clientSetting.set(engine);
            return engine;
        }

        @Override
        public boolean isCertificateChosen(SSLEngine engine) {
            return engine.getHandshakeSession() != null
                    && engine.getHandshakeSession().getLocalCertificates() != null;
        }

        @Override
        public ClientTls clientHandshaken(SSLEngine engine) {
            called("clientHandshaken");
            clientHandshakes.incrementAndGet();
            return new ClientTls(
                    engine.getSession().getProtocol(),
                    engine.getSession().getCipherSuite(),
                    Optional.of(engine.getApplicationProtocol()).filter(name -> !name.isEmpty()),
                    hello.serverName(),
                    hello.ja4(),
                    false);
        }

        @Override
        public void clientSent(SSLEngine engine) {
            sent.add(name());
        }

        @Override
        public Optional<TlsProblem> clientEnded(ClientEnd end) {
            ends.add(end);
            boolean refused = end.alert().isPresent()
                    || end.phase() == Phase.CERTIFICATE
                    || end.phase() == Phase.FINISHED && end.sinceFinished().compareTo(Duration.ofSeconds(2)) < 0;
            return refused
                    ? Optional.of(new TlsProblem(end.phase(), end.alert(), List.of(), end.detail()))
                    : Optional.empty();
        }
    }
}
