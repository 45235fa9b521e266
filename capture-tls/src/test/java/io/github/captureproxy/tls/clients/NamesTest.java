package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.tls.clients.HttpsClient.Answer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and addresses of every kind: leaves for them pass the checks of clients. */
class NamesTest {
    private static final String NEIGHBOUR = "a.wildcard.test";
    private static final String LONG = "a".repeat(60) + ".example.test";
    private static final String IDN = "xn--bcher-kva.test";
    private static final String IPV6 = "[2001:db8::1]";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Rig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new Rig(NEIGHBOUR, LONG, IDN);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @BeforeEach
    void forget() {
        rig.proxy().history().clear();
    }

    /** The other clients cannot ask a proxy for an IPv6 address, or ask for it by an SNI that no server takes. */
    static Stream<Arguments> namesAndClients() {
        Stream<Arguments> names = Stream.of(Rig.ONE, NEIGHBOUR, LONG, IDN, "127.0.0.1")
                .flatMap(name -> Stream.of(
                                JavaClient.JDK_HTTP_CLIENT,
                                JavaClient.OK_HTTP,
                                Program.CURL,
                                Program.OPENSSL,
                                Program.PYTHON_URLLIB,
                                Program.NODE_HTTPS)
                        .map(client -> Arguments.of(name, client)));
        return Stream.concat(
                names, Stream.of(Arguments.of(IPV6, JavaClient.OK_HTTP), Arguments.of(IPV6, Program.CURL)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("namesAndClients")
    void theLeafIsGoodForTheName(String name, HttpsClient client) throws Exception {
        assumeTrue(client.isInstalled(), client + " is not installed");
        Answer answer = client.get(rig.call(name, rig.ofAuthority(), "1.3"));

        assertThat(answer.text()).contains("hello");
        Exchange exchange = rig.proxy().history().await(ExchangeFilter.path("/last"), PATIENCE);
        assertThat(exchange.request().url()).isEqualTo("https://" + name + "/last");
        assertThat(exchange.tunnelReason()).contains(Reason.INTERCEPTED);
    }
}
