package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.GrpcCall;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.MediaType;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.Weight;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Makes rows of exchanges and tunnels. Safe for any thread. */
final class EntryMaker {
    static final int EXCHANGE = 0;
    static final int TUNNEL = 1;

    /** Of what a gRPC server says of a failure: it is in each row, and the detail has the whole. */
    private static final int MAX_WORDS = 300;

    private final BodyLimit limit;
    private final Packer packer = new Packer();

    EntryMaker(int maxBodyBytes) {
        this.limit = new BodyLimit(maxBodyBytes);
    }

    /** Takes what is kept of an exchange; the row is made later. */
    Draft draft(Exchange recorded, RecordedFrom from) throws IOException {
        Exchange exchange = labelled(limit.apply(recorded), from);
        return new Draft(Weight.of(exchange), () -> row(exchange, from));
    }

    Draft draft(Tunnel tunnel, RecordedFrom from) {
        return new Draft(Weight.OF_EACH, () -> of(tunnel, from));
    }

    Entry of(Exchange recorded, RecordedFrom from) throws IOException {
        return row(labelled(limit.apply(recorded), from), from);
    }

    private Entry row(Exchange exchange, RecordedFrom from) throws IOException {
        Object[] values = new Object[Column.values().length];
        Arrays.fill(values, "");
        put(values, Column.KIND, EXCHANGE);
        put(values, Column.LISTED, 1);
        target(values, exchange);
        answer(values, exchange);
        put(values, Column.TIME, millis(exchange.startedAt()));
        put(values, Column.DURATION, exchange.duration().toNanos());
        timings(values, exchange.timings());
        ending(values, exchange.outcome());
        exchange.grpc().filter(Marks::isFailure).ifPresent(call -> failure(values, call));
        source(values, exchange.client(), exchange.id(), from);
        put(values, Column.MARKS, Marks.of(exchange));
        put(values, Column.REASON, exchange.tunnelReason().map(Enum::name).orElse(""));
        return new Entry(values, address(exchange.client()), packer.pack(exchange), SearchText.of(exchange));
    }

    private Entry of(Tunnel recorded, RecordedFrom from) throws IOException {
        Tunnel tunnel = from.label().map(label -> labelled(recorded, label)).orElse(recorded);
        Object[] values = new Object[Column.values().length];
        Arrays.fill(values, "");
        HttpOrigin origin = new HttpOrigin("https", tunnel.host(), Math.max(tunnel.port(), 1));
        put(values, Column.KIND, TUNNEL);
        put(values, Column.LISTED, isToldByItsExchanges(tunnel) ? 0 : 1);
        put(values, Column.METHOD, "CONNECT");
        put(values, Column.SCHEME, origin.scheme());
        put(values, Column.HOST, origin.host());
        put(values, Column.PORT, origin.port());
        put(values, Column.PATH, "/");
        put(values, Column.URL, origin + "/");
        put(values, Column.FAMILY, TypeFamily.NONE.toString());
        put(values, Column.STATUS, 0);
        put(values, Column.REQUEST_SIZE, tunnel.bytesSent());
        put(values, Column.RESPONSE_SIZE, tunnel.bytesReceived());
        put(values, Column.TIME, millis(tunnel.startedAt()));
        put(values, Column.DURATION, nanos(tunnel));
        timings(values, Timings.NONE);
        ending(values, tunnel.outcome());
        source(values, tunnel.client(), tunnel.id(), from);
        put(values, Column.MARKS, 0);
        put(values, Column.REASON, tunnel.reason().name());
        put(values, Column.REASON_DETAIL, tunnel.reasonDetail());
        return new Entry(values, address(tunnel.client()), packer.pack(tunnel), SearchText.of(tunnel));
    }

    /** It was looked into, and ended as connections do: what went through it is listed, so it need not be. */
    private static boolean isToldByItsExchanges(Tunnel tunnel) {
        boolean seen = tunnel.reason() == Tunnel.Reason.INTERCEPTED || tunnel.reason() == Tunnel.Reason.PLAIN_HTTP;
        return seen
                && switch (tunnel.outcome().status()) {
                    case COMPLETED, UPGRADED, CLIENT_ABORTED, PROXY_CLOSED, ANSWERED_BY_PROXY -> true;
                    default -> false;
                };
    }

