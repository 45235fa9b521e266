package io.github.captureproxy.internal.hpack;

import java.util.Arrays;

/**
 * Decodes the header blocks of one direction of one connection, strictly (RFC 7541).
 *
 * <p>Used by one thread at a time. Every block of the connection has to go through it, in order, since each may change
 * the table. After an exception, its own or one of a sink's, it is of no more use: the table may no longer be what the
 * peer takes it for.
 *
 * <p>Memory: the dynamic table, which is bounded as {@link DynamicTable} says, and an array for strings in Huffman code,
 * which grows to at most 1.6 times the longest block.
 */
public final class HpackDecoder {

    /** The bits that an integer may have behind its prefix: 5 bytes, leading zeros included (5.1). */
    private static final int MAX_INTEGER_BITS = 35;

    private static final byte[] NONE = new byte[0];

    private final int maxTableBytes;
    private final DynamicTable table = new DynamicTable(DynamicTable.INITIAL_LIMIT);

    private byte[] in = NONE;
    private int at;
    private int end;

    /** Holds strings of the current field line, from 0 to {@link #scratchUsed}. */
    private byte[] scratch = NONE;

    private int scratchUsed;

    /** The string that was read last: part of the block or of {@link #scratch}. */
    private byte[] string = NONE;

    private int stringFrom;
    private int stringLength;

    /**
     * Makes a decoder for a new connection. Its table starts with 4,096 bytes, as the peer's encoder does (RFC 9113
     * 6.5.2), and has another size when a block says so.
     *
     * @param maxTableBytes what we advertise as SETTINGS_HEADER_TABLE_SIZE, 0 or more: the largest size that a block may
     *     set
     */
    public HpackDecoder(int maxTableBytes) {
        if (maxTableBytes < 0) {
            throw new IllegalArgumentException("a table of " + maxTableBytes + " bytes");
        }
        this.maxTableBytes = maxTableBytes;
    }

    /**
     * Decodes one whole header block.
     *
     * @param block the array that the block is in
     * @param from where the block starts
     * @param to where the block ends; how long a block may be is the caller's to decide
     * @param sink takes the fields while they are decoded, so some may have been given to it before an exception
     * @throws HpackException for a block that is wrong in any way
     */
    public void decode(byte[] block, int from, int to, FieldSink sink) throws HpackException {
        in = block;
        at = from;
        end = to;
        try {
            sizeUpdates();
            while (at < end) {
                fieldLine(sink);
            }
        } finally {
            // The block is the caller's, and may be large.
            in = NONE;
            string = NONE;
        }
    }

    /** They may only stand at the start of a block (4.2). */
    private void sizeUpdates() throws HpackException {
        while (at < end && (in[at] & 0xe0) == 0x20) {
            int bytes = integer(5);
            if (bytes > maxTableBytes) {
                throw new HpackException("a table size of " + bytes + " bytes, more than the " + maxTableBytes
                        + " that were advertised");
            }
            table.setLimit(bytes);
        }
    }

    private void fieldLine(FieldSink sink) throws HpackException {
        int first = in[at];
        if (first < 0) {
            indexed(integer(7), sink);
        } else if (first >= 0x40) {
            literalToBeAdded(integer(6), sink);
        } else if (first >= 0x20) {
            throw new HpackException("a table size update that is not at the start of the block");
        } else {
            literal(integer(4), first >= 0x10, sink);
        }
    }

    private void indexed(int index, FieldSink sink) throws HpackException {
        if (index > StaticTable.LENGTH) {
            int nth = dynamicIndex(index);
            byte[] bytes = table.bytes();
            int nameLength = table.nameLength(nth);
            sink.field(
                    bytes, table.nameFrom(nth), nameLength, bytes, table.valueFrom(nth), table.valueLength(nth), false);
        } else if (index > 0) {
            byte[] name = StaticTable.name(index);
            byte[] value = StaticTable.value(index);
            sink.field(name, 0, name.length, value, 0, value.length, false);
        } else {
            throw new HpackException("an indexed field with index 0");
        }
    }

