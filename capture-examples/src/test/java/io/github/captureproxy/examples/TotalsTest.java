package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private final Totals totals = new Totals();

    @Test
    void nothingHasPassed() {
        assertThat(totals.lines(Duration.ofSeconds(61), 0))
                .containsExactly(
                        "exchanges  0",
                        "failures   0",
                        "tunnels    0",
                        "bytes      0 B sent, 0 B received",
                        "duration   1m 1s");
    }

    @Test
    void exchangesAreCountedByStatusClassAndFailuresByOutcome() {
        totals.add(Samples.get("/", 200, "").build());
        totals.add(Samples.get("/", 204, "").build());
        totals.add(Samples.get("/", 404, "").build());
        totals.add(Samples.get("/", 0, "")
                .outcome(Samples.failure(Outcome.Status.CLIENT_ABORTED, "gone"))
                .build());

        assertThat(totals.lines(Duration.ZERO, 0))
                .contains("exchanges  4 (2 x 2xx, 1 x 4xx, 1 without a response)", "failures   1 (1 client aborted)");
    }

    @Test
    void anAnswerThatTheProxyWasAskedForIsNoFailure() {
        totals.add(Samples.ownAnswer());

        assertThat(totals.lines(Duration.ZERO, 0)).contains("exchanges  1 (1 x 2xx)", "failures   0");
    }

    @Test
    void bytesAreThoseOfExchangesAndOfTunnelsThatWereNotLookedInto() {
        totals.add(Samples.get("/", 200, "").build());
        totals.add(Samples.tunnel(Tunnel.Reason.NOT_CONFIGURED, "x", Samples.DONE));
        totals.add(Samples.tunnel(Tunnel.Reason.PLAIN_HTTP, "x", Samples.DONE));
        totals.add(Samples.tunnel(Tunnel.Reason.INTERCEPTED, "x", Samples.DONE));

        assertThat(totals.lines(Duration.ZERO, 0))
                .contains("tunnels    3 (1 looked into)", "bytes      810 B sent, 3.7 KiB received");
    }

    @Test
    void tunnelsThatFailedAreCountedByOutcome() {
        totals.add(Samples.tunnel(
                Tunnel.Reason.NOT_OPENED, "x", Samples.failure(Outcome.Status.CONNECT_FAILED, "refused")));

        assertThat(totals.lines(Duration.ZERO, 0)).contains("tunnels    1 (1 connect failed)");
    }

    @Test
    void aConnectionThatWasLookedIntoAndLeftIsNoFailure() {
        totals.add(
                Samples.tunnel(Tunnel.Reason.INTERCEPTED, "x", Samples.failure(Outcome.Status.CLIENT_ABORTED, "gone")));
        totals.add(
                Samples.tunnel(Tunnel.Reason.INTERCEPTED, "x", Samples.failure(Outcome.Status.TIMED_OUT, "connect")));

        assertThat(totals.lines(Duration.ZERO, 0)).contains("tunnels    2 (2 looked into, 1 timed out)");
    }

    @Test
    void failedHandshakesAreCountedWhereThereAreAny() {
        assertThat(totals.lines(Duration.ZERO, 0)).noneMatch(line -> line.startsWith("TLS"));

        totals.add(Samples.tlsFailure(Outcome.Side.CLIENT, "unknown_ca"));

        assertThat(totals.lines(Duration.ZERO, 0)).contains("TLS        1 failed handshake");
    }

    @Test
    void droppedDeliveriesAreTold() {
        assertThat(totals.lines(Duration.ZERO, 7)).anyMatch(line -> line.startsWith("dropped    7: "));
    }
}
