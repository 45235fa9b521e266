package io.github.captureproxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHopTest {
    @Test
    void errorCodesHaveTheirNamesOfRfc9113() {
        List<String> names = LongStream.rangeClosed(0, 0xd)
                .mapToObj(code -> new StreamReset(code, true).name())
                .toList();

        assertThat(names)
                .containsExactly(
                        "NO_ERROR",
                        "PROTOCOL_ERROR",
                        "INTERNAL_ERROR",
                        "FLOW_CONTROL_ERROR",
                        "SETTINGS_TIMEOUT",
                        "STREAM_CLOSED",
                        "FRAME_SIZE_ERROR",
                        "REFUSED_STREAM",
                        "CANCEL",
                        "COMPRESSION_ERROR",
                        "CONNECT_ERROR",
                        "ENHANCE_YOUR_CALM",
                        "INADEQUATE_SECURITY",
                        "HTTP_1_1_REQUIRED");
    }

    @Test
    void anUnknownErrorCodeIsShownInHex() {
        assertThat(new StreamReset(0xe, true).name()).isEqualTo("0xe");
        assertThat(new StreamReset(0xffff_ffffL, false)).hasToString("0xffffffff, sent by the proxy");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MIN_VALUE, Long.MAX_VALUE})
    void aCodeOfMoreThan32BitsIsNone(long code) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new StreamReset(code, true))
                .withMessageContaining(Long.toString(code));
    }

    @Test
    void theTextSaysAllThatIsKnown() {
        StreamPriority priority = StreamPriority.of("u=1, i", new StreamPriority.Dependency(true, 3, 16))
                .orElseThrow();
        HttpHop hop =
                new HttpHop("HTTP/2", OptionalInt.of(5), Optional.of(priority), Optional.of(new StreamReset(8, true)));

        assertThat(hop)
                .hasToString("HTTP/2, stream 5, priority u=1, i; weight 16, alone on stream 3,"
                        + " reset: CANCEL, sent by the peer");
        assertThat(HttpHop.of("HTTP/1.1")).hasToString("HTTP/1.1");
    }

    @Test
    void onlyHttp2IsHttp2() {
        assertThat(HttpHop.of("HTTP/2").isHttp2()).isTrue();
        assertThat(HttpHop.of("HTTP/1.1").isHttp2()).isFalse();
        assertThat(HttpHop.of("HTTP/1.0").isHttp2()).isFalse();
    }

    @Test
    void theHopsOfHttp1AreSharedAndHaveNoStream() {
        for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
            HttpHop hop = HttpHop.of(version);

            assertThat(hop.version()).isEqualTo(version);
            assertThat(hop).isSameAs(HttpHop.of(version));
            assertThat(hop.streamId()).isEmpty();
            assertThat(hop.reset()).isEmpty();
        }
    }

    @Test
    void aPriorityIsReadFromTheField() {
        StreamPriority priority = StreamPriority.of("i, u=6", null).orElseThrow();

        assertThat(priority.field()).contains("i, u=6");
        assertThat(priority.urgency()).isEqualTo(6);
        assertThat(priority.isIncremental()).isTrue();
        assertThat(priority.dependency()).isEmpty();
        assertThat(priority).hasToString("i, u=6");
    }

    @Test
    void aDependencyAloneLeavesTheDefaultsOfTheField() {
        StreamPriority priority = StreamPriority.of(null, new StreamPriority.Dependency(false, 0, 256))
                .orElseThrow();

        assertThat(priority.urgency()).isEqualTo(3);
        assertThat(priority.isIncremental()).isFalse();
        assertThat(priority).hasToString("weight 256 on stream 0");
    }

    @Test
    void nothingSaidIsNoPriority() {
        assertThat(StreamPriority.of(null, null)).isEmpty();
    }
}
