package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TunnelTarget;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * TLS to an origin that the configuration chose, for a reverse proxy or by a rule: it tells nothing of the client's side.
 * Safe for any thread.
 */
public final class ReverseTls implements TlsInspection {
    private static final String[] PROTOCOLS = {"http/1.1"};

    private final HttpOrigin origin;
    private final SSLContext context;

    /**
     * Prepares to connect.
     *
     * @param origin the origin
     * @param context says whom to trust, and what to show
     */
    public ReverseTls(HttpOrigin origin, SSLContext context) {
        this.origin = origin;
        this.context = context;
    }

    /** There is no tunnel: this stands in for one where a failure is told of. */
    @Override
    public TunnelTarget tunnel() {
        ClientInfo nobody = new ClientInfo(new InetSocketAddress(0), 0, "", Optional.empty());
        return new TunnelTarget(0, nobody, origin.host(), origin.port(), Route.NONE);
    }

    @Override
    public String name() {
        return origin.host();
    }

    @Override
    public Object poolKey() {
        return List.of(origin, context);
    }

    @Override
    public boolean isOwnHost() {
        return false;
    }

    @Override
    public SSLEngine originEngine() {
        SSLEngine engine = context.createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(PROTOCOLS);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public OriginVerdict originHandshaken(SSLEngine engine) {
        Optional<String> protocol = Optional.of(engine.getApplicationProtocol()).filter(name -> !name.isEmpty());
        OriginTls facts = new OriginTls(
                engine.getSession().getProtocol(),
                engine.getSession().getCipherSuite(),
                protocol,
                serverName(engine),
                certificates(engine),
                OriginTls.Validity.VALID);
        return new OriginVerdict.Accepted(facts, protocol.orElse(""));
    }

    private static Optional<String> serverName(SSLEngine engine) {
        List<SNIServerName> names = engine.getSSLParameters().getServerNames();
        return names == null
                ? Optional.empty()
                : names.stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst();
    }

    private static List<X509Certificate> certificates(SSLEngine engine) {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return Arrays.stream(chain)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) { // only where the context allows origins without a certificate
            return List.of();
        }
    }

    @Override
    public OriginVerdict.Refused originFailed(SSLEngine engine, Exception cause, Optional<String> alert) {
        return new OriginVerdict.Refused(
                Tunnel.Reason.ORIGIN_TLS_FAILED, problem(TlsFailure.Phase.NEGOTIATION, cause, alert));
    }

    private static TlsProblem problem(TlsFailure.Phase phase, Exception cause, Optional<String> alert) {
        Throwable root = cause;
        while (root.getCause() != null && !root.getCause().equals(root)) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()); // the one that says what it is about
        String words = alert.map(name -> "it sent the alert " + name).orElse(message);
        return new TlsProblem(phase, alert, List.of(), words);
    }

    @Override
    public Optional<TlsProblem> originBroke(SSLEngine engine, Exception cause, Optional<String> alert) {
        return alert.map(name -> problem(TlsFailure.Phase.ESTABLISHED, cause, alert));
    }

    @Override
    public boolean offerMore() {
        return false;
    }

    @Override
    public void strictTransportSecurity(OriginTls connection, List<String> values) {
        // nothing rests on it here
    }

    @Override
    public SSLEngine clientEngine(String applicationProtocol) {
        throw plain();
    }

    @Override
    public boolean isCertificateChosen(SSLEngine engine) {
        throw plain();
    }

    @Override
    public ClientTls clientHandshaken(SSLEngine engine) {
        throw plain();
    }

    @Override
    public void clientSent(SSLEngine engine) {
        throw plain();
    }

    @Override
    public Optional<TlsProblem> clientEnded(ClientEnd end) {
        throw plain();
    }

    private static IllegalStateException plain() {
        return new IllegalStateException("the client's side of a reverse proxy is plain");
    }
}
