package io.github.captureproxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturedResponseTest {
    @ParameterizedTest
    @ValueSource(ints = {-200, 0, 99, 1_000})
    void aStatusThatIsNoneIsRefused(int status) {
        assertThatThrownBy(() -> response(status, "", "HTTP/1.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("" + status, "100 to 999");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 999})
    void aStatusOfThreeDigitsIsTaken(int status) {
        assertThat(response(status, "", "HTTP/1.1").status()).isEqualTo(status);
    }

    @Test
    void aReasonOfIso88591StandsAsItIs() {
        assertThat(response(200, "D\u00e9j\u00e0", "HTTP/1.1").reason()).isEqualTo("D\u00e9j\u00e0");
    }

    @Test
    void whatIsNotOneCharacterAByteIsRefusedByItsName() {
        assertThatThrownBy(() -> response(200, "\ud83d\ude00", "HTTP/1.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the reason phrase has U+1F600");
        assertThatThrownBy(() -> response(200, "", "HTTP/\u2081"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the HTTP version has U+2081");
    }

    private static CapturedResponse response(int status, String reason, String version) {
        return new CapturedResponse(
                status, reason, version, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
    }
}
