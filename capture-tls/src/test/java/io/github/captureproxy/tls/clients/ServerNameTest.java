package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawSocket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tunnels to one host in which the client asks, by SNI, for another: the name that is asked for has to be proven. */
class ServerNameTest {
    static Stream<String> versions() {
        return Clients.versions();
    }

    /** It accepts anything, so as to see what it is shown. */
    private static RawClient client(Rig rig, String version) throws Exception {
        Trust both = Trust.in(
                rig.folder(),
                "both",
                rig.root().certificate(),
                rig.tls().authority().certificate());
        SSLContext context = SSLContext.getInstance("TLSv" + version);
        context.init(null, new TrustManager[] {both.manager()}, null);
        return new RawClient(rig.proxy().address(), context, version);
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void anOriginThatCannotProveTheNameShowsItsOwnCertificate(String version) throws Exception {
        try (Rig rig = new Rig()) {
            X509Certificate shown = client(rig, version).shown(Rig.ONE, Rig.UNPROVEN);

            assertThat(shown.getIssuerX500Principal())
                    .isEqualTo(rig.root().certificate().getSubjectX500Principal());
            List<Tunnel> tunnels = rig.tunnels(Rig.ONE, 1);
            assertThat(tunnels).extracting(Tunnel::reason).containsExactly(Reason.ORIGIN_CERTIFICATE_INVALID);
            assertThat(tunnels.get(0).reasonDetail()).contains(Rig.UNPROVEN);
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void anOriginThatProvesTheNameGetsALeafForItAndForNoOther(String version) throws Exception {
        try (Rig rig = new Rig()) {
            X509Certificate shown = client(rig, version).shown(Rig.ONE, Rig.TWO);

            assertThat(shown.getIssuerX500Principal())
                    .isEqualTo(rig.tls().authority().certificate().getSubjectX500Principal());
            assertThat(shown.getSubjectAlternativeNames()).containsExactly(List.of(2, Rig.TWO));
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @MethodSource("versions")
    void requestsGoToTheTunnelsTargetWhateverTheirHostSays(String version) throws Exception {
        try (Rig rig = new Rig();
                RawSocket tunnel = client(rig, version).tunnel(Rig.ONE);
                SSLSocket socket = client(rig, version).secure(tunnel, Rig.TWO)) {
            socket.getOutputStream()
                    .write("GET /last HTTP/1.1\r\nHost: elsewhere.test\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("hello");
            assertThat(rig.origin().received("/last").get(0).field("host")).contains("elsewhere.test");
        }
    }
}
