package io.github.captureproxy.internal.hpack;

import java.util.Arrays;

/**
 * Finds fields in the encoder's dynamic table by hash.
 *
 * <p>Entries whose names hash to the same bucket form a chain, from the newest to older ones, which holds their numbers.
 * Entries leave the table in the order in which they came, so a chain ends at the first entry that is no longer there,
 * and nothing has to be done when one is evicted.
 */
final class TableIndex {

    /** As many as a table of 4,096 bytes has entries at most. */
    private static final int BUCKETS = 128;

    private final DynamicTable table;

    /** By name hash: the number of the newest entry. */
    private final int[] newest = new int[BUCKETS];

    /** By the low bits of an entry's number: the number of the one behind it in the chain, and the hashes. */
    private final int[] older;

    private final int[] nameHashes;
    private final int[] valueHashes;

    /**
     * Makes one.
     *
     * @param table what it finds entries in
     * @param maxTableBytes the largest limit that the table will have
     */
    TableIndex(DynamicTable table, int maxTableBytes) {
        this.table = table;
        int maxEntries = Math.max(1, maxTableBytes / DynamicTable.ENTRY_OVERHEAD);
        int slots = Integer.highestOneBit(2 * maxEntries - 1);
        older = new int[slots];
        nameHashes = new int[slots];
        valueHashes = new int[slots];
    }

    /** Takes in the entry that was just added to the table. */
    void added(int nameHash, int valueHash) {
        int number = table.newest();
        int slot = number & older.length - 1;
        int bucket = nameHash & BUCKETS - 1;
        older[slot] = newest[bucket];
        newest[bucket] = number;
        nameHashes[slot] = nameHash;
        valueHashes[slot] = valueHash;
    }

    /**
     * Finds an entry with a name and a value.
     *
     * @return its index in the dynamic table, from 1; 0 if there is none
     */
    int find(byte[] name, int nameFrom, int nameLength, int nameHash, byte[] value, int from, int length, int hash) {
        for (int i = first(nameHash); i != 0; i = next(i)) {
            int slot = slot(i);
            if (valueHashes[slot] == hash
                    && nameHashes[slot] == nameHash
                    && same(table.valueFrom(i), table.valueLength(i), value, from, length)
                    && same(table.nameFrom(i), table.nameLength(i), name, nameFrom, nameLength)) {
                return i;
            }
        }
        return 0;
    }

    /**
     * Finds the newest entry with a name.
     *
     * @return its index in the dynamic table, from 1; 0 if there is none
     */
    int findName(byte[] name, int from, int length, int hash) {
        for (int i = first(hash); i != 0; i = next(i)) {
            if (nameHashes[slot(i)] == hash && same(table.nameFrom(i), table.nameLength(i), name, from, length)) {
                return i;
            }
        }
        return 0;
    }

    private int first(int nameHash) {
        return indexOf(newest[nameHash & BUCKETS - 1], 0);
    }

    private int next(int index) {
        return indexOf(older[slot(index)], index);
    }

    private int slot(int index) {
        return table.newest() - index + 1 & older.length - 1;
    }

    /**
     * Where the entry with a number stands now; 0 if it is gone. As numbers wrap around, a very old one may look like
     * that of a younger entry, which is not behind the one before it in the chain.
     */
    private int indexOf(int number, int before) {
        int index = table.newest() - number + 1;
        return index > before && index <= table.count() ? index : 0;
    }

    private boolean same(int from, int length, byte[] other, int otherFrom, int otherLength) {
        return length == otherLength
                && Arrays.equals(table.bytes(), from, from + length, other, otherFrom, otherFrom + length);
    }
}
