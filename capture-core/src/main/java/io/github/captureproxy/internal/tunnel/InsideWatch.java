package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.forward.TlsFailures;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.TlsAlerts;
import io.github.captureproxy.spi.TlsInspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Tells the inspection what only shows once decrypted bytes are relayed: where the origin speaks first, the client's
 * first word or its end without one comes later than that. For one worker thread.
 */
final class InsideWatch implements RelayObserver {
    private final OpenTunnel tunnel;
    private final TlsInspection inspection;
    private final Channel target;
    private final ClientSilence silence;
    private boolean silent;
    private boolean targetLeft;
    private Optional<TlsInspection.TlsProblem> refusal = Optional.empty();
    private @Nullable RelayObserver next;

    /** Watches; silent tells if the client has said nothing yet. */
    InsideWatch(OpenTunnel tunnel, TlsInspection inspection, Channel target, ClientSilence silence, boolean silent) {
        this.tunnel = tunnel;
        this.inspection = inspection;
        this.target = target;
        this.silence = silence;
        this.silent = silent;
    }

    /** Hands all on to another, which is told of a refusal in the outcome. */
    RelayObserver before(RelayObserver observer) {
        next = observer;
        return this;
    }

    @Override
    public void sent(ByteBuffer buffer, int from, int length) {
        SSLEngine engine = tunnel.client().tlsEngine();
        if (silent && engine != null) {
            silent = false;
            inspection.clientSent(engine);
        }
        if (next != null) {
            next.sent(buffer, from, length);
        }
    }

    @Override
    public void received(ByteBuffer buffer, int from, int length) {
        if (next != null) {
            next.received(buffer, from, length);
        }
    }

    @Override
    public void left(Outcome.Side side, @Nullable Throwable cause) {
        if (tunnel.context().reactor().isClosing()) {
            return;
        }
        if (side == Outcome.Side.ORIGIN) {
            targetLeft = true;
            targetBroke(cause);
        } else if (silent && !targetLeft) { // else there is nothing left to say, and that it leaves means nothing
            silent = false;
            refusal = silence.ended(cause);
            refusal.ifPresent(problem -> report(Outcome.Side.CLIENT, problem));
        }
    }

    private void targetBroke(@Nullable Throwable cause) {
        SSLEngine engine = target.tlsEngine();
        if (engine != null && cause instanceof IOException failure) {
            inspection
                    .originBroke(engine, failure, Optional.ofNullable(TlsAlerts.received(failure)))
                    .ifPresent(problem -> report(Outcome.Side.ORIGIN, problem));
        }
    }

    private void report(Outcome.Side side, TlsInspection.TlsProblem problem) {
        tunnel.record().tlsFailed(TlsFailures.of(inspection, side, problem));
    }

    @Override
    public void ended(Outcome.Status status, Outcome.Side side, String detail) {
        if (next == null) {
            return;
        }
        if (refusal.isPresent()) {
            next.ended(
                    Outcome.Status.TLS_FAILED,
                    Outcome.Side.CLIENT,
                    refusal.get().problem());
        } else {
            next.ended(status, side, detail);
        }
    }
}
