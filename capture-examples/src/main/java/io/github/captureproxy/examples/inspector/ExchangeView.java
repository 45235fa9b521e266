package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.GrpcCall;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WireSizes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An exchange with all that is known of it but its bodies and messages, as the page takes it. */
record ExchangeView(
        String kind,
        long row,
        long proxyId,
        Instant startedAt,
        Duration duration,
        TargetView target,
        ClientView client,
        OptionalLong tunnelId,
        Optional<Tunnel.Reason> tunnelReason,
        HopsView hops,
        MessageView request,
        Optional<MessageView> response,
        RulesView rules,
        List<InformationalView> informational,
        Optional<String> upgradedTo,
        int webSocketMessages,
        TimingsView timings,
        WireSizes sizes,
        OutcomeView outcome,
        Optional<GrpcView> grpc,
        Optional<String> redirectTarget,
        Optional<Redirects.Link> redirectedTo,
        Optional<Redirects.Link> redirectedFrom) {

    static ExchangeView of(long row, Exchange exchange, Optional<String> process, Redirects redirects) {
        return new ExchangeView(
                "exchange",
                row,
                exchange.id(),
                exchange.startedAt(),
                exchange.duration(),
                TargetView.of(exchange.request()),
                ClientView.of(exchange.client(), process),
                exchange.tunnelId(),
                exchange.tunnelReason(),
                HopsView.of(exchange),
                MessageView.of(exchange.request()),
                exchange.response().map(MessageView::of),
                RulesView.of(exchange),
                exchange.informational().stream().map(InformationalView::of).toList(),
                exchange.upgradedTo(),
                exchange.webSocketMessages().size(),
                TimingsView.of(exchange.timings()),
                exchange.sizes(),
                OutcomeView.of(exchange.outcome()),
                exchange.grpc().map(GrpcView::of),
                Redirects.target(exchange),
                redirects.after(row, exchange),
                redirects.before(row, exchange));
    }

    /** What was asked for. */
    record TargetView(
            String method, String url, String scheme, String host, int port, String path, Optional<String> query) {
        static TargetView of(CapturedRequest request) {
            return new TargetView(
                    request.method(),
                    request.url(),
                    request.origin().map(HttpOrigin::scheme).orElse(""),
                    request.host(),
                    request.origin().map(HttpOrigin::port).orElse(0),
                    request.path(),
                    request.query());
        }
    }

    /** Who asked; one on this machine with its process, if that is known. */
    record ClientView(
            String address, Optional<String> process, long connection, String listener, Optional<String> user) {
        static ClientView of(ClientInfo client, Optional<String> process) {
            return new ClientView(
                    AddressText.of(client.address()), process, client.connection(), client.listener(), client.user());
        }
    }

    /** The two connections that it went over. */
    record HopsView(
            HopView client,
            Optional<HopView> origin,
            Route route,
            Optional<String> remoteAddress,
            Optional<TlsView> clientTls,
            Optional<TlsView> originTls) {
        static HopsView of(Exchange exchange) {
            return new HopsView(
                    HopView.of(exchange.clientHop()),
                    exchange.originHop().map(HopView::of),
                    exchange.route(),
                    exchange.remoteAddress().map(AddressText::of),
                    exchange.clientTls().map(TlsView::of),
                    exchange.originTls().map(TlsView::of));
        }
    }

    /** One of them. */
    record HopView(String version, OptionalInt stream, Optional<String> priority, Optional<String> reset) {
        static HopView of(HttpHop hop) {
            return new HopView(
                    hop.version(),
                    hop.streamId(),
                    hop.priority().map(Object::toString),
                    hop.reset().map(Object::toString));
        }
    }

    /** What rules did, and what was there before. */
    record RulesView(List<String> names, Optional<MessageView> sentRequest, Optional<MessageView> originResponse) {
        static RulesView of(Exchange exchange) {
            return new RulesView(
                    exchange.rules(),
                    exchange.sentRequest().map(MessageView::of),
                    exchange.originResponse().map(MessageView::of));
        }
    }

    /** An interim response. */
    record InformationalView(int status, String reason, List<MessageView.FieldView> headers) {
        static InformationalView of(InformationalResponse response) {
            return new InformationalView(
                    response.status(), response.reason(), MessageView.FieldView.of(response.headers()));
        }
    }

    /** The phases that happened, in milliseconds. */
    record TimingsView(
            Optional<Duration> blocked,
            Optional<Duration> dns,
            Optional<Duration> connect,
            Optional<Duration> tls,
            Optional<Duration> send,
            Optional<Duration> waiting,
            Optional<Duration> receive) {
        static TimingsView of(Timings timings) {
            return new TimingsView(
                    Timings.phase(timings.blockedNanos()),
                    Timings.phase(timings.dnsNanos()),
                    Timings.phase(timings.connectNanos()),
                    Timings.phase(timings.tlsNanos()),
                    Timings.phase(timings.sendNanos()),
                    Timings.phase(timings.waitNanos()),
                    Timings.phase(timings.receiveNanos()));
        }
    }

    /** How it ended. */
    record OutcomeView(Outcome.Status status, Outcome.Side side, long bytes, String detail, boolean ok) {
        static OutcomeView of(Outcome outcome) {
            return new OutcomeView(
                    outcome.status(), outcome.side(), outcome.bytes(), outcome.detail(), outcome.isSuccess());
        }
    }

    /** The gRPC call that it is. */
    record GrpcView(
            String service,
            String method,
            OptionalInt status,
            Optional<String> statusName,
            Optional<String> message,
            Optional<Duration> timeout,
            Optional<String> requestEncoding,
            Optional<String> responseEncoding) {
        static GrpcView of(GrpcCall call) {
            return new GrpcView(
                    call.service(),
                    call.method(),
                    call.status(),
                    call.statusName(),
                    call.message(),
                    call.timeout(),
                    call.requestEncoding(),
                    call.responseEncoding());
        }
    }
}
