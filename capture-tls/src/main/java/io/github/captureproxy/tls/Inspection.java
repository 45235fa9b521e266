package io.github.captureproxy.tls;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.OriginTls.Validity;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TunnelTarget;
import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.memory.Rejection;
import io.github.captureproxy.tls.internal.origin.ClientIdentity;
import io.github.captureproxy.tls.internal.origin.OriginCertificateException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The inspection of one tunnel. */
final class Inspection implements TlsInspection {
    private static final String CLOSE_NOTIFY = "close_notify";
    private static final String HANDSHAKE_FAILURE = "handshake_failure";

    /** RFC 7301 section 3.2. */
    private static final String NO_APPLICATION_PROTOCOL = "no_application_protocol";

    private static final List<String> ALL = List.of(TunnelView.HTTP_2, "http/1.1");

    /** How origins refuse a client certificate, or the lack of one (RFC 8446 section 6.2). */
    private static final Set<String> CERTIFICATE_ALERTS = Set.of(
            "certificate_required",
            "bad_certificate",
            "unknown_ca",
            "certificate_unknown",
            "unsupported_certificate",
            "certificate_expired",
            "certificate_revoked",
            "access_denied",
            "no_certificate");

    private final TunnelView view;
    private final LeafKind leafKind;
    private final TlsEngines engines;
    private final Learning learning;

    private volatile @Nullable SSLEngine client;

    /** The origin speaks nothing that the client offers, so that the proxy translates. */
    private volatile boolean offersAll;

    Inspection(TunnelView view, LeafKind leafKind, TlsEngines engines, Learning learning) {
        this.view = view;
        this.leafKind = leafKind;
        this.engines = engines;
        this.learning = learning;
    }

    /** What connections to the origin have in common; those judged before a trusted certificate was taken back are apart. */
    private record PoolKey(String name, List<String> alpn, Optional<ClientIdentity> identity, int judged) {}

    @Override
    public TunnelTarget tunnel() {
        return view.tunnel();
    }

    @Override
    public String name() {
        return view.name();
    }

    @Override
    public Object poolKey() {
        return new PoolKey(
                view.name(),
                view.alpn(),
                engines.clientKeys().identity(view.name()),
                engines.fingerprints().removals());
    }

    @Override
    public boolean isOwnHost() {
        return view.targetHost().equals(TlsInterception.OWN_HOST);
    }

    @Override
    public SSLEngine originEngine() {
        return engines.originEngine(view, offersAll ? ALL : view.alpn());
    }

    @Override
    public OriginVerdict originHandshaken(SSLEngine engine) {
        SSLSession session = engine.getSession();
        List<X509Certificate> chain = chain(session);
        boolean exact = !chain.isEmpty() && engines.fingerprints().contains(view.name(), chain.get(0));
        if (!exact) {
            learning.originValid();
        }
        if (engines.clientKeys().wasAsked(engine)
                && engines.clientKeys().identity(view.name()).isEmpty()) {
            session.invalidate();
            return refused(Reason.CLIENT_CERTIFICATE_WANTED, Phase.FINISHED, Optional.empty(), List.of(), wanted());
        }
        String protocol = applicationProtocol(engine);
        OriginTls facts = new OriginTls(
                session.getProtocol(),
                session.getCipherSuite(),
                Optional.of(protocol).filter(text -> !text.isEmpty()),
                HostName.isAddress(view.name()) ? Optional.empty() : Optional.of(view.name()),
                chain,
                exact ? Validity.TRUSTED_BY_FINGERPRINT : Validity.VALID);
        return new OriginVerdict.Accepted(facts, protocol);
    }

    private static String wanted() {
        return "the origin asks for a client certificate, and none is configured for it";
    }

