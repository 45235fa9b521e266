package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.TlsHandshake;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.OriginVerdict;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** The TLS handshake with an origin, and what the inspection makes of it. For one worker thread. */
public final class OriginHandshake implements TlsHandshake.Callback {
    private final ProxyContext context;
    private final TlsInspection inspection;
    private final Channel channel;
    private final Callback callback;
    private final TlsHandshake handshake;

    /** Who waits for it. One of the methods is called, once. */
    public interface Callback {
        /**
         * The connection can be used. The callee sets its handler.
         *
         * @param verdict what is known of it
         * @throws IOException if it breaks at once
         */
        void accepted(OriginVerdict.Accepted verdict) throws IOException;

        /**
         * It cannot be used, and is closed.
         *
         * @param verdict why
         */
        void refused(OriginVerdict.Refused verdict);
    }

    private OriginHandshake(
            ProxyContext context, TlsInspection inspection, Channel channel, SSLEngine engine, Callback callback) {
        this.context = context;
        this.inspection = inspection;
        this.channel = channel;
        this.callback = callback;
        this.handshake = new TlsHandshake(channel, engine, context.blockingTasks(), this);
    }

    /**
     * Starts it.
     *
     * @param context what all connections share
     * @param inspection makes the engine, and judges
     * @param channel the connection
     * @param early what the origin has sent already
     * @param callback told how it goes
     * @return gives up when run; no callback follows then
     */
    public static Runnable start(
            ProxyContext context, TlsInspection inspection, Channel channel, byte[] early, Callback callback) {
        SSLEngine engine;
        try {
            engine = inspection.originEngine();
        } catch (GeneralSecurityException | RuntimeException e) {
            context.reactor().defect("a TLS engine for an origin could not be made", e);
            close(context, channel);
            callback.refused(unjudged("no TLS engine could be made"));
            return () -> {};
        }
        OriginHandshake started = new OriginHandshake(context, inspection, channel, engine, callback);
        channel.deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        started.handshake.start(early);
        return started::cancel;
    }

    private static void close(ProxyContext context, Channel channel) {
        context.dialer().closed(channel);
        channel.close();
    }

    private void cancel() {
        context.dialer().closed(channel);
        handshake.cancel();
    }

    @Override
    public void secured(TlsHandshake done) throws IOException {
        OriginVerdict verdict = inspection.originHandshaken(done.engine());
        if (verdict instanceof OriginVerdict.Accepted accepted) {
            callback.accepted(accepted);
        } else {
            close(context, channel);
            callback.refused((OriginVerdict.Refused) verdict);
        }
    }

    @Override
    public void failed(TlsHandshake failed, Exception cause) {
        OriginVerdict.Refused verdict = judged(failed, cause);
        failed.sendAlert();
        close(context, channel);
        callback.refused(verdict);
    }

    private OriginVerdict.Refused judged(TlsHandshake failed, Exception cause) {
        if (context.reactor().isClosing()) { // which is why it failed: nothing is to be learned from that
            return unjudged("the proxy is closing");
        }
        if (cause instanceof RuntimeException) {
            context.reactor().defect("a TLS handshake with an origin", cause);
            return unjudged("an error inside the proxy");
        }
        return inspection.originFailed(failed.engine(), cause, Optional.ofNullable(failed.alert(cause)));
    }

    private static OriginVerdict.Refused unjudged(String problem) {
        return new OriginVerdict.Refused(
                Tunnel.Reason.ORIGIN_TLS_FAILED,
                new TlsInspection.TlsProblem(TlsFailure.Phase.NEGOTIATION, Optional.empty(), List.of(), problem));
    }

    /**
     * What a refusal is for an exchange that wanted the connection.
     *
     * @param refused the verdict
     * @return a failure that says what is wrong
     */
    public static Failure failure(OriginVerdict.Refused refused) {
        return new Failure(
                502,
                Outcome.Status.TLS_FAILED,
                Outcome.Side.ORIGIN,
                "the TLS handshake with the origin failed: " + refused.problem().problem());
    }
}