    /** Without indexing, or never indexed (6.2.2, 6.2.3). */
    private void literal(int nameIndex, boolean neverIndexed, FieldSink sink) throws HpackException {
        scratchUsed = 0;
        name(nameIndex);
        byte[] name = string;
        int nameFrom = stringFrom;
        int nameLength = stringLength;
        string();
        sink.field(name, nameFrom, nameLength, string, stringFrom, stringLength, neverIndexed);
    }

    /** With incremental indexing (6.2.1). */
    private void literalToBeAdded(int nameIndex, FieldSink sink) throws HpackException {
        scratchUsed = 0;
        name(nameIndex);
        if (nameIndex > StaticTable.LENGTH) {
            // The entry with the name may have to go for the new one (4.4).
            keepString();
        }
        byte[] name = string;
        int nameFrom = stringFrom;
        int nameLength = stringLength;
        string();
        // First, so that the table is right even if the sink throws.
        table.add(name, nameFrom, nameLength, string, stringFrom, stringLength);
        sink.field(name, nameFrom, nameLength, string, stringFrom, stringLength, false);
    }

    private void name(int index) throws HpackException {
        if (index == 0) {
            string();
        } else if (index <= StaticTable.LENGTH) {
            string = StaticTable.name(index);
            stringFrom = 0;
            stringLength = string.length;
        } else {
            int nth = dynamicIndex(index);
            string = table.bytes();
            stringFrom = table.nameFrom(nth);
            stringLength = table.nameLength(nth);
        }
    }

    private int dynamicIndex(int index) throws HpackException {
        int nth = index - StaticTable.LENGTH;
        if (nth > table.count()) {
            throw new HpackException("index " + index + " with " + table.count() + " entries in the dynamic table");
        }
        return nth;
    }

    private void keepString() {
        reserveScratch(stringLength);
        System.arraycopy(string, stringFrom, scratch, scratchUsed, stringLength);
        string = scratch;
        stringFrom = scratchUsed;
        scratchUsed += stringLength;
    }

    private void string() throws HpackException {
        if (at == end) {
            throw truncated();
        }
        boolean huffman = in[at] < 0;
        int length = integer(7);
        if (length > end - at) {
            throw new HpackException("a string of " + length + " bytes with " + (end - at) + " left in the block");
        }
        if (huffman) {
            huffmanString(length);
        } else {
            string = in;
            stringFrom = at;
            stringLength = length;
        }
        at += length;
    }

    private void huffmanString(int length) throws HpackException {
        reserveScratch(Huffman.maxDecodedLength(length));
        int stringEnd = Huffman.decode(in, at, length, scratch, scratchUsed);
        string = scratch;
        stringFrom = scratchUsed;
        stringLength = stringEnd - scratchUsed;
        scratchUsed = stringEnd;
    }

    /** A name in the array that is replaced here stays valid: whoever holds it holds the old array. */
    private void reserveScratch(int length) {
        if (length > scratch.length - scratchUsed) {
            scratch = Arrays.copyOf(scratch, Math.max(scratchUsed + length, 2 * scratch.length));
        }
    }

    /** Reads an integer whose first byte is there (5.1). */
    private int integer(int prefixBits) throws HpackException {
        int prefix = (1 << prefixBits) - 1;
        int value = in[at++] & prefix;
        return value < prefix ? value : longInteger(prefix);
    }

    private int longInteger(int prefix) throws HpackException {
        long value = prefix;
        for (int shift = 0; shift < MAX_INTEGER_BITS; shift += 7) {
            if (at == end) {
                throw truncated();
            }
            int next = in[at++];
            value += (next & 0x7fL) << shift;
            if (next >= 0) {
                if (value > Integer.MAX_VALUE) {
                    break;
                }
                return (int) value;
            }
        }
        throw new HpackException("an integer that is too large");
    }

    private static HpackException truncated() {
        return new HpackException("a block that ends within a field");
    }

    /** For tests: what the examples of Appendix C show after each block. */
    DynamicTable table() {
        return table;
    }
}
