package io.github.captureproxy.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final ClientInfo CLIENT =
            new ClientInfo(InetSocketAddress.createUnresolved("client", 1), 7, "default", Optional.of("user"));
    private static final HttpOrigin ORIGIN = new HttpOrigin("http", "example.com", 80);

    @Test
    void theSummaryIsOneLineWithTheUrl() {
        Exchange exchange = exchange(response()).build();

        assertThat(exchange.summary()).isEqualTo("POST http://example.com/a?token=s3cret -> 201 text/plain 3 B 28 ms");
    }

    @Test
    void theTextFormHoldsNoSecret() {
        Exchange exchange = exchange(response())
                .outcome(new Outcome(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, 3, "reset"))
                .build();

        assertThat(exchange)
                .hasToString("#5 POST http://example.com/a?... -> 201 text/plain 3 B 28 ms CLIENT_ABORTED (reset)");
        assertThat(exchange.error()).contains("reset");
    }

    @Test
    void whatWasSentCannotSteerTheTerminal() {
        CapturedResponse response = new CapturedResponse(
                200,
                "",
                "HTTP/1.1",
                HeaderList.of("content-type", "a/b\u001b[2J\n\u009b"),
                CapturedBody.empty(),
                HeaderList.empty());

        assertThat(exchange(response).build().summary()).contains(" a/b?[2J?? 0 B");
    }

    @Test
    void withoutAResponseTheSummarySaysSo() {
        Exchange exchange = exchange(null)
                .outcome(new Outcome(Outcome.Status.UNKNOWN_HOST, Outcome.Side.ORIGIN, 0, "no address"))
                .build();

        assertThat(exchange.summary()).endsWith("-> no response 28 ms UNKNOWN_HOST (no address)");
        assertThat(exchange.response()).isEmpty();
    }

    @Test
    void whatWasSetIsThere() {
        List<InformationalResponse> interim = new ArrayList<>();
        interim.add(new InformationalResponse(103, "Early Hints", HeaderList.empty()));
        Exchange exchange = exchange(response())
                .tunnel(3, Tunnel.Reason.PLAIN_HTTP)
                .route(new Route(Route.Kind.DIRECT, "example.com:80"), null)
                .informational(interim)
                .sizes(new WireSizes(1, 2, 3, 4))
                .upgraded("websocket", List.of())
                .build();
        interim.clear();

        assertThat(exchange.id()).isEqualTo(5);
        assertThat(exchange.client()).isEqualTo(CLIENT);
        assertThat(exchange.tunnelId()).hasValue(3);
        assertThat(exchange.route().kind()).isEqualTo(Route.Kind.DIRECT);
        assertThat(exchange.remoteAddress()).isEmpty();
        assertThat(exchange.informational()).hasSize(1);
        assertThat(exchange.upgradedTo()).contains("websocket");
        assertThat(exchange.startedAt()).isEqualTo(START);
        assertThat(exchange.sizes().responseBody()).isEqualTo(4);
        assertThat(exchange.outcome().isSuccess()).isTrue();
        assertThat(exchange.error()).isEmpty();
    }

    @Test
    void theHopsAreTheRequestsVersionUnlessSet() {
        Exchange exchange = exchange(response()).build();

        assertThat(exchange.clientHop()).isEqualTo(HttpHop.of("HTTP/1.1"));
        assertThat(exchange.originHop()).isEmpty();
    }

    @Test
    void theSummaryNamesTheVersionsWhereOneIsHttp2() {
        HttpHop h1 = HttpHop.of("HTTP/1.1");
        HttpHop h2 = HttpHop.of("HTTP/2");

        assertThat(exchange(response()).hops(h1, h1).build().summary()).endsWith(" 28 ms");
        assertThat(exchange(response()).hops(h2, h2).build().summary()).endsWith(" 28 ms HTTP/2");
        assertThat(exchange(response()).hops(h2, null).build().summary()).endsWith(" 28 ms HTTP/2");
        assertThat(exchange(response()).hops(h2, h1).build().summary()).endsWith(" 28 ms HTTP/2 to HTTP/1.1");
        assertThat(exchange(response()).hops(h1, h2).build()).asString().endsWith(" 28 ms HTTP/1.1 to HTTP/2");
    }

    @Test
    void timingsAddUpWithTlsWithinConnect() {
        Timings timings = new Timings(1, 2, 30, 20, 4, 5, 6);

        assertThat(timings.total()).isEqualTo(Duration.ofNanos(48));
        assertThat(Timings.NONE.total()).isZero();
        assertThat(Timings.phase(-1)).isEmpty();
        assertThat(Timings.phase(0)).contains(Duration.ZERO);
        assertThat(new Timings(-1, -1, -1, -1, 4, 5, -1).total()).isEqualTo(Duration.ofNanos(9));
    }

    @Test
    void anOriginIsWrittenAsAHostFieldNamesIt() {
        assertThat(new HttpOrigin("http", "Example.COM", 80)).hasToString("http://example.com");
        assertThat(new HttpOrigin("https", "example.com", 80)).hasToString("https://example.com:80");
        assertThat(new HttpOrigin("https", "::1", 443)).hasToString("https://[::1]");
        assertThat(new HttpOrigin("wss", "::1", 8443).authority()).isEqualTo("[::1]:8443");
        assertThat(new HttpOrigin("http", "A", 1)).isEqualTo(new HttpOrigin("http", "a", 1));
    }

    private static Exchange.Builder exchange(@Nullable CapturedResponse response) {
        CapturedRequest request = new CapturedRequest(
                "POST",
                "/a?token=s3cret",
                "HTTP/1.1",
                ORIGIN,
                HeaderList.of("Authorization", "s3cret"),
                CapturedBody.of("s3cret".getBytes(UTF_8)),
                HeaderList.empty());
        return Exchange.builder(5, CLIENT, request)
                .response(response)
                .timings(START, new Timings(-1, 1_000_000, 2_000_000, -1, 5_000_000, 10_000_000, 10_000_000));
    }

    private static CapturedResponse response() {
        return new CapturedResponse(
                201,
                "Created",
                "HTTP/1.1",
                HeaderList.of("Content-Type", "text/plain", "Set-Cookie", "s3cret"),
                CapturedBody.of(new byte[3]),
                HeaderList.empty());
    }
}