    private static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate each : session.getPeerCertificates()) {
                if (each instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // a suite without certificates, which none of ours is
        }
        return chain;
    }

    private static String applicationProtocol(SSLEngine engine) {
        String protocol = engine.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    @Override
    public OriginVerdict.Refused originFailed(SSLEngine engine, Exception cause, Optional<String> alert) {
        OriginCertificateException certificate = OriginCertificateException.in(cause);
        if (certificate != null) {
            learning.certificateRefused(view, certificate.leaf(), "the certificate " + certificate.getMessage());
            return refused(
                    Reason.ORIGIN_CERTIFICATE_INVALID,
                    Phase.CERTIFICATE,
                    alert,
                    certificate.subjects(),
                    "the origin's certificate " + certificate.getMessage());
        }
        if (engines.clientKeys().wasAsked(engine)) {
            return refused(
                    Reason.CLIENT_CERTIFICATE_WANTED, Phase.CERTIFICATE, alert, List.of(), clientCertificate(alert));
        }
        String words = "the handshake with the origin failed: "
                + alert.map(name -> "it sent the alert " + name).orElseGet(() -> message(cause));
        if (alert.filter(NO_APPLICATION_PROTOCOL::equals).isPresent() && offerMore()) {
            return new OriginVerdict.Refused(
                    Reason.ORIGIN_TLS_FAILED, new TlsProblem(Phase.NEGOTIATION, alert, List.of(), words), true);
        }
        return refused(Reason.ORIGIN_TLS_FAILED, Phase.NEGOTIATION, alert, List.of(), words);
    }

    private OriginVerdict.Refused refused(
            Reason reason, Phase phase, Optional<String> alert, List<String> subjects, String words) {
        learning.originRefused(view, reason, words);
        return new OriginVerdict.Refused(reason, new TlsProblem(phase, alert, subjects, words));
    }

    private String clientCertificate(Optional<String> alert) {
        return engines.clientKeys()
                .identity(view.name())
                .map(identity -> "the origin does not take the client certificate of " + identity
                        + alert.map(name -> ": it sent the alert " + name).orElse(""))
                .orElseGet(Inspection::wanted);
    }

    private static String message(Exception cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public Optional<TlsProblem> originBroke(SSLEngine engine, Exception cause, Optional<String> alert) {
        boolean renegotiation = cause instanceof SSLException
                && message(cause).toLowerCase(Locale.ROOT).contains("renegotiat");
        boolean certificate = alert.filter(CERTIFICATE_ALERTS::contains).isPresent()
                || alert.filter(HANDSHAKE_FAILURE::equals).isPresent()
                        && engines.clientKeys().wasAsked(engine);
        if (renegotiation || certificate) {
            String words =
                    certificate ? clientCertificate(alert) : "the origin negotiates anew, which is not supported";
            engine.getSession().invalidate();
            learning.originBroke(view, words);
            return Optional.of(new TlsProblem(Phase.ESTABLISHED, alert, List.of(), words));
        }
        return alert.filter(name -> !name.equals(CLOSE_NOTIFY))
                .map(name -> new TlsProblem(
                        Phase.ESTABLISHED, alert, List.of(), "the origin ended TLS with the alert " + name));
    }

    @Override
    public boolean offerMore() {
        boolean more = !offersAll && !view.alpn().containsAll(ALL);
        offersAll |= more;
        return more;
    }

    @Override
    public SSLEngine clientEngine(String applicationProtocol) throws GeneralSecurityException {
        SSLEngine engine = engines.clientEngine(view.name(), leafKind, view.protocolFor(applicationProtocol));
        client = engine;
        return engine;
    }

    @Override
    public boolean isCertificateChosen(SSLEngine engine) {
        return engines.isLeafChosen(engine);
    }

    @Override
    public ClientTls clientHandshaken(SSLEngine engine) {
        SSLSession session = engine.getSession();
        return new ClientTls(
                session.getProtocol(),
                session.getCipherSuite(),
                Optional.of(applicationProtocol(engine)).filter(text -> !text.isEmpty()),
                view.serverName(),
                view.ja4(),
                !isCertificateChosen(engine));
    }

    @Override
    public void clientSent(SSLEngine engine) {
        client = null; // else a kept connection to the origin would keep it too
        boolean full = isCertificateChosen(engine);
        learning.sent(view, full);
        if (full && isOwnHost()) {
            learning.passedTrustCheck(view);
        }
    }

    @Override
    public void strictTransportSecurity(OriginTls connection, List<String> values) {
        if (connection.validity() == Validity.VALID) {
            learning.strictTransportSecurity(view, values);
        }
    }

    @Override
    public Optional<TlsProblem> clientEnded(ClientEnd end) {
        SSLEngine engine = client;
        boolean shown = engine != null && isCertificateChosen(engine);
        Optional<Rejection> rejection = learning.ended(view, end, shown);
        if (rejection.isPresent()) {
            String words = "the client rejected the certificate for " + view.name() + ": "
                    + rejection.get().words();
            return Optional.of(problem(end, engines.shownSubjects(view.name()), words));
        }
        Optional<String> alert = end.alert().filter(name -> !name.equals(CLOSE_NOTIFY));
        if (alert.isPresent()) {
            return alert.map(name -> problem(end, List.of(), "the client ended TLS with the alert " + name));
        }
        boolean inHandshake = end.phase() == Phase.NEGOTIATION || end.phase() == Phase.CERTIFICATE;
        return inHandshake
                ? Optional.of(problem(end, List.of(), "the client left during the handshake: " + end.detail()))
                : Optional.empty();
    }

    private static TlsProblem problem(ClientEnd end, List<String> subjects, String words) {
        return new TlsProblem(end.phase(), end.alert(), subjects, words);
    }
}
