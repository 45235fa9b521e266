package io.github.captureproxy.tls.internal.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.internal.address.AddressLiteral;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                ".a",
                "a b",
                "*.example.com",
                "bücher.example",
                "-a.example",
                "a-.example",
                "a:443",
                "[example]",
                "::1%eth0",
                "[::1",
                "a/b",
                "a\0b",
                "user@host",
                "1:2",
                "\u212Aelvin.example"
            })
    void refusesWhatIsNoNameOfAHost(String text) {
        assertThatThrownBy(() -> LeafName.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesALabelOf64AndANameOf254Characters() {
        assertThat(LeafName.of("a".repeat(63) + ".test").text()).hasSize(68);
        assertThatThrownBy(() -> LeafName.of("a".repeat(64) + ".test")).isInstanceOf(IllegalArgumentException.class);
        assertThat(LeafName.of("a.".repeat(126) + "b").text()).hasSize(253);
        assertThatThrownBy(() -> LeafName.of("a.".repeat(126) + "bc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsComplaintIsShortAndPrintable() {
        assertThatThrownBy(() -> LeafName.of("\n".repeat(1_000)))
                .message()
                .hasSizeLessThan(400)
                .matches(Pattern.compile("[\\x20-\\x7e…]*"));
    }

    @Property
    void anyTextIsANameOrRefused(@ForAll @StringLength(max = 300) String text) {
        try {
            LeafName name = LeafName.of(text);
            assertThat(LeafName.of(name.text())).isEqualTo(name).hasSameHashCodeAs(name);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not a host name");
        }
    }

    @Property
    void caseMakesNoDifference(@ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 63) String label) {
        String name = label + ".example";
        assertThat(LeafName.of(name.toUpperCase(Locale.ROOT))).isEqualTo(LeafName.of(name));
    }

    @Property
    void everyAddressHasOneSpelling(@ForAll byte[] bytes) {
        byte[] sixteen = Arrays.copyOf(bytes, 16);
        String text = AddressLiteral.format(AddressLiteral.ofBytes(sixteen));
        LeafName name = LeafName.of(text);
        assertThat(name).isEqualTo(LeafName.of("[" + text.toUpperCase(Locale.ROOT) + "]"));
        assertThat(name.address()).isPresent();
    }
}
