package io.github.captureproxy.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DynamicTableTest {

    @Test
    void anEntryAsLargeAsTheTableTakesItAll() {
        DynamicTable table = new DynamicTable(64);
        assertThat(add(table, "a", "1")).isTrue();
        assertThat(add(table, "name", "x".repeat(28))).isTrue();
        assertThat(HpackTranscript.entries(table)).containsExactly("name: " + "x".repeat(28));
        assertThat(table.size()).isEqualTo(64);
    }

    @Test
    void anEntryLargerThanTheTableEmptiesIt() {
        DynamicTable table = new DynamicTable(64);
        assertThat(add(table, "a", "1")).isTrue();
        assertThat(add(table, "name", "x".repeat(29))).isFalse();
        assertThat(table.count()).isZero();
        assertThat(table.size()).isZero();
    }

    @Test
    void aNameMayBeThatOfTheEntryThatItPushesOut() throws HpackException {
        HpackDecoder decoder = new HpackDecoder(4096);
        // A table of 64 bytes, and in it "first" with 27 bytes.
        HpackTranscript.decode(decoder, "3f21" + "40056669727374" + "1b" + "61".repeat(27));
        assertThat(HpackTranscript.decode(decoder, "7e" + "1a" + "62".repeat(26)))
                .containsExactly("first: " + "b".repeat(26));
        assertThat(HpackTranscript.entries(decoder.table())).containsExactly("first: " + "b".repeat(26));
        // And once more with one that doesn't fit at all.
        assertThat(HpackTranscript.decode(decoder, "7e" + "1c" + "63".repeat(28)))
                .containsExactly("first: " + "c".repeat(28));
        assertThat(decoder.table().count()).isZero();
    }

    @Test
    void theTableIsRightEvenIfTheSinkThrows() {
        HpackDecoder decoder = new HpackDecoder(4096);
        byte[] block = HpackTranscript.bytes("4001610162");
        IllegalStateException tooMuch = new IllegalStateException("too much");
        assertThat(catchThrowable(() -> decoder.decode(
                        block, 0, block.length, (name, nameFrom, nameLength, value, from, length, never) -> {
                            throw tooMuch;
                        })))
                .isSameAs(tooMuch);
        assertThat(HpackTranscript.entries(decoder.table())).containsExactly("a: b");
    }

    private static boolean add(DynamicTable table, String name, String value) {
        byte[] bytes = (name + value).getBytes(StandardCharsets.ISO_8859_1);
        return table.add(bytes, 0, name.length(), bytes, name.length(), value.length());
    }
}
