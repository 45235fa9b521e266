package io.github.captureproxy.examples.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TunnelAdviceTest {
    @ParameterizedTest
    @EnumSource
    void everyReasonHasWords(Reason reason) {
        assertThat(TunnelAdvice.of(reason).title()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NOT_CONFIGURED",
                "HOST_RULE",
                "CLIENT_TLS_UNSUPPORTED",
                "NOT_HTTP",
                "CLIENT_REJECTED_BEFORE",
                "CLIENT_DISTRUSTS",
                "HSTS",
                "ORIGIN_CERTIFICATE_INVALID",
                "ORIGIN_TLS_FAILED",
                "CLIENT_CERTIFICATE_WANTED"
            })
    void whatWasPassedThroughSaysSoAndWhatToDo(Reason reason) {
        assertThat(TunnelAdvice.of(reason).title()).startsWith("Passed through: ");
        assertThat(TunnelAdvice.of(reason).fix()).endsWith(".");
    }
}
