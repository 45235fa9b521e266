package io.github.captureproxy.examples;

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
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WireSizes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Exchanges and tunnels as a proxy records them. */
final class Samples {
    static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    static final Outcome DONE = new Outcome(Outcome.Status.COMPLETED, Outcome.Side.NONE, 0, "");
    private static final ClientInfo CLIENT =
            new ClientInfo(InetSocketAddress.createUnresolved("client", 1), 1, "default", Optional.empty());
    private static final long TWELVE_MILLIS = 12_000_000;

    private Samples() {}

    /** A GET with the answer to it; the status is 0 for none. */
    static Exchange.Builder get(String path, int status, String type) {
        return exchange("GET", path, status, type);
    }

    static Exchange.Builder exchange(String method, String path, int status, String type) {
        CapturedRequest request = new CapturedRequest(
                method,
                path,
                "HTTP/1.1",
                new HttpOrigin("http", "example.com", 80),
                HeaderList.empty(),
                CapturedBody.empty(),
                HeaderList.empty());
        return exchange(request, status, type);
    }

    /** A request that no origin could be told of, as its head broke the rules. */
    static Exchange.Builder malformed(String method, String target) {
        return exchange(headless(method, target), 400, "").outcome(failure(Outcome.Status.MALFORMED_REQUEST, ""));
    }

    private static CapturedRequest headless(String method, String target) {
        return new CapturedRequest(
                method, target, "HTTP/1.1", null, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
    }

    /** What adb sends to find emulators. */
    static Exchange adbProbe() {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return Exchange.builder(
                        1,
                        new ClientInfo(here, 1, "default", Optional.empty()),
                        headless("CNXN????????w???@.??????host::features=shell_v2", ""))
                .outcome(failure(Outcome.Status.MALFORMED_REQUEST, ""))
                .build();
    }

    private static Exchange.Builder exchange(CapturedRequest request, int status, String type) {
        return Exchange.builder(1, CLIENT, request)
                .response(status == 0 ? null : response(status, type))
                .sizes(new WireSizes(100, 10, 200, status == 0 ? 0 : 1_536))
                .timings(START, new Timings(-1, -1, -1, -1, 0, TWELVE_MILLIS, 0));
    }

    private static CapturedResponse response(int status, String type) {
        return new CapturedResponse(
                status,
                "",
                "HTTP/1.1",
                type.isEmpty() ? HeaderList.empty() : HeaderList.of("Content-Type", type),
                CapturedBody.of(new byte[1_536]),
                HeaderList.empty());
    }

    /** The answer of a proxy to what was meant for itself. */
    static Exchange ownAnswer() {
        return exchange("TRACE", "/", 200, "message/http")
                .outcome(new Outcome(Outcome.Status.ANSWERED_BY_PROXY, Outcome.Side.PROXY, 0, ""))
                .build();
    }

    static Outcome failure(Outcome.Status status, String detail) {
        return new Outcome(status, Outcome.Side.ORIGIN, 0, detail);
    }

    static Tunnel tunnel(Tunnel.Reason reason, String serverName, Outcome outcome) {
        return tunnel(reason, "", serverName, outcome);
    }

    static Tunnel tunnel(Tunnel.Reason reason, String detail, String serverName, Outcome outcome) {
        return tunnel("example.com", reason, detail, serverName, outcome);
    }

    static Tunnel tunnelTo(String host, Tunnel.Reason reason, Outcome outcome) {
        return tunnel(host, reason, "", host, outcome);
    }

    private static Tunnel tunnel(String host, Tunnel.Reason reason, String detail, String serverName, Outcome outcome) {
        return new Tunnel(
                2,
                CLIENT,
                host,
                443,
                Route.NONE,
                reason,
                detail,
                Optional.of(serverName),
                List.of("h2"),
                Optional.empty(),
                START,
                Duration.ofMillis(1_250),
                700,
                2_048,
                outcome);
    }

    /** A client that refuses a certificate, or an origin's that is bad. */
    static TlsFailure tlsFailure(Outcome.Side side, String problem) {
        return new TlsFailure(
                2,
                CLIENT,
                "example.com",
                443,
                "example.com",
                side,
                TlsFailure.Phase.CERTIFICATE,
                Optional.of("unknown_ca"),
                List.of("CN=example.com"),
                problem,
                START);
    }
}
