package io.github.captureproxy.tls.clients;

import static io.github.captureproxy.exchange.Tunnel.Reason.CLIENT_REJECTED_BEFORE;
import static io.github.captureproxy.exchange.Tunnel.Reason.INTERCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.tls.clients.HttpsClient.Answer;
import io.github.captureproxy.tls.clients.HttpsClient.Call;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.CertificatePinner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that refuse the proxy's certificate: one attempt fails, the next works, and the record says why. */
class RejectionTest {
    static Stream<Arguments> clients() {
        return Clients.all();
    }

    static Stream<String> versions() {
        return Clients.versions();
    }

    @ParameterizedTest(name = "{0}, TLS {1}")
    @MethodSource("clients")
    void aClientWithoutTheAuthorityFailsOnceAndMeetsTheOriginThen(HttpsClient client, String version) throws Exception {
        assumeTrue(client.isInstalled(), client + " is not installed");
        try (Rig rig = new Rig()) {
            Call call = rig.call(Rig.ONE, rig.ofOrigin(), version);

            Answer first = client.get(call);
            List<Tunnel> failed = rig.tunnels(Rig.ONE, 1);
            Answer second = client.get(call);

            assertThat(first.got()).as(first.text()).isFalse();
            assertThat(failed).hasSize(1);
            assertThat(second.text()).contains("hello");
            checkRecord(rig);
        }
    }

    private static void checkRecord(Rig rig) {
        List<Tunnel> tunnels = rig.tunnels(Rig.ONE, 2);
        assertThat(tunnels).extracting(Tunnel::reason).containsExactly(INTERCEPTED, CLIENT_REJECTED_BEFORE);
        assertThat(tunnels.get(0).outcome().status()).isEqualTo(Outcome.Status.TLS_FAILED);
        assertThat(tunnels.get(0).outcome().side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(tunnels.get(0).outcome().detail())
                .startsWith("the client rejected the certificate for one.test: it");
        assertThat(tunnels.get(1).reasonDetail()).isNotEmpty();
        assertThat(tunnels.get(0).fingerprint()).isEqualTo(tunnels.get(1).fingerprint());
        assertThat(rig.failures()).extracting(TlsFailure::side).containsExactly(Outcome.Side.CLIENT);
        assertThat(rig.failures().get(0).certificates()).first().isEqualTo("CN=one.test");
        assertThat(rig.origin().received()).hasSize(1);
        assertThat(rig.proxy().history().snapshot()).isEmpty();
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void aClientThatPinsTheOriginFailsOnceAndMeetsTheOriginThen(String version) throws Exception {
        try (Rig rig = new Rig()) {
            Trust both = Trust.in(
                    rig.folder(),
                    "both",
                    rig.root().certificate(),
                    rig.tls().authority().certificate());
            Call call = rig.call(Rig.ONE, both, version);
            CertificatePinner pins = new CertificatePinner.Builder()
                    .add(Rig.ONE, CertificatePinner.pin(rig.root().certificate()))
                    .build();

            Throwable first = catchThrowable(() -> JavaClient.okHttp(call, both.context(call.protocol()), pins));
            rig.tunnels(Rig.ONE, 1);
            String second = JavaClient.okHttp(call, both.context(call.protocol()), pins);

            assertThat(first).isInstanceOf(SSLPeerUnverifiedException.class);
            assertThat(second).isEqualTo("hello");
            checkRecord(rig);
        }
    }
}
