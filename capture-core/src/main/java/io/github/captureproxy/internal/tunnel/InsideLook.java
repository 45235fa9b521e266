package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.internal.forward.Connector;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.Failure;
import io.github.captureproxy.internal.forward.OriginHandshake;
import io.github.captureproxy.internal.forward.OriginPool;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.forward.TlsFailures;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.TlsAlerts;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.record.ExchangeRecorder.InTunnel;
import io.github.captureproxy.internal.wire.FirstBytes;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInspection.OriginVerdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Watches both sides of a tunnel that has just been decrypted until the first bytes inside tell what is spoken. HTTP is
 * captured; anything else is relayed, decrypted here and encrypted again. For one worker thread.
 */
final class InsideLook {
    /** As long as a client may stop within what may become a request line. */
    private static final Duration HESITATION = Duration.ofSeconds(1);

    /** Bytes taken in one read: more than a TLS record, and far less than the next one to read has room for. */
    private static final int LOOK_BYTES = 64 * 1024;

    private static final byte[] NOTHING = {};

    private final OpenTunnel tunnel;
    private final ProxyContext context;
    private final Channel client;
    private final TlsInspection inspection;
    private final Destination inside;
    private final ClientTls facts;
    private final OriginVerdict.@Nullable Accepted verdict;
    private final ClientSilence silence;
    private @Nullable Channel target;
    private byte[] fromClient = NOTHING;
    private Runnable cancel = () -> {};
    private boolean over;

    /**
     * Prepares the look.
     *
     * @param tunnel the tunnel
     * @param inspection hears of the client's first bytes, or of its end without any
     * @param inside where it leads, in TLS
     * @param facts what the client's handshake showed
     * @param verdict what the origin's showed; null if a kept connection stands in, or there is no origin
     */
    InsideLook(
            OpenTunnel tunnel,
            TlsInspection inspection,
            Destination inside,
            ClientTls facts,
            OriginVerdict.@Nullable Accepted verdict) {
        this.tunnel = tunnel;
        this.context = tunnel.context();
        this.client = tunnel.client();
        this.inspection = inspection;
        this.inside = inside;
        this.facts = facts;
        this.verdict = verdict;
        this.silence = new ClientSilence(tunnel, inspection);
    }

    /**
     * Takes both connections over.
     *
     * @param opened the connection to the origin; null if there is none yet
     */
    void start(@Nullable Channel opened) {
        target = opened;
        client.handler(new ClientEnd());
        client.deadline(ProxyContext.deadline(context.config().timeouts().tunnelIdle()));
        if (opened != null) {
            opened.handler(new TargetEnd(opened));
            opened.deadline(0);
            opened.reading(!isHttp2()); // what the origin says first there is for whom streams are opened with
        }
        client.reading(true);
    }

    /** The client has agreed on HTTP/2 (RFC 9113 section 3.2). */
    private boolean isHttp2() {
        return facts.applicationProtocol().filter("h2"::equals).isPresent();
    }

    private void look() {
        if (isHttp2()) {
            http();
            return;
        }
        switch (FirstBytes.of(ByteBuffer.wrap(fromClient))) {
            case NEED_MORE -> client.deadline(ProxyContext.deadline(HESITATION));
            case HTTP1 -> http();
            default -> notHttp();
        }
    }

    private void http() {
        over = true;
        client.deadline(0);
        Channel made = target;
        if (made != null && verdict != null) {
            OriginPool.keep(context, made, inside, verdict.facts());
        }
        InTunnel through = new InTunnel(tunnel.record().id(), Reason.INTERCEPTED, facts);
        tunnel.owner().httpInside(through, inspection.isOwnHost() ? null : inside, fromClient, tunnel::tlsInsideEnded);
    }

    private void notHttp() {
        Channel made = target;
        if (made != null) {
            over = true;
            relay(made, NOTHING);
        } else if (inspection.isOwnHost()) {
            end(Outcome.Status.MALFORMED_REQUEST, Outcome.Side.CLIENT, "only HTTP is spoken to the proxy itself");
        } else {
            connect();
        }
    }

    private void relay(Channel to, byte[] fromTarget) {
        tunnel.relayInside(
                to, new InsideWatch(tunnel, inspection, to, silence, fromClient.length == 0), fromClient, fromTarget);
    }

    /** A kept connection stood in for the origin; but it is not for HTTP that one is needed now. */
    private void connect() {
        client.reading(false);
        client.handler(new WaitingEnd(context.reactor(), this::clientBroke, this::timeUp));
        client.deadline(ProxyContext.deadline(context.config().timeouts().connect()));
        cancel = Connector.connect(context, client, inside, new Connector.Callback() {
            @Override
            public void connected(Channel channel, byte[] early) {
                secure(channel, early);
            }

            @Override
            public void failed(Failure failure) {
                end(failure.status(), failure.side(), failure.detail());
            }
        });
    }

    private void secure(Channel channel, byte[] early) {
        cancel = OriginHandshake.start(context, inspection, channel, early, new OriginHandshake.Callback() {
            @Override
            public void accepted(OriginVerdict.Accepted accepted) {
                over = true;
                relay(channel, NOTHING);
            }

            @Override
            public void refused(OriginVerdict.Refused refused) {
                report(Outcome.Side.ORIGIN, refused.problem());
                Failure failure = OriginHandshake.failure(refused);
                end(failure.status(), failure.side(), failure.detail());
            }
        });
    }

