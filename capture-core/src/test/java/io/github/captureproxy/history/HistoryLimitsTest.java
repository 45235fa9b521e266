package io.github.captureproxy.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryLimitsTest {
    @Test
    void eachLimitIsSetByItself() {
        HistoryLimits limits = HistoryLimits.defaults()
                .withMaxExchanges(1)
                .withMaxBytes(2)
                .withMaxAge(Duration.ofSeconds(3))
                .withMaxTunnels(4);

        assertThat(limits).isEqualTo(new HistoryLimits(1, 2, Optional.of(Duration.ofSeconds(3)), 4));
    }
}
