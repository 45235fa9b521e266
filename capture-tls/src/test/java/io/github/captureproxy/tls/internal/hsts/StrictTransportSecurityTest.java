package io.github.captureproxy.tls.internal.hsts;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTransportSecurityTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "max-age=31536000 | 31536000 | false",
                "max-age=0 | 0 | false",
                "max-age=\"31536000\" | 31536000 | false",
                "max-age = 5 | 5 | false",
                "MAX-AGE=5; INCLUDESUBDOMAINS | 5 | true",
                "max-age=5; includeSubDomains | 5 | true",
                "includeSubDomains; max-age=5 | 5 | true",
                "max-age=5;includeSubDomains;preload | 5 | true",
                "max-age=5; unknown=\"a;b,c\"; includeSubDomains | 5 | true",
                "max-age=5; unknown=\"a\\\"; b\" | 5 | false",
                "max-age=\"\\5\" | 5 | false",
                "max-age=5; unknown=token | 5 | false",
                "; max-age=5 ;; | 5 | false",
                "`\tmax-age=5\t;\tincludeSubDomains\t` | 5 | true",
                "max-age=007 | 7 | false",
                "max-age=99999999999999999999999999 | 3153600000 | false"
            })
    void aValidHeaderIsRead(String value, long maxAge, boolean subDomains) {
        assertThat(StrictTransportSecurity.parse(value)).contains(new StrictTransportSecurity(maxAge, subDomains));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "includeSubDomains",
                "max-age",
                "max-age=",
                "max-age=\"\"",
                "max-age=-1",
                "max-age=1.5",
                "max-age=abc",
                "max-age=5 6",
                "max-age=5, includeSubDomains",
                "max-age=5 includeSubDomains",
                "max-age=5; max-age=5",
                "max-age=5; Max-Age=6",
                "max-age=5; includeSubDomains; includeSubDomains",
                "max-age=5; preload; preload",
                "max-age=5; includeSubDomains=true",
                "max-age=5; includeSubDomains=\"\"",
                "max-age=\"5",
                "max-age=5; x=\"a\\",
                "max-age=5; x=\"a\"b",
                "max-age=5; =x",
                "max-age=5; x=",
                "max-age=5; a b",
                "max-age==5",
                "max-age=٥"
            })
    void anInvalidHeaderIsIgnoredAsAWhole(String value) {
        assertThat(StrictTransportSecurity.parse(value)).isEmpty();
    }

    @Property
    void anyTextIsReadOrRefusedAndNeverThrows(
            @ForAll @CharRange(from = 0, to = 255) String text, @ForAll @IntRange(max = 99) int age) {
        assertThat(StrictTransportSecurity.parse(text)).isNotNull();
        StrictTransportSecurity.parse("max-age=" + age + ";" + text)
                .ifPresent(header -> assertThat(header.maxAgeSeconds()).isEqualTo(age));
    }

    @Property
    void anUnknownDirectiveChangesNothing(
            @ForAll @CharRange(from = ' ', to = '~') String quoted, @ForAll @IntRange(max = 99999) int age) {
        String escaped = quoted.replace("\\", "\\\\").replace("\"", "\\\"");
        assertThat(StrictTransportSecurity.parse("x=\"" + escaped + "\"; max-age=" + age + "; includeSubDomains"))
                .contains(new StrictTransportSecurity(age, true));
    }
}
