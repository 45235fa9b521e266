package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.internal.forward.Connector;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.OriginHandshake;
import io.github.captureproxy.internal.forward.OriginPool;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.forward.TlsFailures;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.TlsHandshake;
import io.github.captureproxy.spi.ClientHello;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.OriginVerdict;
import io.github.captureproxy.spi.TlsInterceptor;
import io.github.captureproxy.spi.TunnelTarget;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel that is to be looked into: the handshake with the origin first, unless a kept connection has shown it
 * already; then the client's, with what the origin chose. Where the first fails, or the second before the client has
 * been sent a byte, the tunnel is passed through on a fresh connection instead. For one worker thread.
 */
final class Interception {
    private final OpenTunnel tunnel;
    private final ProxyContext context;
    private final Channel client;
    private final TlsInspection inspection;
    private Destination inside;
    private byte[] hello;
    private @Nullable Channel target;
    private OriginVerdict.@Nullable Accepted verdict;
    private Runnable cancel = () -> {};
    private boolean reached;
    private boolean over;

    Interception(OpenTunnel tunnel, TlsInspection inspection, byte[] hello) {
        this.tunnel = tunnel;
        this.context = tunnel.context();
        this.client = tunnel.client();
        this.inspection = inspection;
        this.inside = tunnel.destination().insideTls(inspection);
        this.hello = hello;
    }

    /** What is to be done with a tunnel; one that leads to the interceptor's mistake is passed through. */
    static TlsInterceptor.Decision decide(TlsInterceptor interceptor, OpenTunnel tunnel, ClientHello hello) {
        Destination to = tunnel.destination();
        try {
            return Objects.requireNonNull(
                    interceptor.decide(
                            new TunnelTarget(
                                    tunnel.record().id(),
                                    tunnel.record().client(),
                                    to.origin().host(),
                                    to.origin().port(),
                                    to.route()),
                            hello),
                    "a decision");
        } catch (RuntimeException e) { // the program may have brought an interceptor of its own
            tunnel.context().reactor().defect("the TLS interceptor failed to decide", e);
            return new TlsInterceptor.Decision.PassThrough(Reason.CLIENT_TLS_UNSUPPORTED, "the interceptor failed");
        }
    }

    /** What the kept connection speaks that the tunnel's exchanges will find; no value if there is none. */
    Optional<String> protocolOfKept() {
        return OriginPool.protocolOfKept(context, inside);
    }

    /**
     * Takes the tunnel over.
     *
     * @param opened the connection to its target; null if something stands in for that
     * @param early what the target has sent already
     * @param kept the protocol of a kept connection that stands in for it; no value without one
     */
    void start(@Nullable Channel opened, byte[] early, Optional<String> kept) {
        tunnel.record().reason(Reason.INTERCEPTED, "");
        tunnel.record().waiting(WaitingFor.TLS_HANDSHAKE);
        // A client that gives up on a slow origin has not seen the certificate: it must not be shown it then.
        client.handler(new ListeningEnd(context.reactor(), client, new ClientEnd()));
        client.reading(true);
        target = opened;
        reached = opened != null;
        if (kept.isPresent()) { // an exchange will find that connection, so no other is needed
            dropTarget();
            greet(kept.get());
        } else if (opened == null) {
            greet(inspection.isOwnHost() ? "" : "h2"); // rules answer in whatever version the client prefers
        } else {
            shakeHands(opened, early);
        }
    }

    private void shakeHands(Channel opened, byte[] early) {
        Runnable started = OriginHandshake.start(context, inspection, opened, early, new OriginHandshake.Callback() {
            @Override
            public void accepted(OriginVerdict.Accepted accepted) {
                verdict = accepted;
                cancel = () -> {};
                opened.reading(false);
                opened.handler(new WaitingEnd(context.reactor(), Interception.this::dropTarget, () -> {}));
                greet(accepted.applicationProtocol());
            }

            @Override
            public void refused(OriginVerdict.Refused refused) {
                target = null;
                cancel = () -> {};
                if (context.reactor().isClosing()) {
                    clientGone();
                    return;
                }
                if (refused.again()) {
                    connectAgain();
                    return;
                }
                report(Outcome.Side.ORIGIN, refused.problem());
                passThrough(refused.reason(), refused.problem().problem());
            }
        });
        if (target != null) { // else it has failed already, and there is another attempt to cancel
            cancel = started;
        }
    }

    /** The origin speaks nothing that the client offers: it is offered what the proxy can translate. */
    private void connectAgain() {
        cancel = Connector.connect(context, client, inside, new Connector.Callback() {
            @Override
            public void connected(Channel channel, byte[] early) {
                target = channel;
                shakeHands(channel, early);
            }

            @Override
            public void failed(Failure failure) {
                end(failure.status(), failure.side(), failure.detail());
            }
        });
    }

    /**
     * Makes the engine that stands in for the origin, and starts the client's handshake: its hello is answered in the same
     * task, as each one costs a change of threads there and back.
     */
    private void greet(String protocol) {
        inside = inside.speaking(protocol.equals("h2"));
        byte[] known = hello;
        try {
            context.blockingTasks().execute(() -> {
                SSLEngine engine;
                try {
                    engine = inspection.clientEngine(protocol);
                } catch (GeneralSecurityException | RuntimeException e) {
                    client.execute(() -> noEngine(e));
                    return;
                }
                TlsHandshake handshake = handshake(engine);
                handshake.prepare(known);
                client.execute(() -> shakeHands(handshake, known.length));
            });
        } catch (RejectedExecutionException e) {
            clientGone(); // the proxy is closing
        }
    }