    private static void target(Object[] values, Exchange exchange) {
        Optional<HttpOrigin> origin = exchange.request().origin();
        put(values, Column.METHOD, exchange.request().method());
        put(values, Column.SCHEME, origin.map(HttpOrigin::scheme).orElse(""));
        put(values, Column.HOST, exchange.request().host());
        put(values, Column.PORT, origin.map(HttpOrigin::port).orElse(0));
        put(values, Column.PATH, exchange.request().path());
        put(
                values,
                Column.QUERY,
                exchange.request().query().map(query -> "?" + query).orElse(""));
        put(values, Column.URL, exchange.request().url());
        put(values, Column.VERSION, exchange.request().httpVersion());
        put(values, Column.REQUEST_TYPE, essence(exchange.request().headers()));
        put(values, Column.REQUEST_SIZE, exchange.request().body().size());
    }

    private static void answer(Object[] values, Exchange exchange) {
        Optional<CapturedResponse> response = exchange.response();
        String type =
                response.map(CapturedResponse::headers).map(EntryMaker::essence).orElse("");
        put(values, Column.STATUS, response.map(CapturedResponse::status).orElse(0));
        put(values, Column.TYPE, type);
        put(values, Column.FAMILY, TypeFamily.of(type).toString());
        put(values, Column.RESPONSE_SIZE, response.map(one -> one.body().size()).orElse(0L));
        put(values, Column.UPGRADED, exchange.upgradedTo().orElse(""));
    }

    private static void timings(Object[] values, Timings timings) {
        put(values, Column.BLOCKED, timings.blockedNanos());
        put(values, Column.DNS, timings.dnsNanos());
        put(values, Column.CONNECT, timings.connectNanos());
        put(values, Column.TLS, timings.tlsNanos());
        put(values, Column.SEND, timings.sendNanos());
        put(values, Column.WAIT, timings.waitNanos());
        put(values, Column.RECEIVE, timings.receiveNanos());
    }

    private static void ending(Object[] values, Outcome outcome) {
        put(values, Column.OUTCOME, outcome.status().name());
        put(values, Column.OK, outcome.isSuccess() ? 1 : 0);
        put(values, Column.DETAIL, outcome.detail());
    }

    /** What a gRPC server said, unless HTTP failed. */
    private static void failure(Object[] values, GrpcCall call) {
        if ("".equals(values[Column.DETAIL.ordinal()])) {
            String message = call.message().map(words -> ": " + words).orElse("");
            String words = "gRPC " + call.statusName().orElse("") + message;
            put(values, Column.DETAIL, words.substring(0, Math.min(words.length(), MAX_WORDS)));
        }
    }

    private static void source(Object[] values, ClientInfo client, long id, RecordedFrom from) {
        put(values, Column.PROXY_ID, id);
        put(values, Column.CLIENT, ClientAddress.text(client));
        put(values, Column.CLIENT_PORT, client.address().getPort());
        put(values, Column.LABEL, client.listener());
        put(values, Column.USER, client.user().orElse(""));
        put(values, Column.PROCESS, from.process().orElse(""));
        put(values, Column.SESSION, from.sessionId());
    }

    private static byte[] address(ClientInfo client) {
        InetAddress address = client.address().getAddress();
        return address == null ? new byte[0] : address.getAddress();
    }

    private static Exchange labelled(Exchange exchange, RecordedFrom from) {
        return from.label()
                .map(label -> exchange.toBuilder()
                        .client(labelled(exchange.client(), label))
                        .build())
                .orElse(exchange);
    }

    private static Tunnel labelled(Tunnel tunnel, String label) {
        return new Tunnel(
                tunnel.id(),
                labelled(tunnel.client(), label),
                tunnel.host(),
                tunnel.port(),
                tunnel.route(),
                tunnel.reason(),
                tunnel.reasonDetail(),
                tunnel.serverName(),
                tunnel.alpn(),
                tunnel.fingerprint(),
                tunnel.startedAt(),
                tunnel.duration(),
                tunnel.bytesSent(),
                tunnel.bytesReceived(),
                tunnel.outcome());
    }

    private static ClientInfo labelled(ClientInfo client, String label) {
        return new ClientInfo(client.address(), client.connection(), label, client.user());
    }

    private static String essence(HeaderList headers) {
        return headers.first("content-type")
                .flatMap(MediaType::parse)
                .map(MediaType::essence)
                .orElse("");
    }

    private static long nanos(Tunnel tunnel) {
        long longest = Long.MAX_VALUE / 1_000_000_000L;
        return tunnel.duration().toSeconds() < longest ? tunnel.duration().toNanos() : Long.MAX_VALUE;
    }

    /** A time that no number of milliseconds can tell is as good as the last that it can. */
    private static long millis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException e) { // As said above.
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static void put(Object[] values, Column column, Object value) {
        values[column.ordinal()] = value;
    }
}
