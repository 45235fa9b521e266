package io.github.captureproxy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1048575,1.0 MiB", "1048576,1.0 MiB", "10737418240,10.0 GiB"})
    void sizesHaveAUnitThatFits(long bytes, String shown) {
        assertThat(PlainText.size(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 ms",
        "999,999 ms",
        "1000,1.00 s",
        "59999,59.99 s",
        "60000,1m 0s",
        "3725000,1h 2m",
        "359999999,99h 59m",
        "360000000,4d 4h"
    })
    void durationsHaveAUnitThatFits(long millis, String shown) {
        assertThat(PlainText.duration(Duration.ofMillis(millis))).isEqualTo(shown);
    }

    @Property
    void nothingPrintableIsLostAndNoControlCharacterIsLeft(@ForAll String text) {
        assertThat(PlainText.printable(text)).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    }

    @Property
    void aShortenedTextFitsAndKeepsItsEnds(@ForAll @IntRange(min = 10, max = 200) int width) {
        String text = "http://host/" + "x".repeat(120) + "/end";

        assertThat(PlainText.shortened(text, width))
                .hasSize(Math.min(width, text.length()))
                .startsWith("http")
                .endsWith("nd");
    }
}
