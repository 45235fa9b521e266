package io.github.captureproxy.testkit.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A list of fields, right or wrong, one byte a character. On the wire each is a literal without Huffman code that goes
 * into no table (RFC 7541, section 6.2.2): what it means depends on nothing that was sent before.
 */
public final class HeaderBlock {
    private final List<Field> fields;

    /** A field as it is sent. */
    private record Field(String name, String value) {}

    private HeaderBlock(List<Field> fields) {
        this.fields = fields;
    }

    /** Names and values by turns. */
    public static HeaderBlock of(String... namesAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new HeaderBlock(fields);
    }

    /** With one more field, at the end. */
    public HeaderBlock with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new HeaderBlock(more);
    }

    /** With more fields, at the end. */
    public HeaderBlock with(HeaderBlock others) {
        List<Field> more = new ArrayList<>(fields);
        more.addAll(others.fields);
        return new HeaderBlock(more);
    }

    /** With another value of a field, in its place. */
    public HeaderBlock changed(String name, String value) {
        return new HeaderBlock(fields.stream()
                .map(it -> it.name().equals(name) ? new Field(name, value) : it)
                .toList());
    }

    /** Without a field. */
    public HeaderBlock without(String name) {
        return new HeaderBlock(fields.stream()
                .filter(Predicate.not(it -> it.name().equals(name)))
                .toList());
    }

    /** What is on the wire. */
    public byte[] bytes() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (Field field : fields) {
            block.write(0);
            writeString(block, field.name());
            writeString(block, field.value());
        }
        return block.toByteArray();
    }

    private static void writeString(ByteArrayOutputStream block, String text) {
        writeInteger(block, 7, text.length());
        block.writeBytes(text.getBytes(ISO_8859_1));
    }

    /** RFC 7541, section 5.1, with zeros before the prefix. */
    private static void writeInteger(ByteArrayOutputStream block, int prefix, int number) {
        int most = (1 << prefix) - 1;
        if (number < most) {
            block.write(number);
            return;
        }
        block.write(most);
        int rest = number - most;
        for (; rest >= 0x80; rest >>>= 7) {
            block.write(rest | 0x80);
        }
        block.write(rest);
    }
}
