package io.github.captureproxy.tls.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.spi.TlsInterceptor.Decision.PassThrough;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginMemoryTest {
    private static final PassThrough INVALID = new PassThrough(Reason.ORIGIN_CERTIFICATE_INVALID, "expired");
    private static final PassThrough FAILED = new PassThrough(Reason.ORIGIN_TLS_FAILED, "reset");
    private static final PassThrough WANTED = new PassThrough(Reason.CLIENT_CERTIFICATE_WANTED, "");

    private final FakeClock clock = new FakeClock();
    private final OriginMemory memory = new OriginMemory(clock, Lifetimes.DEFAULT, Capacity.DEFAULT);

    private static OriginMemory.Key key(String name, String... alpn) {
        return new OriginMemory.Key(name, 443, new Route(Route.Kind.DIRECT, name + ":443"), name, List.of(alpn));
    }

    @Test
    void aVerdictLastsAMinute() {
        memory.refused("c", key("a.test"), INVALID);
        clock.advance(Duration.ofSeconds(59));
        assertThat(memory.verdict(key("a.test"))).contains(INVALID);
        clock.advance(Duration.ofSeconds(1));
        assertThat(memory.verdict(key("a.test"))).isEmpty();
    }

    @Test
    void aVerdictIsAboutOneTargetRouteNameAndAlpn() {
        memory.refused("c", key("a.test", "http/1.1"), FAILED);
        assertThat(memory.verdict(key("a.test"))).isEmpty();
        assertThat(memory.verdict(key("b.test", "http/1.1"))).isEmpty();
        Route other = new Route(Route.Kind.UPSTREAM_PROXY, "proxy.test:3128");
        assertThat(memory.verdict(new OriginMemory.Key("a.test", 443, other, "a.test", List.of("http/1.1"))))
                .isEmpty();
    }

    @Test
    void whatBreaksInUseIsKnownForADayWhateverIsOffered() {
        memory.brokeLater("c", key("a.test", "http/1.1"), WANTED);
        clock.advance(Duration.ofHours(23));
        assertThat(memory.verdict(key("a.test"))).contains(WANTED);
        assertThat(memory.verdict(key("a.test", "http/1.1"))).contains(WANTED);
        clock.advance(Duration.ofHours(1));
        assertThat(memory.verdict(key("a.test"))).isEmpty();
    }

    @Test
    void theFifthNameRunningWithABadCertificateIsToldOfOnce() {
        for (int i = 1; i <= 4; i++) {
            assertThat(memory.refused("c", key(i + ".test"), INVALID)).isEmpty();
            assertThat(memory.refused("c", key(i + ".test"), INVALID)).isEmpty();
        }
        assertThat(memory.refused("c", key("5.test"), INVALID))
                .containsExactly("1.test", "2.test", "3.test", "4.test", "5.test");
        assertThat(memory.refused("c", key("6.test"), INVALID)).isEmpty();
    }

    @Test
    void aValidCertificateInBetweenEndsTheRun() {
        for (int i = 1; i <= 4; i++) {
            memory.refused("c", key(i + ".test"), INVALID);
        }
        memory.valid();
        assertThat(memory.refused("c", key("5.test"), INVALID)).isEmpty();
        assertThat(memory.invalidRun()).containsExactly("5.test");
    }

    @Test
    void aNameOfTheRunIsForgottenADayAfterItsLastBadCertificate() {
        memory.refused("c", key("1.test"), INVALID);
        memory.refused("c", key("2.test"), INVALID);
        clock.advance(Duration.ofHours(23));
        memory.refused("c", key("2.test"), INVALID);
        clock.advance(Duration.ofHours(1));
        assertThat(memory.invalidRun()).containsExactly("2.test");
        for (int i = 3; i <= 5; i++) {
            assertThat(memory.refused("c", key(i + ".test"), INVALID)).isEmpty();
        }
        assertThat(memory.refused("c", key("6.test"), INVALID)).hasSize(OriginMemory.SUSPICIOUS_RUN);
        clock.advance(Duration.ofHours(24));
        assertThat(memory.invalidRun()).isEmpty();
    }

    @Test
    void aNameThatIsForgottenIsNotInTheRun() {
        memory.refused("c", key("1.test"), INVALID);
        memory.refused("c", key("2.test"), INVALID);
        memory.forget("1.test");
        assertThat(memory.invalidRun()).containsExactly("2.test");
        memory.clear();
        assertThat(memory.invalidRun()).isEmpty();
    }

    @Test
    void otherFailuresDoNotCountTowardsTheRun() {
        for (int i = 1; i <= 9; i++) {
            assertThat(memory.refused("c", key(i + ".test"), FAILED)).isEmpty();
        }
        assertThat(memory.invalidRun()).isEmpty();
    }
}
