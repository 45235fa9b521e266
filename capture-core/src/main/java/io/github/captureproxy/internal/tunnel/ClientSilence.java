package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.internal.io.TlsAlerts;
import io.github.captureproxy.spi.TlsInspection;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that has said nothing since its handshake: that it leaves may be how it refuses the certificate. */
final class ClientSilence {
    private final OpenTunnel tunnel;
    private final TlsInspection inspection;
    private final long since = System.nanoTime();

    /** Begins as the handshake ends. */
    ClientSilence(OpenTunnel tunnel, TlsInspection inspection) {
        this.tunnel = tunnel;
        this.inspection = inspection;
    }

    /** What the end of the client's stream means, or of its connection by what was thrown. */
    Optional<TlsInspection.TlsProblem> ended(@Nullable Throwable cause) {
        String alert = cause == null ? null : TlsAlerts.received(cause);
        String detail = alert != null
                ? "the client sent the alert " + alert
                : "the client left after the handshake without having sent anything";
        return tunnel.judge(
                inspection,
                new TlsInspection.ClientEnd(
                        Phase.FINISHED,
                        Optional.ofNullable(alert),
                        Duration.ofNanos(System.nanoTime() - since),
                        detail));
    }
}