    private void report(Outcome.Side side, TlsInspection.TlsProblem problem) {
        tunnel.record().tlsFailed(TlsFailures.of(inspection, side, problem));
    }

    private void timeUp() {
        end(Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN, "connecting to the target took too long");
    }

    private void clientBroke() {
        end(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, "the client's connection broke");
    }

    /** The client has ended or broken its connection: without a byte, it may have refused the certificate. */
    private void clientLeft(@Nullable Throwable cause) {
        if (over) {
            return;
        }
        if (fromClient.length > 0 || context.reactor().isClosing()) {
            clientBroke();
            return;
        }
        Optional<TlsInspection.TlsProblem> problem = silence.ended(cause);
        if (problem.isPresent()) {
            report(Outcome.Side.CLIENT, problem.get());
            end(Outcome.Status.TLS_FAILED, Outcome.Side.CLIENT, problem.get().problem());
        } else if (cause == null) {
            end(Outcome.Status.COMPLETED, Outcome.Side.NONE, "");
        } else {
            clientBroke();
        }
    }

    private void end(Outcome.Status status, Outcome.Side side, String detail) {
        if (over) {
            return;
        }
        over = true;
        cancel.run();
        Channel made = target;
        if (made != null) {
            context.dialer().closed(made);
            made.close();
        }
        if (status == Outcome.Status.COMPLETED || status == Outcome.Status.TLS_FAILED) {
            client.close();
        } else {
            client.reset();
        }
        tunnel.ended(status, side, detail);
    }

    /** The client's side. */
    private final class ClientEnd implements ChannelHandler {
        @Override
        public void readable() throws IOException {
            Buffers buffers = Worker.current().buffers();
            ByteBuffer buffer = buffers.acquire();
            int count;
            try {
                int start = buffer.position();
                // What is left waits for whoever comes next, who has no room for more than one full read.
                count = client.read(buffer.limit(start + LOOK_BYTES));
                if (count > 0) {
                    append(buffer, start, count);
                }
            } finally {
                buffers.release(buffer); // before a request goes on, which needs some itself: few are kept
            }
            if (count < 0) {
                clientLeft(null);
            } else if (count > 0) {
                look();
            }
        }

        private void append(ByteBuffer buffer, int start, int count) {
            int known = fromClient.length;
            SSLEngine engine = client.tlsEngine();
            if (known == 0 && engine != null) {
                inspection.clientSent(engine);
            }
            byte[] all = new byte[known + count];
            System.arraycopy(fromClient, 0, all, 0, known);
            buffer.get(start, all, known, count);
            fromClient = all;
        }

        @Override
        public void drained() {
            // nothing waits for it
        }

        @Override
        public void deadlinePassed() {
            if (fromClient.length > 0) {
                notHttp();
            } else {
                end(Outcome.Status.TIMED_OUT, Outcome.Side.CLIENT, "nothing was sent in the tunnel");
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (!(cause instanceof IOException)) {
                context.reactor().defect("a tunnel failed", cause);
                end(Outcome.Status.INTERNAL_ERROR, Outcome.Side.PROXY, "an error inside the proxy");
            }
            clientLeft(cause);
        }

        @Override
        public void closed() {
            clientLeft(new IOException("the connection was closed"));
        }

        @Override
        public boolean isMidway() {
            return true;
        }
    }

    /** The origin's side. */
    private final class TargetEnd implements ChannelHandler {
        private final Channel channel;

        TargetEnd(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void readable() throws IOException {
            Buffers buffers = Worker.current().buffers();
            ByteBuffer buffer = buffers.acquire();
            try {
                int start = buffer.position();
                int count = channel.read(buffer);
                if (count < 0) {
                    gone();
                } else if (count > 0) { // it speaks first inside
                    byte[] bytes = new byte[count];
                    buffer.get(start, bytes);
                    over = true;
                    relay(channel, bytes);
                }
            } finally {
                buffers.release(buffer);
            }
        }

        /** It does not wait for the first request: another connection will be made for that. */
        private void gone() {
            if (!over) {
                target = null;
                context.dialer().closed(channel);
                channel.close();
            }
        }

        @Override
        public void drained() {
            // nothing waits for it
        }

        @Override
        public void deadlinePassed() {
            // the client's channel has the deadline
        }

        @Override
        public void failed(Throwable cause) {
            if (cause instanceof IOException failure) {
                broke(failure);
            } else {
                context.reactor().defect("a tunnel failed", cause);
            }
            gone();
        }

        /** In TLS 1.3 an origin refuses a client without a certificate only here (RFC 8446 section 4.4.2.4). */
        private void broke(IOException cause) {
            SSLEngine engine = channel.tlsEngine();
            if (engine != null && !over) {
                inspection
                        .originBroke(engine, cause, Optional.ofNullable(TlsAlerts.received(cause)))
                        .ifPresent(problem -> report(Outcome.Side.ORIGIN, problem));
            }
        }

        @Override
        public void closed() {
            gone();
        }

        @Override
        public boolean isMidway() {
            return false;
        }
    }
}
