package io.github.captureproxy.examples.inspector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Exchanges and tunnels that a list has, and that never happened. */
final class Sent {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final ClientInfo CLIENT =
            new ClientInfo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000), 1, "", Optional.empty());

    private Sent() {}

    /** A call that was answered with JSON; its id is also its place in time, in milliseconds. */
    static Exchange call(int id, String method, String target, int status) {
        return Exchange.builder(id, CLIENT, request(method, target))
                .response(response(status))
                .timings(START.plusMillis(id), new Timings(1, -1, -1, -1, 2, 3_000_000, 4))
                .build();
    }

    /** A call without an end. */
    static InFlightExchange open(int id, String method, String target, Optional<CapturedResponse> response) {
        return new InFlightExchange(
                id,
                CLIENT,
                request(method, target),
                response,
                START.plusMillis(id),
                Duration.ofMillis(5),
                InFlightExchange.WaitingFor.RESPONSE_BODY,
                Optional.empty(),
                "");
    }

    /** A tunnel without an end. */
    static InFlightExchange openTunnel(int id, Tunnel.Reason reason) {
        return new InFlightExchange(
                id,
                CLIENT,
                request("CONNECT", "shop.example:443"),
                Optional.empty(),
                START.plusMillis(id),
                Duration.ofMillis(5),
                InFlightExchange.WaitingFor.CLOSE,
                Optional.of(reason),
                "");
    }

    static Tunnel tunnel(int id, Tunnel.Reason reason) {
        return tunnel(id, reason, new Outcome(Outcome.Status.COMPLETED, Outcome.Side.NONE, 0, ""));
    }

    static Tunnel notOpened(int id, Outcome.Status status, String detail) {
        return tunnel(id, Tunnel.Reason.NOT_OPENED, new Outcome(status, Outcome.Side.PROXY, 0, detail));
    }

    private static Tunnel tunnel(int id, Tunnel.Reason reason, Outcome outcome) {
        return new Tunnel(
                id,
                CLIENT,
                "bank.example",
                443,
                new Route(Route.Kind.DIRECT, "bank.example:443"),
                reason,
                "",
                Optional.of("bank.example"),
                List.of(),
                Optional.empty(),
                START.plusMillis(id),
                Duration.ofMillis(12),
                1_000,
                2_000,
                outcome);
    }

    static CapturedResponse response(int status) {
        HeaderList headers = HeaderList.of("Content-Type", "application/json");
        return new CapturedResponse(
                status, "", "HTTP/1.1", headers, CapturedBody.of("{}".getBytes(UTF_8), headers), HeaderList.empty());
    }

    private static CapturedRequest request(String method, String target) {
        HeaderList headers = HeaderList.of("Accept", "*/*");
        return new CapturedRequest(
                method,
                target,
                "HTTP/1.1",
                new HttpOrigin("https", "shop.example", 443),
                headers,
                CapturedBody.of(new byte[0], headers),
                HeaderList.empty());
    }
}
