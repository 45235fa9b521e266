package io.github.captureproxy.tls;

import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a tunnel in which TLS is spoken is inspected, and if not, why. Pure: facts go in, a decision comes out. The
 * rule behind it: nobody behind the proxy meets a failure that they would not meet without it, save at most one failed
 * connection per client, host and memory lifetime. Immutable, safe for any thread.
 *
 * @param clientTrust how a client comes to be known to trust the authority
 * @param hstsMode what it means that a host is known by HSTS
 */
public record TunnelPolicy(ClientTrust clientTrust, HstsMode hstsMode) {
    private static final PassThrough NOT_HTTP = new PassThrough(Reason.NOT_HTTP, "");
    private static final PassThrough HSTS_NEVER =
            new PassThrough(Reason.HSTS, "hosts known by HSTS are never inspected (HstsMode.PASS_THROUGH)");
    private static final PassThrough HSTS_UNTRUSTING =
            new PassThrough(Reason.HSTS, "this client is not known to trust the authority");
    private static final PassThrough UNPROVEN = new PassThrough(
            Reason.CLIENT_DISTRUSTS,
            "this client has not shown yet that it trusts the authority (ClientTrust.PROVEN): it is to open"
                    + " https://capture.internal/trust-check");

    /** Checks the parts. */
    public TunnelPolicy {
        Objects.requireNonNull(clientTrust, "clientTrust");
        Objects.requireNonNull(hstsMode, "hstsMode");
    }

    /**
     * Decides. The first line that applies counts, in this order: a person's choice and the program's rules for the host;
     * what the JDK cannot serve; protocols other than HTTP; an earlier rejection of this name; distrust shown for other
     * names; HSTS; what is wrong with the origin. Distrust and HSTS don't count for a host that was chosen.
     *
     * @param facts what is known
     * @return why it is passed through; empty if it is to be inspected
     */
    public Optional<PassThrough> decide(TunnelFacts facts) {
        if (facts.hostRule().isPresent()) {
            return facts.hostRule().map(because(Reason.HOST_RULE));
        }
        if (facts.unsupported().isPresent()) {
            return facts.unsupported().map(because(Reason.CLIENT_TLS_UNSUPPORTED));
        }
        return byProtocols(facts)
                .or(() -> facts.rejected().map(because(Reason.CLIENT_REJECTED_BEFORE)))
                .or(() -> facts.chosen() ? Optional.empty() : byClient(facts))
                .or(facts::origin);
    }

    private Optional<PassThrough> byClient(TunnelFacts facts) {
        return facts.distrust().map(because(Reason.CLIENT_DISTRUSTS)).or(() -> byTrust(facts));
    }

    private static Optional<PassThrough> byProtocols(TunnelFacts facts) {
        return switch (facts.protocols()) {
            case NONE, HTTP -> Optional.empty();
            case NO_HTTP -> Optional.of(NOT_HTTP);
        };
    }

    private Optional<PassThrough> byTrust(TunnelFacts facts) {
        boolean trusting = clientTrust == ClientTrust.ASSUMED || facts.trusting();
        if (facts.hsts() && hstsMode == HstsMode.PASS_THROUGH) {
            return Optional.of(HSTS_NEVER);
        }
        if (trusting) {
            return Optional.empty();
        }
        if (facts.hsts() && hstsMode == HstsMode.ADAPTIVE) {
            return Optional.of(HSTS_UNTRUSTING);
        }
        return clientTrust == ClientTrust.PROVEN ? Optional.of(UNPROVEN) : Optional.empty();
    }

    private static Function<String, PassThrough> because(Reason reason) {
        return detail -> new PassThrough(reason, detail);
    }
}
