package io.github.captureproxy.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HpackPropertiesTest {

    private static final int TRIES = 500;

    /** Blocks, each after the peer has changed its setting some times. */
    @Property(tries = TRIES)
    void whatIsEncodedIsDecodedOverManyBlocksAndTableSizes(
            @ForAll @Size(max = 20) List<@Size(max = 2) List<@IntRange(max = 6000) Integer>> settings,
            @ForAll("blocks") List<List<String>> blocks,
            @ForAll @IntRange(max = 5000) int ownLimit)
            throws HpackException {
        HpackEncoder encoder = new HpackEncoder(ownLimit);
        HpackDecoder decoder = new HpackDecoder(6000);
        for (int i = 0; i < blocks.size(); i++) {
            if (i < settings.size()) {
                settings.get(i).forEach(encoder::peerTableLimit);
            }
            List<String> block = blocks.get(i);
            List<String> decoded = HpackTranscript.decode(decoder, HpackTranscript.encode(encoder, block));
            assertThat(decoded).hasSameSizeAs(block);
            for (int line = 0; line < block.size(); line++) {
                // The encoder may mark a field, and must leave the mark on one that has it.
                assertThat(decoded.get(line)).isIn(block.get(line), HpackTranscript.neverIndexed(block.get(line)));
            }
            assertThat(HpackTranscript.entries(decoder.table())).isEqualTo(HpackTranscript.entries(encoder.table()));
            assertThat(encoder.table().size()).isLessThanOrEqualTo(ownLimit);
        }
    }

    @Property(tries = TRIES)
    void anyStringIsTheSameAfterHuffmanCode(@ForAll @Size(max = 300) byte[] string) throws HpackException {
        int length = (int) Huffman.encodedLength(string, 0, string.length);
        byte[] encoded = new byte[length];
        assertThat(Huffman.encode(string, 0, string.length, encoded, 0)).isEqualTo(length);
        byte[] decoded = new byte[Huffman.maxDecodedLength(length)];
        assertThat(Huffman.decode(encoded, 0, length, decoded, 0)).isEqualTo(string.length);
        assertThat(decoded).startsWith(string);
    }

    /** Any string that the decoder takes is the one that the encoder would have written. */
    @Property(tries = TRIES)
    void noHuffmanStringHasTwoMeanings(@ForAll @Size(max = 20) byte[] bytes) {
        byte[] decoded = new byte[Huffman.maxDecodedLength(bytes.length)];
        try {
            int length = Huffman.decode(bytes, 0, bytes.length, decoded, 0);
            byte[] encoded = new byte[bytes.length];
            assertThat(Huffman.encode(decoded, 0, length, encoded, 0)).isEqualTo(bytes.length);
            assertThat(encoded).isEqualTo(bytes);
        } catch (HpackException expected) {
            assertThat(expected).hasMessageContaining("Huffman");
        }
    }

    @Property(tries = 2000)
    void anyBytesGiveFieldsOrAnHpackException(@ForAll("noise") List<byte[]> blocks) {
        HpackDecoder decoder = new HpackDecoder(8192);
        try {
            for (byte[] block : blocks) {
                // Each byte is a field at most.
                assertThat(HpackTranscript.decode(decoder, block)).hasSizeLessThanOrEqualTo(block.length);
                assertThat(decoder.table().size()).isLessThanOrEqualTo(8192);
                assertThat(decoder.table().bytes().length).isLessThanOrEqualTo(8192);
            }
        } catch (HpackException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    /** Against a list of strings; a length of 400 and more means a new limit instead of an entry. */
    @Property(tries = 500)
    void holdsWhatAListWouldHold(
            @ForAll @IntRange(max = 1000) int firstLimit,
            @ForAll @Size(max = 200) List<@IntRange(max = 450) Integer> lengths) {
        DynamicTable table = new DynamicTable(firstLimit);
        Deque<String> model = new ArrayDeque<>();
        int limit = firstLimit;
        int largest = firstLimit;
        for (int length : lengths) {
            if (length >= 400) {
                limit = (length - 400) * 20;
                largest = Math.max(largest, limit);
                table.setLimit(limit);
            } else {
                model.addFirst("n".repeat(length % 7) + ": "
                        + Character.toString('a' + length % 26).repeat(length));
                add(
                        table,
                        "n".repeat(length % 7),
                        Character.toString('a' + length % 26).repeat(length));
            }
            while (size(model) > limit) {
                model.removeLast();
            }
            assertThat(HpackTranscript.entries(table)).containsExactlyElementsOf(model);
            assertThat(table.size()).isEqualTo(size(model));
            assertThat(table.bytes().length).isLessThanOrEqualTo(largest);
        }
    }

    private static int size(Deque<String> lines) {
        return lines.stream()
                .mapToInt(line -> line.length() - ": ".length() + DynamicTable.ENTRY_OVERHEAD)
                .sum();
    }

    private static void add(DynamicTable table, String name, String value) {
        byte[] bytes = (name + value).getBytes(StandardCharsets.ISO_8859_1);
        table.add(bytes, 0, name.length(), bytes, name.length(), value.length());
    }

    @Provide
    Arbitrary<List<List<String>>> blocks() {
        return HpackArbitraries.markedLines().list().ofMaxSize(15).list().ofMaxSize(20);
    }

    /** Bytes that are often the start of a field or of a short string. */
    @Provide
    Arbitrary<List<byte[]>> noise() {
        Arbitrary<Byte> any = Arbitraries.bytes();
        Arbitrary<Byte> telling = Arbitraries.of(
                        0x00, 0x01, 0x02, 0x0f, 0x10, 0x20, 0x3f, 0x40, 0x41, 0x7e, 0x81, 0x82, 0xbe, 0xff)
                .map(Integer::byteValue);
        return Arbitraries.oneOf(any, telling, telling)
                .list()
                .ofMaxSize(60)
                .map(HpackPropertiesTest::array)
                .list()
                .ofMaxSize(10);
    }

    private static byte[] array(List<Byte> bytes) {
        byte[] array = new byte[bytes.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        return array;
    }
}
