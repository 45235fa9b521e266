package io.github.captureproxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOriginTest {
    @Test
    void schemeAndHostAreInLowerCase() {
        assertThat(new HttpOrigin("HTTPS", "Example.COM", 443)).hasToString("https://example.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void aPortThatIsNoneIsRefused(int port) {
        assertThatThrownBy(() -> new HttpOrigin("http", "example.com", port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("" + port, "1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_535})
    void theFirstAndTheLastPortAreTaken(int port) {
        assertThat(new HttpOrigin("http", "example.com", port).port()).isEqualTo(port);
    }
}
