package io.github.captureproxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import io.github.captureproxy.tls.TunnelFacts.Protocols;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TunnelPolicyTest {
    private static final TunnelPolicy DEFAULT = new TunnelPolicy(ClientTrust.LEARNED, HstsMode.ADAPTIVE);

    /** The rows of the table that take a fact each, in the table's order. */
    enum Row {
        HOST_RULE(Reason.HOST_RULE),
        UNSUPPORTED(Reason.CLIENT_TLS_UNSUPPORTED),
        NOT_HTTP(Reason.NOT_HTTP),
        REJECTED(Reason.CLIENT_REJECTED_BEFORE),
        DISTRUST(Reason.CLIENT_DISTRUSTS),
        HSTS(Reason.HSTS),
        ORIGIN(Reason.ORIGIN_TLS_FAILED);

        private final Reason reason;

        Row(Reason reason) {
            this.reason = reason;
        }
    }

    /** The facts of a tunnel to which the named rows apply and no other. */
    private static TunnelFacts facts(List<Row> rows, boolean trusting) {
        return new TunnelFacts(
                words(rows, Row.HOST_RULE),
                false,
                words(rows, Row.UNSUPPORTED),
                rows.contains(Row.NOT_HTTP) ? Protocols.NO_HTTP : Protocols.HTTP,
                words(rows, Row.REJECTED),
                words(rows, Row.DISTRUST),
                rows.contains(Row.HSTS),
                trusting,
                words(rows, Row.ORIGIN).map(text -> new PassThrough(Reason.ORIGIN_TLS_FAILED, text)));
    }

    private static Optional<String> words(List<Row> rows, Row row) {
        return rows.contains(row) ? Optional.of("because of " + row) : Optional.empty();
    }

    private static Optional<Reason> reason(TunnelPolicy policy, TunnelFacts facts) {
        return policy.decide(facts).map(PassThrough::reason);
    }

    private static TunnelFacts offering(Protocols protocols) {
        return new TunnelFacts(
                Optional.empty(),
                false,
                Optional.empty(),
                protocols,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    @Test
    void aTunnelThatNoRowAppliesToIsInspected() {
        assertThat(DEFAULT.decide(facts(List.of(), false))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachRowAloneGivesItsReason(Row row) {
        assertThat(reason(DEFAULT, facts(List.of(row), false))).contains(row.reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_RULE", "UNSUPPORTED", "REJECTED", "DISTRUST", "ORIGIN"})
    void theWordsOfTheFactComeThrough(Row row) {
        assertThat(DEFAULT.decide(facts(List.of(row), false)).map(PassThrough::detail))
                .contains("because of " + row);
    }

    static Stream<List<Row>> pairs() {
        List<List<Row>> pairs = new ArrayList<>();
        for (Row first : Row.values()) {
            for (Row second : Row.values()) {
                if (first.compareTo(second) < 0) {
                    pairs.add(List.of(first, second));
                }
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void ofTwoRowsTheEarlierOneCounts(List<Row> pair) {
        assertThat(reason(DEFAULT, facts(pair, false))).contains(pair.get(0).reason);
    }

    @Test
    void withAllRowsTheFirstCounts() {
        assertThat(reason(DEFAULT, facts(List.of(Row.values()), false))).contains(Reason.HOST_RULE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Row.class,
            names = {"HSTS"},
            mode = EnumSource.Mode.EXCLUDE)
    void trustChangesNothingButTheHstsRow(Row row) {
        assertThat(reason(DEFAULT, facts(List.of(row), true))).contains(row.reason);
    }

    @Test
    void anHstsHostIsInspectedForAClientThatTrusts() {
        assertThat(DEFAULT.decide(facts(List.of(Row.HSTS), true))).isEmpty();
    }

    @Test
    void assumedTrustInspectsAnHstsHostForAnyClient() {
        TunnelPolicy assumed = new TunnelPolicy(ClientTrust.ASSUMED, HstsMode.ADAPTIVE);
        assertThat(assumed.decide(facts(List.of(Row.HSTS), false))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "DISTRUST"})
    void assumedTrustStillHonoursWhatTheClientRejected(Row row) {
        TunnelPolicy assumed = new TunnelPolicy(ClientTrust.ASSUMED, HstsMode.ADAPTIVE);
        assertThat(reason(assumed, facts(List.of(row), false))).contains(row.reason);
    }

    @ParameterizedTest
    @EnumSource
    void inModePassThroughAnHstsHostIsNeverInspected(ClientTrust trust) {
        TunnelPolicy policy = new TunnelPolicy(trust, HstsMode.PASS_THROUGH);
        assertThat(reason(policy, facts(List.of(Row.HSTS), true))).contains(Reason.HSTS);
    }

    @Test
    void inModeIgnoreAnHstsHostIsLikeAnyOther() {
        TunnelPolicy policy = new TunnelPolicy(ClientTrust.LEARNED, HstsMode.IGNORE);
        assertThat(policy.decide(facts(List.of(Row.HSTS), false))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void provenTrustPassesEveryHostThroughForAClientNotKnownToTrust(HstsMode mode) {
        TunnelPolicy policy = new TunnelPolicy(ClientTrust.PROVEN, mode);
        assertThat(reason(policy, facts(List.of(), false))).contains(Reason.CLIENT_DISTRUSTS);
        assertThat(policy.decide(facts(List.of(), true))).isEmpty();
    }

    @Test
    void provenTrustStillNamesHstsWhereThatIsTheReason() {
        TunnelPolicy policy = new TunnelPolicy(ClientTrust.PROVEN, HstsMode.ADAPTIVE);
        assertThat(reason(policy, facts(List.of(Row.HSTS), false))).contains(Reason.HSTS);
    }

    @Test
    void aClientThatSpeaksNoHttpIsLeftAlone() {
        assertThat(reason(DEFAULT, offering(Protocols.NO_HTTP))).contains(Reason.NOT_HTTP);
    }

    @Test
    void aClientWithoutAlpnIsInspected() {
        assertThat(DEFAULT.decide(offering(Protocols.NONE))).isEmpty();
    }

    /** The facts of a tunnel to a host that was chosen to be inspected. */
    private static TunnelFacts chosen(TunnelFacts facts) {
        return new TunnelFacts(
                facts.hostRule(),
                true,
                facts.unsupported(),
                facts.protocols(),
                facts.rejected(),
                facts.distrust(),
                facts.hsts(),
                facts.trusting(),
                facts.origin());
    }

    @ParameterizedTest
    @EnumSource(names = {"DISTRUST", "HSTS"})
    void aHostThatWasChosenIsInspectedWhateverIsKnownOfTrust(Row row) {
        for (ClientTrust trust : ClientTrust.values()) {
            for (HstsMode mode : HstsMode.values()) {
                assertThat(new TunnelPolicy(trust, mode).decide(chosen(facts(List.of(row), false))))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST_RULE", "UNSUPPORTED", "NOT_HTTP", "REJECTED", "ORIGIN"})
    void noChoiceMakesUpForWhatCannotBeServedOrWasRefused(Row row) {
        assertThat(reason(DEFAULT, chosen(facts(List.of(row), false)))).contains(row.reason);
    }
}
