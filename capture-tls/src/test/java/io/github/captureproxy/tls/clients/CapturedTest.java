package io.github.captureproxy.tls.clients;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RecordingOrigin.Received;
import io.github.captureproxy.tls.clients.HttpsClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that have been given the authority in one of the forms that it comes in: what they do is captured. */
class CapturedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static Stream<Arguments> clients() {
        return Clients.all();
    }

    @ParameterizedTest(name = "{0}, TLS {1}")
    @MethodSource("clients")
    void theExchangeIsRecordedAsItWasWithTheTlsOfBothSides(HttpsClient client, String version) throws Exception {
        assumeTrue(client.isInstalled(), client + " is not installed");
        try (Rig rig = new Rig()) {
            Answer answer = client.get(rig.call(Rig.ONE, rig.ofAuthority(), version));

            assertThat(answer.text()).contains("hello");
            Exchange exchange = rig.proxy().history().await(path("/last"), PATIENCE);
            checkMessages(exchange, rig.origin().received());
            checkTls(exchange, "TLSv" + version, rig);
            assertThat(rig.failures()).isEmpty();
        }
    }

    private static void checkMessages(Exchange exchange, List<Received> received) {
        assertThat(received).hasSize(1);
        assertThat(exchange.request().url()).isEqualTo("https://one.test/last");
        assertThat(exchange.request().method()).isEqualTo("GET");
        assertThat(exchange.request().headers().stream()
                        .filter(field -> !field.name().equalsIgnoreCase("connection"))
                        .map(field -> field.name() + ": " + field.value())
                        .toList())
                .isEqualTo(received.get(0).fieldLines());
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(200);
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("hello");
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }

    private static void checkTls(Exchange exchange, String version, Rig rig) {
        assertThat(exchange.tunnelReason()).contains(Tunnel.Reason.INTERCEPTED);
        ClientTls client = exchange.clientTls().orElseThrow();
        assertThat(client.version()).isEqualTo(version);
        assertThat(client.serverName()).contains(Rig.ONE);
        assertThat(client.fingerprint()).isNotEmpty();
        OriginTls origin = exchange.originTls().orElseThrow();
        assertThat(origin.version()).isEqualTo("TLSv1.3");
        assertThat(origin.serverName()).contains(Rig.ONE);
        assertThat(origin.validity()).isEqualTo(OriginTls.Validity.VALID);
        assertThat(origin.certificates()).last().isEqualTo(rig.root().certificate());
    }
}
