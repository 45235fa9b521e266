package io.github.captureproxy.examples.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Exchanges and tunnels that never happened. */
final class Stored {
    static final Instant START = Instant.now().truncatedTo(ChronoUnit.HOURS);
    static final ClientInfo CLIENT =
            new ClientInfo(new InetSocketAddress("10.1.2.3", 50_000), 1, "app", Optional.of("ann"));
    static final Outcome COMPLETED = new Outcome(Outcome.Status.COMPLETED, Outcome.Side.NONE, 0, "");
    private static final HeaderList JSON = HeaderList.of("Content-Type", "application/json; charset=utf-8");

    private Stored() {}

    /** A GET that was answered with JSON; its id is also its place in time, in milliseconds. */
    static Exchange exchange(int id) {
        return exchange(id, "/orders/" + id + "?page=1", "{\"order\":" + id + ",\"note\":\"Gr\u00fc\u00dfe\"}");
    }

    static Exchange exchange(int id, String target, String json) {
        return exchange(id, request("GET", target, HeaderList.of("Accept", "application/json"), ""))
                .response(response(200, JSON, json))
                .build();
    }

    static Exchange.Builder exchange(int id, CapturedRequest request) {
        return Exchange.builder(id, CLIENT, request)
                .timings(START.plusMillis(id), new Timings(1, 2, 3, 4, 5, 6_000_000, 7));
    }

    static CapturedRequest request(String method, String target, HeaderList headers, String body) {
        return new CapturedRequest(
                method,
                target,
                "HTTP/1.1",
                new HttpOrigin("https", "shop.example", 8443),
                headers,
                CapturedBody.of(body.getBytes(UTF_8), headers),
                HeaderList.empty());
    }

    static CapturedResponse response(int status, HeaderList headers, String body) {
        return response(status, headers, body.getBytes(UTF_8));
    }

    static CapturedResponse response(int status, HeaderList headers, byte[] body) {
        return new CapturedResponse(
                status, "", "HTTP/1.1", headers, CapturedBody.of(body, headers), HeaderList.empty());
    }

    static Tunnel tunnel(int id, Tunnel.Reason reason) {
        return new Tunnel(
                id,
                CLIENT,
                "bank.example",
                443,
                new Route(Route.Kind.DIRECT, "bank.example:443"),
                reason,
                "max-age=31536000",
                Optional.of("bank.example"),
                List.of("h2", "http/1.1"),
                Optional.of("t13d1516h2"),
                START.plusMillis(id),
                Duration.ofMillis(12),
                1_000,
                2_000,
                COMPLETED);
    }
}