    private void noEngine(Exception cause) {
        context.reactor().defect("no certificate could be made for " + inspection.name(), cause);
        instead(Reason.CLIENT_TLS_UNSUPPORTED, "no certificate could be made for this name");
    }

    private void shakeHands(TlsHandshake handshake, int prepared) {
        if (!over) {
            client.deadline(ProxyContext.deadline(context.config().timeouts().head()));
            handshake.start(Arrays.copyOfRange(hello, prepared, hello.length));
        }
    }

    private TlsHandshake handshake(SSLEngine engine) {
        TlsHandshake.Callback callback = new TlsHandshake.Callback() {
            @Override
            public boolean isCertificateChosen() {
                return inspection.isCertificateChosen(engine);
            }

            @Override
            public void secured(TlsHandshake handshake) {
                ClientTls facts = inspection.clientHandshaken(engine);
                over = true;
                tunnel.record().waiting(WaitingFor.CLOSE);
                new InsideLook(tunnel, inspection, inside, facts, verdict).start(target);
            }

            @Override
            public void failed(TlsHandshake handshake, Exception cause) {
                notSecured(handshake, cause);
            }
        };
        return new TlsHandshake(client, engine, context.blockingTasks(), callback);
    }

    private void notSecured(TlsHandshake handshake, Exception cause) {
        if (over) {
            return;
        }
        if (context.reactor().isClosing()) {
            clientGone();
            return;
        }
        if (cause instanceof SocketTimeoutException) {
            end(Outcome.Status.TIMED_OUT, Outcome.Side.CLIENT, words(cause));
            return;
        }
        if (cause instanceof RuntimeException) {
            context.reactor().defect("a TLS handshake with a client", cause);
            end(Outcome.Status.INTERNAL_ERROR, Outcome.Side.PROXY, "an error inside the proxy");
            return;
        }
        String alert = handshake.alert(cause);
        if (alert == null && cause instanceof SSLException && !handshake.hasWritten()) {
            instead(Reason.CLIENT_TLS_UNSUPPORTED, words(cause));
            return;
        }
        handshake.sendAlert();
        Phase phase = handshake.hasSentCertificate() ? Phase.CERTIFICATE : Phase.NEGOTIATION;
        String detail = alert == null ? words(cause) : "the client sent the alert " + alert;
        Optional<TlsInspection.TlsProblem> problem = tunnel.judge(
                inspection, new TlsInspection.ClientEnd(phase, Optional.ofNullable(alert), Duration.ZERO, detail));
        problem.ifPresent(found -> report(Outcome.Side.CLIENT, found));
        end(
                problem.isPresent() ? Outcome.Status.TLS_FAILED : Outcome.Status.CLIENT_ABORTED,
                Outcome.Side.CLIENT,
                problem.map(TlsInspection.TlsProblem::problem).orElse(detail));
    }

    private static String words(Exception cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private void report(Outcome.Side side, TlsInspection.TlsProblem problem) {
        tunnel.record().tlsFailed(TlsFailures.of(inspection, side, problem));
    }

    /** The client has seen nothing of the proxy's TLS yet: the tunnel can still be passed through. */
    private void instead(Reason reason, String detail) {
        dropTarget();
        if (inspection.isOwnHost()) {
            end(Outcome.Status.TLS_FAILED, Outcome.Side.CLIENT, detail);
        } else {
            passThrough(reason, detail);
        }
    }

    private void passThrough(Reason reason, String detail) {
        if (over) {
            return;
        }
        if (!reached) {
            over = true;
            new LateTarget(tunnel, hello, (channel, sent, early) -> tunnel.relay(reason, detail, channel, sent, early))
                    .connect();
            return;
        }
        tunnel.record().reason(reason, detail);
        client.reading(false);
        client.handler(new WaitingEnd(context.reactor(), this::clientGone, this::timeUp));
        client.deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        cancel = Connector.connect(context, client, tunnel.destination(), new Connector.Callback() {
            @Override
            public void connected(Channel channel, byte[] early) {
                over = true;
                tunnel.record().waiting(WaitingFor.CLOSE);
                tunnel.relay(reason, detail, channel, hello, early);
            }

            @Override
            public void failed(Failure failure) {
                end(failure.status(), failure.side(), failure.detail());
            }
        });
    }

    private void timeUp() {
        end(Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN, "connecting to the target took too long");
    }

    private void clientGone() {
        end(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, "the client's connection broke");
    }

    private void end(Outcome.Status status, Outcome.Side side, String detail) {
        if (over) {
            return;
        }
        over = true;
        cancel.run();
        dropTarget();
        if (status == Outcome.Status.TLS_FAILED) {
            client.close(); // so that the alert that says why still arrives
        } else {
            client.reset();
        }
        tunnel.ended(status, side, detail);
    }

    private void dropTarget() {
        Channel made = target;
        target = null;
        if (made != null) {
            drop(made);
        }
    }

    private void drop(Channel channel) {
        context.dialer().closed(channel);
        channel.handler(new WaitingEnd(context.reactor(), () -> {}, () -> {}));
        channel.close();
    }

    /** The client while it waits for the answer to its hello. */
    private final class ClientEnd implements ListeningEnd.Peer {
        @Override
        public void said(byte[] bytes) { // it goes to whom the hello goes
            int known = hello.length;
            hello = Arrays.copyOf(hello, known + bytes.length);
            System.arraycopy(bytes, 0, hello, known, bytes.length);
        }

        @Override
        public void ended() {
            clientGone();
        }

        @Override
        public void gone() {
            clientGone();
        }

        @Override
        public void timeUp() {
            // the other connection has the deadline
        }
    }
}
