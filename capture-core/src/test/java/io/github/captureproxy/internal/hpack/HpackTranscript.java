package io.github.captureproxy.internal.hpack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Fields and tables as lines of text, blocks as hexadecimal digits. A line's first ": " ends the name. */
final class HpackTranscript {

    private static final String NEVER = " (never indexed)";

    private HpackTranscript() {}

    /** Decodes a block that stands somewhere in a larger array, as blocks do. */
    static List<String> decode(HpackDecoder decoder, byte[] block) throws HpackException {
        byte[] larger = new byte[block.length + 8];
        Arrays.fill(larger, (byte) 0xff);
        System.arraycopy(block, 0, larger, 5, block.length);
        List<String> lines = new ArrayList<>();
        decoder.decode(
                larger,
                5,
                5 + block.length,
                (name, nameFrom, nameLength, value, from, length, never) -> lines.add(
                        text(name, nameFrom, nameLength) + ": " + text(value, from, length) + (never ? NEVER : "")));
        return lines;
    }

    static List<String> decode(HpackDecoder decoder, String hex) throws HpackException {
        return decode(decoder, bytes(hex));
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Encodes lines as one block. */
    static byte[] encode(HpackEncoder encoder, List<String> lines) {
        encoder.begin();
        lines.forEach(line -> add(encoder, line));
        return Arrays.copyOf(encoder.bytes(), encoder.length());
    }

    static String encodeToHex(HpackEncoder encoder, String... lines) {
        return HexFormat.of().formatHex(encode(encoder, List.of(lines)));
    }

    private static void add(HpackEncoder encoder, String line) {
        boolean never = line.endsWith(NEVER);
        String field = never ? line.substring(0, line.length() - NEVER.length()) : line;
        int nameEnd = field.indexOf(": ");
        byte[] bytes = field.getBytes(StandardCharsets.ISO_8859_1);
        encoder.field(bytes, 0, nameEnd, bytes, nameEnd + 2, bytes.length - nameEnd - 2, never);
    }

    /** The entries, the newest first. */
    static List<String> entries(DynamicTable table) {
        return IntStream.rangeClosed(1, table.count())
                .mapToObj(i -> text(table.bytes(), table.nameFrom(i), table.nameLength(i)) + ": "
                        + text(table.bytes(), table.valueFrom(i), table.valueLength(i)))
                .toList();
    }

    static String neverIndexed(String line) {
        return line + NEVER;
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
