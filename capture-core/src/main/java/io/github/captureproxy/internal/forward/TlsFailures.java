package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TunnelTarget;
import java.time.Instant;

/** Makes the events of failed TLS handshakes. */
public final class TlsFailures {
    private TlsFailures() {}

    /**
     * The event for a failure.
     *
     * @param inspection whose connection failed
     * @param side the side
     * @param problem what failed
     * @return the event, with the present time
     */
    public static TlsFailure of(TlsInspection inspection, Outcome.Side side, TlsInspection.TlsProblem problem) {
        TunnelTarget tunnel = inspection.tunnel();
        return new TlsFailure(
                tunnel.id(),
                tunnel.client(),
                tunnel.host(),
                tunnel.port(),
                inspection.name(),
                side,
                problem.phase(),
                problem.alert(),
                problem.certificates(),
                problem.problem(),
                Instant.now());
    }
}
