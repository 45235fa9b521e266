package io.github.captureproxy.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that a decoder must not take (RFC 7541 2.3.3, 4.2, 5.1, 5.2, 6.1). */
class HpackRefusalsTest {

    private final HpackDecoder decoder = new HpackDecoder(4096);

    @Test
    void refusesAnIndexedFieldWithIndexZero() {
        assertRefused("80", "index 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"be", "ff00", "ff80808008", "7e0161", "0f2f0161", "1f2f0161"})
    void refusesAnIndexBehindTheTablesInEveryKindOfField(String block) {
        assertRefused(block, "0 entries in the dynamic table");
    }

    @Test
    void refusesTheIndexBehindTheLastEntry() throws HpackException {
        HpackTranscript.decode(decoder, "4001610162");
        assertThat(HpackTranscript.decode(decoder, "be")).containsExactly("a: b");
        assertRefused("bf", "index 63 with 1 entries");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff8080808010",
                "ffffffffff7f",
                "ff808080808000",
                "ffffffffffffffffffffff",
                "007fffffffff7f",
                "3fffffffffff0f"
            })
    void refusesAnIntegerThatIsTooLargeOrTooLong(String block) {
        assertRefused(block, "an integer that is too large");
    }

    @Test
    void takesTheLargestIntegerForAnIndexThatIsNotThere() {
        assertRefused("ff80ffffff07", "index 2147483647 with 0 entries");
    }

    @Test
    void takesAnIntegerWithLeadingZeros() throws HpackException {
        assertThat(HpackTranscript.decode(decoder, "0f808080800000")).containsExactly("accept-charset: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"000261", "0001610361", "0082a8", "00016183a8eb", "007f80ffffff07"})
    void refusesAStringThatEndsBehindTheBlock(String block) {
        assertRefused(block, "left in the block");
    }

    @Test
    void refusesABlockThatIsCutAnywhereWithinAField() throws HpackException {
        String block = "400a637573746f6d2d6b65797f8101" + "61".repeat(256);
        for (int length = 1; length < block.length() / 2; length++) {
            String cut = block.substring(0, 2 * length);
            assertThatExceptionOfType(HpackException.class)
                    .isThrownBy(() -> HpackTranscript.decode(new HpackDecoder(4096), cut));
        }
        assertThat(HpackTranscript.decode(decoder, block)).containsExactly("custom-key: " + "a".repeat(256));
    }

    /** The value is "a" in Huffman code, 00011, and what follows it. */
    @ParameterizedTest
    @CsvSource({
        "18, zeros for padding",
        "1e, a zero at the end of the padding",
        "1fff, 11 bits of padding",
        "1fffff, 19 bits of padding",
        "1fffffff, 27 bits of padding",
        "1fffffffff, EOS and 5 bits",
        "ff, 8 bits of padding",
        "ffffffff, EOS at the start",
        "fffff8, a code that is cut off"
    })
    void refusesWrongPaddingAndEos(String value, String what) {
        String length = String.format("%02x", 0x80 | value.length() / 2);
        assertThatExceptionOfType(HpackException.class)
                .as(what)
                .isThrownBy(() -> HpackTranscript.decode(decoder, "000161" + length + value))
                .withMessageContaining("Huffman");
    }

    /** Followed by enough for the loop that doesn't look at the end. */
    @Test
    void refusesEosInTheMiddle() {
        assertRefused("00016189" + "1fffffffff" + "18c6318c", "EOS");
    }

    @Test
    void takesUpToSevenBitsOfPadding() throws HpackException {
        assertThat(HpackTranscript.decode(decoder, "00016180")).containsExactly("a: ");
        assertThat(HpackTranscript.decode(decoder, "000161" + "81" + "1f")).containsExactly("a: a");
        assertThat(HpackTranscript.decode(decoder, "000161" + "81" + "f8")).containsExactly("a: &");
        assertThat(HpackTranscript.decode(decoder, "000161" + "82" + "f87f")).containsExactly("a: &9");
    }

    @Test
    void refusesASizeUpdateAboveWhatWasAdvertised() throws HpackException {
        assertThat(HpackTranscript.decode(decoder, "3fe11f")).isEmpty();
        assertRefused("3fe21f", "a table size of 4097 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8220", "82203fe11f", "8220be"})
    void refusesASizeUpdateBehindAField(String block) {
        assertRefused(block, "not at the start");
    }

    @Test
    void obeysSizeUpdatesInFrontOfTheFirstField() throws HpackException {
        HpackTranscript.decode(decoder, "4001610162");
        assertThat(HpackTranscript.decode(decoder, "203fe11f82")).containsExactly(":method: GET");
        assertThat(decoder.table().count()).isZero();
        assertThat(decoder.table().limit()).isEqualTo(4096);
    }

    private void assertRefused(String block, String because) {
        assertThatExceptionOfType(HpackException.class)
                .isThrownBy(() -> HpackTranscript.decode(decoder, block))
                .withMessageContaining(because);
    }
}
