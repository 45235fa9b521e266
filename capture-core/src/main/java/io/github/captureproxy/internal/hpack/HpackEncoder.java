package io.github.captureproxy.internal.hpack;

/**
 * Encodes the header blocks of one direction of one connection (RFC 7541).
 *
 * <p>What is likely to come again goes into the dynamic table; what changes with each message doesn't, so that it pushes
 * nothing useful out; and what somebody could find out by guessing never does (7.1.3): {@code authorization}, {@code
 * proxy-authorization}, short cookies, and whatever the caller says.
 *
 * <p>Used by one thread at a time. The blocks have to be sent in the order in which they were begun, and none may be left
 * out, since the peer's table follows them.
 *
 * <p>Memory: the dynamic table, which is bounded as {@link DynamicTable} says, an index of the same order, and the array
 * that blocks are written to, which keeps the size of the longest one.
 */
public final class HpackEncoder {

    private final int maxTableBytes;
    private final DynamicTable table;
    private final TableIndex index;
    private final BlockWriter out = new BlockWriter();

    /** The size that the next block is to set, and the smallest one that was to be set since the last block (4.2). */
    private int wantedLimit;

    private int smallestLimit;

    /**
     * Makes an encoder for a new connection. The peer's decoder starts with a table of 4,096 bytes (RFC 9113 6.5.2).
     *
     * @param maxTableBytes the most bytes that the table may take, whatever the peer allows; 0 or more
     */
    public HpackEncoder(int maxTableBytes) {
        if (maxTableBytes < 0) {
            throw new IllegalArgumentException("a table of " + maxTableBytes + " bytes");
        }
        this.maxTableBytes = maxTableBytes;
        table = new DynamicTable(DynamicTable.INITIAL_LIMIT);
        index = new TableIndex(table, maxTableBytes);
        wantedLimit = Math.min(maxTableBytes, DynamicTable.INITIAL_LIMIT);
        smallestLimit = wantedLimit;
    }

    /**
     * Takes the peer's SETTINGS_HEADER_TABLE_SIZE, to be called before the block that follows the acknowledgement begins.
     * The next block starts with a size update if the table's size changes (4.2).
     *
     * @param bytes the setting, from 0 to 2^32 - 1
     */
    public void peerTableLimit(long bytes) {
        wantedLimit = (int) Math.min(maxTableBytes, bytes);
        smallestLimit = Math.min(smallestLimit, wantedLimit);
    }

    /** Starts a block, in place of the one before. */
    public void begin() {
        out.clear();
        if (smallestLimit < wantedLimit && smallestLimit < table.limit()) {
            sizeUpdate(smallestLimit);
        }
        if (wantedLimit != table.limit()) {
            sizeUpdate(wantedLimit);
        }
        smallestLimit = wantedLimit;
    }

    private void sizeUpdate(int bytes) {
        table.setLimit(bytes);
        out.integer(0x20, 5, bytes);
    }

    /**
     * Adds a field line to the block.
     *
     * @param name the array that the name is in, which is only read, and only during the call
     * @param nameFrom where the name starts
     * @param nameLength the length of the name in bytes; it is lower case
     * @param value the array that the value is in, which is only read, and only during the call
     * @param valueFrom where the value starts
     * @param valueLength the length of the value in bytes
     * @param neverIndexed whether no table on the way may hold the field: what the peer said that it came from (6.2.3)
     */
    public void field(
            byte[] name,
            int nameFrom,
            int nameLength,
            byte[] value,
            int valueFrom,
            int valueLength,
            boolean neverIndexed) {
        int nameHash = Hash.of(name, nameFrom, nameLength);
        int known = KnownNames.number(name, nameFrom, nameLength, nameHash);
        int staticName = known <= StaticTable.LENGTH ? known : 0;
        Indexing indexing = neverIndexed ? Indexing.NEVER : KnownNames.indexing(known, valueLength);
        if (indexing != Indexing.NEVER && staticName != 0) {
            int match = StaticTable.find(staticName, value, valueFrom, valueLength);
            if (match != 0) {
                out.integer(0x80, 7, match);
                return;
            }
        }
        if (indexing == Indexing.INCREMENTAL) {
            tableField(staticName, name, nameFrom, nameLength, nameHash, value, valueFrom, valueLength);
            return;
        }
        int nameIndex = staticName != 0 ? staticName : dynamicName(name, nameFrom, nameLength, nameHash);
        literal(indexing, nameIndex, name, nameFrom, nameLength, value, valueFrom, valueLength);
    }

    /** A field that is in the dynamic table, or is to be if it is not too large. */
    private void tableField(
            int staticName,
            byte[] name,
            int nameFrom,
            int nameLength,
            int nameHash,
            byte[] value,
            int from,
            int length) {
        int valueHash = Hash.of(value, from, length);
        int match = index.find(name, nameFrom, nameLength, nameHash, value, from, length, valueHash);
        if (match != 0) {
            out.integer(0x80, 7, StaticTable.LENGTH + match);
            return;
        }
        int nameIndex = staticName != 0 ? staticName : dynamicName(name, nameFrom, nameLength, nameHash);
        if (!worthItsSpace(nameLength, length)) {
            literal(Indexing.WITHOUT, nameIndex, name, nameFrom, nameLength, value, from, length);
            return;
        }
        literal(Indexing.INCREMENTAL, nameIndex, name, nameFrom, nameLength, value, from, length);
        table.add(name, nameFrom, nameLength, value, from, length);
        index.added(nameHash, valueHash);
    }

    /** A field that takes more than half of the table would push out more than it can save. */
    private boolean worthItsSpace(int nameLength, int valueLength) {
        return (long) nameLength + valueLength + DynamicTable.ENTRY_OVERHEAD <= table.limit() / 2;
    }

    private int dynamicName(byte[] name, int from, int length, int hash) {
        int match = index.findName(name, from, length, hash);
        return match == 0 ? 0 : StaticTable.LENGTH + match;
    }

    private void literal(
            Indexing indexing,
            int nameIndex,
            byte[] name,
            int nameFrom,
            int nameLength,
            byte[] value,
            int from,
            int length) {
        switch (indexing) {
            case INCREMENTAL -> out.integer(0x40, 6, nameIndex);
            case WITHOUT -> out.integer(0, 4, nameIndex);
            case NEVER -> out.integer(0x10, 4, nameIndex);
        }
        if (nameIndex == 0) {
            out.string(name, nameFrom, nameLength);
        }
        out.string(value, from, length);
    }

    /**
     * The array that the block is in, from 0 on.
     *
     * @return the array itself; it is written to by the next {@link #begin}, and may be replaced by the next {@link #field}
     */
    public byte[] bytes() {
        return out.bytes();
    }

    /**
     * The length of the block so far.
     *
     * @return bytes
     */
    public int length() {
        return out.length();
    }

    /** For tests: what the peer's table is to be as well. */
    DynamicTable table() {
        return table;
    }
}
