package io.github.captureproxy.spi;

import static io.github.captureproxy.spi.BodySelector.Direction.REQUEST;
import static io.github.captureproxy.spi.BodySelector.Direction.RESPONSE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodySelectorTest {
    @ParameterizedTest
    @CsvSource({
        "image/png,false",
        "IMAGE/PNG,false",
        "audio/ogg; x=y,false",
        "video/mp4,false",
        "font/woff2,false",
        "text/html,true",
        "application/json,true",
        "imagery/x,true",
        "image,true",
        "'',true"
    })
    void withoutMediaKeepsAllElse(String contentType, boolean kept) {
        assertThat(BodySelector.withoutMedia().keeps(RESPONSE, contentType)).isEqualTo(kept);
    }

    @Test
    void selectorsComposeByDirection() {
        BodySelector responsesOnly = BodySelector.byDirection(BodySelector.none(), BodySelector.all());

        assertThat(responsesOnly.keeps(REQUEST, "")).isFalse();
        assertThat(responsesOnly.keeps(RESPONSE, "")).isTrue();
        assertThat(responsesOnly).hasToString("of requests no bodies, of responses all bodies");
        assertThat(BodySelector.withoutMedia()).hasToString("all bodies but images, audio, video and fonts");
    }
}
