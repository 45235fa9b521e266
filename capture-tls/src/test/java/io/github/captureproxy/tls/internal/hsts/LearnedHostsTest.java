package io.github.captureproxy.tls.internal.hsts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.tls.internal.memory.Capacity;
import io.github.captureproxy.tls.internal.memory.FakeClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedHostsTest {
    private final FakeClock clock = new FakeClock();
    private final LearnedHosts hosts = new LearnedHosts(clock, new Capacity(10, 3));

    private boolean learn(String name, String... values) {
        return hosts.learn("client", name, List.of(values));
    }

    @Test
    void aHostIsKnownForItsMaxAge() {
        assertThat(learn("a.test", "max-age=60")).isTrue();
        clock.advance(Duration.ofSeconds(59));
        assertThat(hosts.covers("a.test")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(hosts.covers("a.test")).isFalse();
    }

    @Test
    void namesBelowAreKnownOnlyWhereTheyAreIncluded() {
        learn("a.test", "max-age=60");
        learn("b.test", "max-age=60; includeSubDomains");
        assertThat(hosts.covers("www.a.test")).isFalse();
        assertThat(hosts.covers("www.b.test")).isTrue();
        assertThat(hosts.covers("x.y.b.test")).isTrue();
        assertThat(hosts.covers("notb.test")).isFalse();
        assertThat(hosts.covers("test")).isFalse();
    }

    @Test
    void aHostOfItsOwnDoesNotHideItsParent() {
        learn("b.test", "max-age=60; includeSubDomains");
        learn("www.b.test", "max-age=60");
        assertThat(hosts.covers("x.www.b.test")).isTrue();
    }

    @Test
    void maxAgeZeroForgetsTheHostItself() {
        learn("b.test", "max-age=60; includeSubDomains");
        assertThat(learn("www.b.test", "max-age=0")).isFalse();
        assertThat(hosts.covers("www.b.test")).isTrue();
        assertThat(learn("b.test", "max-age=0")).isTrue();
        assertThat(hosts.covers("www.b.test")).isFalse();
    }

    @Test
    void onlyTheFirstHeaderCounts() {
        learn("a.test", "max-age=60", "max-age=0");
        assertThat(hosts.covers("a.test")).isTrue();
        learn("b.test", "broken", "max-age=60");
        assertThat(hosts.covers("b.test")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8:0:0:0:0:0:1"})
    void anAddressIsNeverKnown(String address) {
        assertThat(learn(address, "max-age=60")).isFalse();
        assertThat(hosts.covers(address)).isFalse();
    }

    @Test
    void theSameHeaderAgainIsNoChangeUntilTheExpiryMovedNoticeably() {
        assertThat(learn("a.test", "max-age=31536000")).isTrue();
        clock.advance(Duration.ofMinutes(59));
        assertThat(learn("a.test", "max-age=31536000")).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(learn("a.test", "max-age=31536000")).isTrue();
        assertThat(learn("a.test", "max-age=31536000; includeSubDomains")).isTrue();
        assertThat(learn("a.test", "max-age=600")).isTrue();
        clock.advance(Duration.ofSeconds(60));
        assertThat(learn("a.test", "max-age=600")).isTrue();
    }

    @Test
    void eachHeaderCountsFromTheMomentThatItCame() {
        learn("a.test", "max-age=100");
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofSeconds(4));
            learn("a.test", "max-age=100");
        }
        clock.advance(Duration.ofSeconds(99));
        assertThat(hosts.covers("a.test")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(hosts.covers("a.test")).isFalse();
    }

    @Test
    void smallMovesOfTheExpiryAreToldOnceTheyAddUp() {
        assertThat(learn("a.test", "max-age=100")).isTrue();
        clock.advance(Duration.ofSeconds(6));
        assertThat(learn("a.test", "max-age=100")).isFalse();
        clock.advance(Duration.ofSeconds(6));
        assertThat(learn("a.test", "max-age=100")).isTrue();
    }

    @Test
    void whatOneClientBroughtDoesNotPushOutAnothers() {
        hosts.learn("other", "kept.test", List.of("max-age=60"));
        for (int i = 0; i < 100; i++) {
            learn("h" + i + ".test", "max-age=60");
        }
        assertThat(hosts.covers("kept.test")).isTrue();
        assertThat(hosts.snapshot()).hasSize(4);
    }
}
