package io.github.captureproxy.tls.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.tls.ClientTrust;
import io.github.captureproxy.tls.HostChoices;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.HstsMode;
import io.github.captureproxy.tls.TlsMemory;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person chooses for single hosts while the proxy runs. */
class HostChoicesTest {
    private static final String HOST = "a.test";
    private static final String PRELOADED = "x.dev";

    private static Tunnel visit(TlsRig rig, String host, TlsOrigin origin) throws Exception {
        rig.visit(host, origin.port());
        return rig.tunnel();
    }

    @Test
    void aHostIsPassedThroughFromTheChoiceOnAndInspectedAgainWithoutIt() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST));
            assertThat(visit(rig, HOST, origin).reason()).isEqualTo(Reason.INTERCEPTED);
            rig.tls().hostChoices().set("A.TEST.", Choice.PASS_THROUGH);
            Tunnel left = visit(rig, HOST, origin);
            assertThat(left.reason()).isEqualTo(Reason.HOST_RULE);
            assertThat(left.reasonDetail()).isEqualTo("this host was chosen to be passed through");
            rig.tls().hostChoices().set(HOST, Choice.DEFAULT);
            assertThat(visit(rig, HOST, origin).reason()).isEqualTo(Reason.INTERCEPTED);
        }
    }

    @Test
    void aChoiceComesBeforeTheProgramsRules() throws Exception {
        try (TlsRig rig = new TlsRig(options -> options.passThroughHosts("*.test"))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST));
            assertThat(visit(rig, HOST, origin).reason()).isEqualTo(Reason.HOST_RULE);
            rig.tls().hostChoices().set(HOST, Choice.INSPECT);
            assertThat(visit(rig, HOST, origin).reason()).isEqualTo(Reason.INTERCEPTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADAPTIVE", "PASS_THROUGH"})
    void aHostKnownByHstsIsInspectedWhereThatIsChosen(HstsMode mode) throws Exception {
        try (TlsRig rig =
                new TlsRig(options -> options.clientTrust(ClientTrust.LEARNED).hstsMode(mode))) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(PRELOADED));
            assertThat(visit(rig, PRELOADED, origin).reason()).isEqualTo(Reason.HSTS);
            rig.tls().hostChoices().set(PRELOADED, Choice.INSPECT);
            assertThat(visit(rig, PRELOADED, origin).reason()).isEqualTo(Reason.INTERCEPTED);
        }
    }

    @Test
    void aRejectionCountsAfterTheChoiceAndIsForgottenByTheNext() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(TlsRig.certificate(HOST));
            ClientContext distrusting = ClientContext.trusting(TlsRig.root().certificate());
            rig.tls().hostChoices().set(HOST, Choice.INSPECT);
            refuse(rig, distrusting, origin);
            assertThat(rig.visit(distrusting, HOST, origin.port())).isEqualTo("200 hello");
            assertThat(rig.tunnel().reason()).isEqualTo(Reason.CLIENT_REJECTED_BEFORE);
            rig.tls().hostChoices().set(HOST, Choice.INSPECT);
            assertThat(rig.tls().memory().entries())
                    .extracting(TlsMemory.Entry::kind)
                    .doesNotContain(TlsMemory.Kind.REJECTED);
            refuse(rig, distrusting, origin);
        }
    }

    private static void refuse(TlsRig rig, ClientContext client, TlsOrigin origin) throws Exception {
        assertThatThrownBy(() -> rig.visit(client, HOST, origin.port())).isInstanceOf(IOException.class);
        assertThat(rig.tunnel().reason()).isEqualTo(Reason.INTERCEPTED);
    }

    @Test
    void theOriginsCertificateIsCheckedWhateverIsChosen() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            TlsOrigin origin = rig.origin(TestCertificate.leaf(HOST).make(null));
            rig.tls().hostChoices().set(HOST, Choice.INSPECT);
            assertThat(visit(rig, HOST, origin).reason()).isEqualTo(Reason.ORIGIN_CERTIFICATE_INVALID);
        }
    }

    @Test
    void choicesAreListedByNameAndCleared() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            HostChoices choices = rig.tls().hostChoices();
            choices.set("b.test", Choice.INSPECT);
            choices.set("[::1]", Choice.PASS_THROUGH);
            choices.set("bücher.test", Choice.PASS_THROUGH);
            assertThat(choices.all().keySet()).containsExactly("0:0:0:0:0:0:0:1", "b.test", "xn--bcher-kva.test");
            assertThat(choices.of("::1")).isEqualTo(Choice.PASS_THROUGH);
            assertThat(choices.of("B.test")).isEqualTo(Choice.INSPECT);
            assertThat(choices.of("Bücher.test.")).isEqualTo(Choice.PASS_THROUGH);
            choices.clear();
            assertThat(choices.all()).isEmpty();
            assertThat(choices.of("b.test")).isEqualTo(Choice.DEFAULT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "*.test", "a.test:443", "http://a.test", "10.0.0.0/8"})
    void whatIsNoHostIsNotTaken(String text) throws Exception {
        try (TlsRig rig = new TlsRig()) {
            HostChoices choices = rig.tls().hostChoices();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> choices.set(text, Choice.INSPECT))
                    .withMessageContaining("without a port");
        }
    }

    @Test
    void noMoreHostsAreKeptThanTheBound() throws Exception {
        try (TlsRig rig = new TlsRig()) {
            HostChoices choices = rig.tls().hostChoices();
            for (int i = 0; i < HostChoices.MAX_HOSTS; i++) {
                choices.set("h" + i + ".test", Choice.PASS_THROUGH);
            }
            assertThatIllegalStateException().isThrownBy(() -> choices.set(HOST, Choice.PASS_THROUGH));
            choices.set("h1.test", Choice.INSPECT);
            choices.set("h2.test", Choice.DEFAULT);
            choices.set(HOST, Choice.PASS_THROUGH);
            assertThat(choices.all()).hasSize(HostChoices.MAX_HOSTS);
        }
    }
}
