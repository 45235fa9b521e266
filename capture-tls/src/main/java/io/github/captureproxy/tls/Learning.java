package io.github.captureproxy.tls;

import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInspection.ClientEnd;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import io.github.captureproxy.tls.internal.hsts.HstsStore;
import io.github.captureproxy.tls.internal.hsts.LearnedHosts;
import io.github.captureproxy.tls.internal.memory.Client;
import io.github.captureproxy.tls.internal.memory.ClientMemory;
import io.github.captureproxy.tls.internal.memory.OriginMemory;
import io.github.captureproxy.tls.internal.memory.Rejection;
import io.github.captureproxy.tls.internal.memory.RejectionRules;
import io.github.captureproxy.tls.internal.memory.RejectionRules.Situation;
import io.github.captureproxy.tls.internal.memory.RejectionRules.Trust;
import io.github.captureproxy.tls.internal.origin.RefusedCertificates;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What tunnels teach, and what it says about the next one. Safe for any thread. */
final class Learning implements AutoCloseable {

    /** So long before its end an authority is worth a word. */
    private static final Duration AUTHORITY_NOTICE = Duration.ofDays(7);

    private final CertificateAuthority authority;
    private final TunnelPolicies policies;
    private final ClientMemory clients;
    private final OriginMemory origins;
    private final RefusedCertificates certificates;
    private final Optional<HstsStore> store;
    private final HstsPolicy hsts;
    private final Consumer<TlsWarning> warnings;

    Learning(TlsSettings settings) throws IOException {
        TlsSettings.Memory memory = settings.memory();
        Clock clock = memory.clock();
        authority = settings.authority();
        policies = settings.policies();
        clients = new ClientMemory(clock, memory.lifetimes(), memory.capacity());
        origins = new OriginMemory(clock, memory.lifetimes(), memory.capacity());
        certificates = new RefusedCertificates(clock, memory.lifetimes(), memory.capacity());
        LearnedHosts learned = new LearnedHosts(clock, memory.capacity());
        store = settings.hsts().file().isPresent()
                ? Optional.of(HstsStore.open(settings.hsts().file().get(), learned))
                : Optional.empty();
        hsts = new HstsPolicy(settings.hsts().preloaded(), learned, store);
        warnings = settings.warnings();
    }

    TunnelFacts facts(TunnelView view, Ruling ruling, Optional<String> unsupported) {
        return new TunnelFacts(
                ruling.leaves(),
                ruling.chosen(),
                unsupported,
                view.protocols(),
                clients.rejection(view.client(), view.name()).map(Rejection::words),
                clients.distrust(view.client()),
                hsts.isKnown(view.name()),
                clients.trust(view.client()) != Trust.NONE,
                origins.verdict(view.origin()));
    }

    /**
     * What was said of a host beforehand.
     *
     * @param leaves why it is left alone, if it is
     * @param chosen true if it is to be inspected by a person's choice
     */
    record Ruling(Optional<String> leaves, boolean chosen) {}

    /** The client sent its first data; full tells if its handshake was one, so that it saw the certificate. */
    void sent(TunnelView view, boolean full) {
        if (full) {
            clients.accepted(view.client(), view.name());
        } else {
            clients.sentAfterResumption(view.client(), view.name());
        }
    }

    void passedTrustCheck(TunnelView view) {
        clients.passedTrustCheck(view.client());
    }

    /** The client's side ended: what it rejected, if that is what it was. */
    Optional<Rejection> ended(TunnelView view, ClientEnd end, boolean certificateShown) {
        Client client = view.client();
        boolean known = hsts.isKnown(view.name());
        ClientTrust way = policies.at(client.listener()).clientTrust();
        Trust trust = way == ClientTrust.ASSUMED ? Trust.PROVEN : clients.trust(client);
        Situation situation = new Situation(certificateShown, trust, known, clients.hasSent(client, view.name()));
        Optional<Rejection> rejection = RejectionRules.classify(end, situation);
        rejection.ifPresent(found -> clients.rejected(client, view.name(), found, known));
        return rejection;
    }

    void originRefused(TunnelView view, Reason reason, String words) {
        PassThrough verdict = new PassThrough(reason, words);
        List<String> run = origins.refused(view.client().owner(), view.origin(), verdict);
        if (!run.isEmpty()) {
            warn(new TlsWarning(run, runWords(run)));
        }
    }

    void certificateRefused(TunnelView view, X509Certificate certificate, String problem) {
        certificates.add(view.client().owner(), new RefusedCertificates.Refused(view.name(), certificate, problem));
    }

    private void warn(TlsWarning warning) {
        log().warn("{}", warning.message());
        try {
            warnings.accept(warning);
        } catch (RuntimeException e) {
            // The listener's defect must not end the tunnel that brought the news.
            log().warn("a listener for TLS warnings failed", e);
        }
    }

    private static String runWords(List<String> names) {
        return "the certificates of " + names.size() + " origins running were not valid (" + String.join(", ", names)
                + "): look for a network that asks for a login, a wrong clock, or a company root that is to be given"
                + " as upstreamTrust";
    }

    void originBroke(TunnelView view, String words) {
        origins.brokeLater(
                view.client().owner(), view.origin(), new PassThrough(Reason.CLIENT_CERTIFICATE_WANTED, words));
    }

    void originValid() {
        origins.valid();
    }

    void strictTransportSecurity(TunnelView view, List<String> values) {
        hsts.learn(view.client().owner(), view.name(), values);
    }

    HstsPolicy hsts() {
        return hsts;
    }

    TlsMemory memory() {
        return new TlsMemory(clients, origins, certificates);
    }

    RefusedCertificates certificates() {
        return certificates;
    }

    List<String> diagnostics() {
        List<String> lines = new ArrayList<>();
        store.flatMap(HstsStore::problem).ifPresent(lines::add);
        List<String> run = origins.invalidRun();
        if (run.size() >= OriginMemory.SUSPICIOUS_RUN) {
            lines.add(runWords(run));
        }
        if (authority.isDueForRenewal(AUTHORITY_NOTICE)) {
            lines.add("the authority " + authority.subject() + " ends on " + authority.validUntil() + ": renew it");
        }
        long refused = memory().refused();
        if (refused > 0) {
            lines.add(refused + " findings were not remembered, as the memory was full: give more memoryEntries");
        }
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        store.ifPresent(HstsStore::close);
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(Learning.class);
    }
}
