package io.github.captureproxy.examples.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TunnelWordsTest {
    @ParameterizedTest
    @EnumSource
    void everyReasonHasWordsOfItsOwn(Reason reason) {
        TunnelWords words = TunnelWords.of(reason, "it says more");
        assertThat(words.title()).isNotBlank().doesNotEndWith(".");
        assertThat(words.detail()).isEqualTo("it says more");
        for (Reason other : Reason.values()) {
            if (other != reason) {
                assertThat(TunnelWords.of(other, "").title()).isNotEqualTo(words.title());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NOT_CONFIGURED",
                "HOST_RULE",
                "CLIENT_TLS_UNSUPPORTED",
                "CLIENT_REJECTED_BEFORE",
                "CLIENT_DISTRUSTS",
                "HSTS",
                "ORIGIN_CERTIFICATE_INVALID",
                "ORIGIN_TLS_FAILED",
                "CLIENT_CERTIFICATE_WANTED"
            })
    void whatWasPassedThroughSaysSoAndWhatToDo(Reason reason) {
        assertThat(TunnelWords.of(reason, "").title()).startsWith("passed through: ");
        assertThat(TunnelWords.of(reason, "").fix()).isNotBlank();
    }

    @Test
    void whereHstsSitesAreLeftAloneByASettingThereIsNothingToTrust() {
        TunnelWords words =
                TunnelWords.of(Reason.HSTS, "hosts known by HSTS are never inspected (HstsMode.PASS_THROUGH)");
        assertThat(words.title()).endsWith("this site uses HSTS, and --hsts pass-through leaves those alone");
        assertThat(words.detail()).isEmpty();
        assertThat(words.fixes()).containsExactly(TunnelWords.Fix.SETTINGS);
    }

    @Test
    void rulesAreNamedAsOptions() {
        assertThat(TunnelWords.of(Reason.HOST_RULE, "the rule passThroughHosts(*.com) matches")
                        .detail())
                .isEqualTo("the rule --pass-through (*.com) matches");
    }

    @Test
    void aClientThatRefusesTheCertificateWasNotLookedInto() {
        TunnelWords words = TunnelWords.of(
                Reason.INTERCEPTED,
                "",
                new NotOpened("a.example", Outcome.Status.TLS_FAILED, "the client sent the alert unknown_ca"));
        assertThat(words.title()).startsWith("not looked into: ");
        assertThat(words.detail()).isEqualTo("the client sent the alert unknown_ca");
        assertThat(words.fix()).contains("trust the capture authority");
        assertThat(words.fixes()).containsExactly(TunnelWords.Fix.DEVICES, TunnelWords.Fix.PASS_THROUGH);
    }

    @Test
    void aTunnelThatWasLookedIntoStaysSoHoweverElseItEnds() {
        NotOpened left = new NotOpened("a.example", Outcome.Status.CLIENT_ABORTED, "the client's connection broke");
        assertThat(TunnelWords.of(Reason.INTERCEPTED, "", left)).isEqualTo(TunnelWords.of(Reason.INTERCEPTED, ""));
    }
}
