package io.github.captureproxy.internal.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.internal.coding.PriorityField.Priority;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityFieldTest {
    private static final Priority DEFAULT = new Priority(3, false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "u=0                        | 0 | false",
                "u=7,i                      | 7 | true",
                "i                          | 3 | true",
                "i=?0                       | 3 | false",
                "i=?1 , u=1                 | 1 | true",
                "u=1, u=5                   | 5 | false",
                "u=1;a;b=2; c=\"x\", i;d    | 1 | true",
                "x=\"u=1, i\", u=2          | 2 | false",
                "x=\"\\\",u=1\"             | 3 | false",
                "x=(a \"b,u=1\" 1.5;p);q, i | 3 | true",
                "x=(), u=4                  | 4 | false",
                "x=:YWJj:, u=4              | 4 | false",
                "*x-y.z_0=a/b:c, u=4        | 4 | false",
                "x=-12, y=-1.5, i           | 3 | true",
            })
    void aDictionaryIsRead(String value, int urgency, boolean incremental) {
        assertThat(PriorityField.parse(value)).isEqualTo(new Priority(urgency, incremental));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u=8",
                "u=-1",
                "u=1.0",
                "u=a",
                "u",
                "u=10",
                "u=(1)",
                "u=\"1\"",
                "i=1",
                "i=a",
                "i=(?1)",
                "u=1, u=9"
            })
    void anUnfitMemberIsPassedOver(String value) {
        assertThat(PriorityField.parse(value)).isEqualTo(DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "u=1,",
                "u=1 i",
                "u=1,,i",
                "u=1;",
                "u=1, I",
                "u=1, i=",
                "u=1, x=\"",
                "u=1, x=\"\\",
                "u=1, x=:a",
                "u=1, x=(",
                "u=1, x=(a",
                "u=1, x=(a\"b\")",
                "u=1, x=?2",
                "u=1, x=-",
                "u=1, x=1.",
                "u=1, x={",
                "u=1; A",
                "u=1, é",
                "u =1",
                "u= 1"
            })
    void whatIsNoDictionarySaysNothing(String value) {
        assertThat(PriorityField.parse(value)).isEqualTo(DEFAULT);
    }

    @Test
    void aValueLongerThanAnyoneSendsSaysNothing() {
        String padding = "u=1;a=" + "x".repeat(PriorityField.MAX_LENGTH - 6);

        assertThat(PriorityField.parse(padding).urgency()).isEqualTo(1);
        assertThat(PriorityField.parse(padding + "x")).isEqualTo(DEFAULT);
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(
            @ForAll @IntRange(max = 7) int urgency, @ForAll boolean incremental, @ForAll boolean first) {
        String one = "u=" + urgency;
        String other = incremental ? "i" : "i=?0";

        assertThat(PriorityField.parse(first ? one + ", " + other : other + "," + one))
                .isEqualTo(new Priority(urgency, incremental));
    }

    @Property(tries = 2_000)
    void nothingThatIsSentFails(@ForAll("values") String value) {
        assertThat(PriorityField.parse(value).urgency()).isBetween(0, 7);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars("ui=?01;, \t\"\\():*-.xX")
                .withChars('\u0000', '\u00ff')
                .ofMaxLength(40);
    }
}
