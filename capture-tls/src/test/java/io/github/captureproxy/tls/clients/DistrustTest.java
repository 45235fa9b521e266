package io.github.captureproxy.tls.clients;

import static io.github.captureproxy.exchange.Tunnel.Reason.CLIENT_DISTRUSTS;
import static io.github.captureproxy.exchange.Tunnel.Reason.INTERCEPTED;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.clients.HttpsClient.Answer;
import io.github.captureproxy.tls.clients.HttpsClient.Call;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that refused two names because it does not know the authority, by the example of curl. */
class DistrustTest {
    static Stream<String> versions() {
        return Clients.versions();
    }

    @BeforeAll
    static void needsCurl() {
        assumeTrue(Program.CURL.isInstalled(), "curl is not installed");
    }

    private static Answer get(Rig rig, String host, Trust trust, String version) throws Exception {
        Answer answer = Program.CURL.get(rig.call(host, trust, version));
        rig.tunnels(host, 1);
        return answer;
    }

    private static void refuseTwo(Rig rig, String version) throws Exception {
        assertThat(get(rig, Rig.ONE, rig.ofOrigin(), version).got()).isFalse();
        assertThat(get(rig, Rig.TWO, rig.ofOrigin(), version).got()).isFalse();
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void aThirdNameIsPassedThroughAtTheFirstAttempt(String version) throws Exception {
        try (Rig rig = new Rig()) {
            refuseTwo(rig, version);

            assertThat(get(rig, Rig.THREE, rig.ofOrigin(), version).text()).isEqualTo("hello");

            List<Tunnel> tunnels = rig.tunnels(Rig.THREE, 1);
            assertThat(tunnels).extracting(Tunnel::reason).containsExactly(CLIENT_DISTRUSTS);
            assertThat(tunnels.get(0).reasonDetail()).contains(Rig.ONE, Rig.TWO);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void theTrustCheckClearsThat(String version) throws Exception {
        try (Rig rig = new Rig()) {
            refuseTwo(rig, version);

            Answer check = Program.CURL.get(
                    new Call(rig.proxy(), TlsInterception.OWN_HOST, "/trust-check", rig.ofAuthority(), version));

            assertThat(check.text()).isEqualTo("trusted\n");
            for (String host : List.of(Rig.ONE, Rig.TWO, Rig.THREE)) {
                assertThat(get(rig, host, rig.ofAuthority(), version).text()).isEqualTo("hello");
            }
            assertThat(rig.proxy().history().find(path("/last")))
                    .extracting(Exchange::tunnelReason)
                    .hasSize(3)
                    .allSatisfy(reason -> assertThat(reason).contains(INTERCEPTED));
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void aTrustCheckThatIsRefusedClearsNothing(String version) throws Exception {
        try (Rig rig = new Rig()) {
            refuseTwo(rig, version);

            Answer check = Program.CURL.get(
                    new Call(rig.proxy(), TlsInterception.OWN_HOST, "/trust-check", rig.ofOrigin(), version));

            assertThat(check.got()).isFalse();
            assertThat(get(rig, Rig.THREE, rig.ofOrigin(), version).text()).isEqualTo("hello");
        }
    }
}
