package io.github.captureproxy.tls.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.spi.TlsInspection.ClientEnd;
import io.github.captureproxy.tls.internal.memory.Rejection.Cause;
import io.github.captureproxy.tls.internal.memory.RejectionRules.Situation;
import io.github.captureproxy.tls.internal.memory.RejectionRules.Trust;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionRulesTest {
    private static final Situation SHOWN = new Situation(true, Trust.NONE, false, false);
    private static final Situation NOT_SHOWN = new Situation(false, Trust.NONE, false, false);

    private static ClientEnd end(Phase phase, String alert, Duration sinceFinished) {
        return new ClientEnd(phase, Optional.ofNullable(alert), sinceFinished, "");
    }

    private static ClientEnd end(Phase phase, String alert) {
        return end(phase, alert, Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad_certificate",
                "unknown_ca",
                "certificate_unknown",
                "unsupported_certificate",
                "certificate_expired",
                "certificate_revoked"
            })
    void aCertificateAlertIsAStrongRejectionBeforeAndAfterTheFinish(String alert) {
        for (Phase phase : new Phase[] {Phase.CERTIFICATE, Phase.FINISHED, Phase.ESTABLISHED}) {
            assertThat(RejectionRules.classify(end(phase, alert, Duration.ofMinutes(1)), SHOWN))
                    .hasValueSatisfying(rejection -> {
                        assertThat(rejection.weak()).isFalse();
                        assertThat(rejection.words()).contains(alert);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handshake_failure",
                "protocol_version",
                "decode_error",
                "internal_error",
                "user_canceled",
                "no_application_protocol"
            })
    void anotherAlertTeachesNothing(String alert) {
        assertThat(RejectionRules.classify(end(Phase.CERTIFICATE, alert), SHOWN))
                .isEmpty();
        assertThat(RejectionRules.classify(end(Phase.FINISHED, alert), SHOWN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutACertificateShownNothingIsARejection(Phase phase) {
        assertThat(RejectionRules.classify(end(phase, "unknown_ca"), NOT_SHOWN)).isEmpty();
        assertThat(RejectionRules.classify(end(phase, null), NOT_SHOWN)).isEmpty();
    }

    @Test
    void anEndBeforeTheCertificateIsNoRejection() {
        assertThat(RejectionRules.classify(end(Phase.NEGOTIATION, null), SHOWN)).isEmpty();
        assertThat(RejectionRules.classify(end(Phase.NEGOTIATION, "unknown_ca"), SHOWN))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "close_notify"})
    void aSilentEndAfterTheCertificateIsAWeakRejection(String alert) {
        ClientEnd end = end(Phase.CERTIFICATE, alert.isEmpty() ? null : alert);
        assertThat(RejectionRules.classify(end, SHOWN))
                .hasValueSatisfying(rejection -> assertThat(rejection.weak()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1999, true", "2000, true", "2001, false", "60000, false"})
    void aSilentEndAfterTheFinishCountsForTwoSeconds(long millis, boolean counts) {
        ClientEnd end = end(Phase.FINISHED, null, Duration.ofMillis(millis));
        assertThat(RejectionRules.classify(end, SHOWN).isPresent()).isEqualTo(counts);
    }

    @Test
    void aSilentEndAfterTheFinishIsNoneFromAClientThatSentDataToTheNameBefore() {
        Situation sentBefore = new Situation(true, Trust.BY_DATA, false, true);
        assertThat(RejectionRules.classify(end(Phase.FINISHED, null), sentBefore))
                .isEmpty();
        assertThat(RejectionRules.classify(end(Phase.CERTIFICATE, null), sentBefore))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_ca, NONE, false, AUTHORITY",
        "unknown_ca, BY_DATA, false, AUTHORITY",
        "unknown_ca, PROVEN, true, AUTHORITY",
        "certificate_unknown, NONE, false, AUTHORITY",
        "bad_certificate, NONE, true, AUTHORITY",
        "certificate_unknown, BY_DATA, false, PIN",
        "certificate_unknown, BY_DATA, true, AUTHORITY",
        "certificate_unknown, PROVEN, true, PIN",
        "bad_certificate, PROVEN, false, PIN",
        "certificate_expired, NONE, false, PIN",
        "unsupported_certificate, NONE, false, PIN",
        "certificate_revoked, BY_DATA, true, PIN"
    })
    void whatAnAlertIsAboutDependsOnWhatIsKnownOfTheClient(String alert, Trust trust, boolean hsts, Cause cause) {
        Situation situation = new Situation(true, trust, hsts, false);
        assertThat(RejectionRules.classify(end(Phase.CERTIFICATE, alert), situation))
                .map(Rejection::cause)
                .contains(cause);
    }

    @ParameterizedTest
    @CsvSource({"NONE, UNCLEAR", "BY_DATA, PIN", "PROVEN, PIN"})
    void aWeakRejectionByAClientThatTrustsIsAPin(Trust trust, Cause cause) {
        assertThat(RejectionRules.classify(end(Phase.CERTIFICATE, null), new Situation(true, trust, false, false)))
                .map(Rejection::cause)
                .contains(cause);
    }
}
