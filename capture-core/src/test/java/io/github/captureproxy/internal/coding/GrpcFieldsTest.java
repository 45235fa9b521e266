package io.github.captureproxy.internal.coding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcFieldsTest {
    @ParameterizedTest
    @CsvSource({
        "1H, PT1H",
        "2M, PT2M",
        "3S, PT3S",
        "4m, PT0.004S",
        "5u, PT0.000005S",
        "6n, PT0.000000006S",
        "0n, PT0S",
        "99999999H, PT99999999H",
        "00000001S, PT1S"
    })
    void aTimeoutIsReadInItsUnit(String value, Duration expected) {
        assertThat(GrpcFields.timeout(value)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "S", "1", "1s", "1h", "100000000S", "-1S", "+1S", "1.5S", " 1S", "1S ", "1 S", "x", "1SS"})
    void whatIsNoTimeoutIsNone(String value) {
        assertThat(GrpcFields.timeout(value)).isEmpty();
    }

    @Test
    void statusCodesHaveGrpcsNames() {
        List<String> names =
                IntStream.rangeClosed(0, 16).mapToObj(GrpcFields::statusName).toList();

        assertThat(names)
                .containsExactly(
                        "OK",
                        "CANCELLED",
                        "UNKNOWN",
                        "INVALID_ARGUMENT",
                        "DEADLINE_EXCEEDED",
                        "NOT_FOUND",
                        "ALREADY_EXISTS",
                        "PERMISSION_DENIED",
                        "RESOURCE_EXHAUSTED",
                        "FAILED_PRECONDITION",
                        "ABORTED",
                        "OUT_OF_RANGE",
                        "UNIMPLEMENTED",
                        "INTERNAL",
                        "UNAVAILABLE",
                        "DATA_LOSS",
                        "UNAUTHENTICATED");
        assertThat(GrpcFields.statusName(17)).isEqualTo("17");
        assertThat(GrpcFields.statusName(-1)).isEqualTo("-1");
    }

    @Test
    void aStatusIsANumber() {
        assertThat(GrpcFields.status("0")).hasValue(0);
        assertThat(GrpcFields.status("14")).hasValue(14);
        assertThat(GrpcFields.status("999999999")).hasValue(999_999_999);
        for (String none : List.of("", "-1", "1 ", "OK", "9999999999", "\u0661")) {
            assertThat(GrpcFields.status(none)).as(none).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not found                | not found",
                "caf%C3%A9 100%25         | café 100%",
                "%e2%82%ac+1              | €+1",
                "50% off, %zz, %4, %      | 50% off, %zz, %4, %",
                "%C3%28 is not UTF-8      | %C3%28 is not UTF-8",
            })
    void aMessageIsDecodedAsFarAsItCanBe(String value, String expected) {
        assertThat(GrpcFields.message(value)).isEqualTo(expected);
    }

    @Test
    void aMessageOfBareUtf8IsThatText() {
        assertThat(GrpcFields.message(new String("café".getBytes(UTF_8), ISO_8859_1)))
                .isEqualTo("café");
    }

    @Property(tries = 500)
    void anyMessageComesBack(@ForAll String text) {
        byte[] bytes = text.getBytes(UTF_8);
        StringBuilder coded = new StringBuilder();
        for (byte b : bytes) {
            coded.append(b >= ' ' && b <= '~' && b != '%' ? "" + (char) b : String.format("%%%02X", b));
        }

        assertThat(GrpcFields.message(coded.toString())).isEqualTo(new String(bytes, UTF_8));
    }

    @Property(tries = 500)
    void noMessageFails(@ForAll byte[] bytes) {
        assertThat(GrpcFields.message(new String(bytes, ISO_8859_1)).length()).isLessThanOrEqualTo(bytes.length);
    }

    @Property(tries = 200)
    void anyTimeoutComesBack(@ForAll @IntRange(max = 99_999_999) int amount) {
        assertThat(GrpcFields.timeout(amount + "m")).contains(Duration.ofMillis(amount));
    }
}
