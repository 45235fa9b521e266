package io.github.captureproxy.tls.origins;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.github.captureproxy.tls.testkit.TunnelClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program's own rules about hosts, and sessions of clients on both sides of them. */
class PassedThroughTest {
    private static TestCertificate anywhere() throws Exception {
        return new TestCertificate.Recipe()
                .subject("CN=x")
                .dnsName("a.test")
                .dnsName("b.a.test")
                .dnsName("ba.test")
                .address("127.0.0.1")
                .make(TlsRig.root());
    }

    @ParameterizedTest
    @CsvSource({
        "a.test, a.test, HOST_RULE",
        "A.TEST, a.test, HOST_RULE",
        "a.test, b.a.test, INTERCEPTED",
        "*.a.test, b.a.test, HOST_RULE",
        "*.a.test, a.test, INTERCEPTED",
        "*.a.test, ba.test, INTERCEPTED",
        "127.0.0.1, 127.0.0.1, HOST_RULE",
        "127.0.0.0/8, 127.0.0.1, HOST_RULE",
        "10.0.0.0/8, 127.0.0.1, INTERCEPTED",
        "127.0.0.0/8, a.test, INTERCEPTED",
    })
    void aRuleLeavesAloneWhatItNames(String rule, String host, Reason reason) throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.passThroughHosts(rule))) {
            rig.visit(host, rig.origin(anywhere()).port());
            assertThat(rig.tunnel().reason()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.test, a.test, INTERCEPTED",
        "a.test, b.a.test, HOST_RULE",
        "*.a.test, b.a.test, INTERCEPTED",
        "127.0.0.0/8, 127.0.0.1, INTERCEPTED",
        "127.0.0.0/8, a.test, HOST_RULE",
    })
    void whereSomeHostsAreNamedTheOthersAreLeftAlone(String rule, String host, Reason reason) throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.interceptOnlyHosts(rule))) {
            rig.visit(host, rig.origin(anywhere()).port());
            assertThat(rig.tunnel().reason()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"a.test, other.test", "other.test, a.test"})
    void aRuleMatchesTheNameOrTheTarget(String target, String serverName) throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.passThroughHosts("a.test"))) {
            TlsOrigin origin = rig.origin(anywhere());
            try (TunnelClient client =
                    rig.open(target, origin.port()).secure(ClientContext.careless(), serverName, parameters -> {})) {
                assertThat(client.get("/")).isEqualTo("200 hello");
            }
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.HOST_RULE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientResumesItsSessionWithTheOriginItself(String version) throws Exception {
        ClientContext context = ClientContext.careless();
        try (TlsRig rig = new TlsRig(options -> options.passThroughHosts("a.test"))) {
            TlsOrigin origin = rig.origin(anywhere());
            visit(rig, origin, context, version);
            visit(rig, origin, context, version);
            assertThat(context.checks()).isEqualTo(1);
            assertThat(origin.handshakes()).isEqualTo(2);
        }
    }

    private static void visit(TlsRig rig, TlsOrigin origin, ClientContext context, String version) throws Exception {
        try (TunnelClient client = rig.open("a.test", origin.port()).secure(context, version)) {
            assertThat(client.get("/")).isEqualTo("200 hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientResumesItsSessionWithTheProxyWhereItIsInspected(String version) throws Exception {
        ClientContext context = ClientContext.careless();
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(anywhere());
            visit(rig, origin, context, version);
            visit(rig, origin, context, version);
            assertThat(context.checks()).isEqualTo(1);
            assertThat(rig.exchange().clientTls().orElseThrow().resumed()).isFalse();
            assertThat(rig.exchange().clientTls().orElseThrow().resumed()).isTrue();
        }
    }
}
