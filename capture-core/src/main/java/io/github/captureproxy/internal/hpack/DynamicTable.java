package io.github.captureproxy.internal.hpack;

/**
 * The dynamic table (RFC 7541 2.3.2 and 4): the newest entry has index 1 here, which on the wire is 62.
 *
 * <p>Names and values lie one behind the other in one array, the oldest entry first. An entry that doesn't fit at the
 * array's end makes the live ones move to its start. As the 32 bytes of overhead that each entry counts for (4.1) are
 * not in that array, it has slack by itself, so that is rare.
 *
 * <p>Memory: arrays that grow as entries come, to at most the limit for the bytes, and 12 bytes for each entry that fits
 * into the limit, rounded up to a power of two (half the limit, 3/4 of it at worst).
 */
final class DynamicTable {

    /** The size of the table that every connection starts with (RFC 9113 6.5.2). */
    static final int INITIAL_LIMIT = 4096;

    /** What an entry counts for beside its bytes (4.1). */
    static final int ENTRY_OVERHEAD = 32;

    private static final int FIRST_BYTES = 256;
    private static final int FIRST_ENTRIES = 8;

    private int limit;
    private int size;

    private byte[] bytes = new byte[0];
    private int liveFrom;
    private int liveTo;

    /** The sum of all moves towards the start of the array: what {@link #positions} is to be lessened by. */
    private int moved;

    /** By the low bits of an entry's number: where it would start, had bytes never moved; its two lengths. */
    private int[] positions = new int[FIRST_ENTRIES];

    private int[] nameLengths = new int[FIRST_ENTRIES];
    private int[] valueLengths = new int[FIRST_ENTRIES];

    /** The number of the newest entry. They are numbered as they come, and wrap around. */
    private int newest;

    private int count;

    DynamicTable(int limit) {
        this.limit = limit;
    }

    /** How many entries there are. */
    int count() {
        return count;
    }

    /** The number of the newest entry; that of entry {@code i} is {@code i - 1} less. It wraps around. */
    int newest() {
        return newest;
    }

    /** The size as of 4.1, in bytes. */
    int size() {
        return size;
    }

    /** The most that {@link #size} may be. */
    int limit() {
        return limit;
    }

    /** Changes the limit, and evicts what is over it (4.3). */
    void setLimit(int bytes) {
        limit = bytes;
        evictDownTo(bytes);
    }

    /** The array that names and values are in, until the next {@link #add}. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the name of an entry starts; {@code index} is from 1 to {@link #count}. */
    int nameFrom(int index) {
        return positions[slot(index)] - moved;
    }

    int nameLength(int index) {
        return nameLengths[slot(index)];
    }

    int valueFrom(int index) {
        int slot = slot(index);
        return positions[slot] - moved + nameLengths[slot];
    }

    int valueLength(int index) {
        return valueLengths[slot(index)];
    }

    private int slot(int index) {
        return newest - index + 1 & positions.length - 1;
    }

    /**
     * Adds an entry, for which others may have to go; one that is larger than the table only empties it (4.4). The name
     * and the value must not be in this table's own array.
     *
     * @return whether the entry is in the table now
     */
    boolean add(byte[] name, int nameFrom, int nameLength, byte[] value, int valueFrom, int valueLength) {
        long entrySize = (long) nameLength + valueLength + ENTRY_OVERHEAD;
        if (entrySize > limit) {
            evictDownTo(0);
            return false;
        }
        evictDownTo(limit - (int) entrySize);
        makeRoom(nameLength + valueLength);
        if (count == positions.length) {
            growRing();
        }
        newest++;
        count++;
        size += (int) entrySize;
        int slot = slot(1);
        positions[slot] = liveTo + moved;
        nameLengths[slot] = nameLength;
        valueLengths[slot] = valueLength;
        System.arraycopy(name, nameFrom, bytes, liveTo, nameLength);
        System.arraycopy(value, valueFrom, bytes, liveTo + nameLength, valueLength);
        liveTo += nameLength + valueLength;
        return true;
    }

    private void evictDownTo(int bytesLeft) {
        while (size > bytesLeft) {
            int length = nameLength(count) + valueLength(count);
            liveFrom += length;
            size -= length + ENTRY_OVERHEAD;
            count--;
        }
        if (count == 0) {
            liveFrom = 0;
            liveTo = 0;
        }
    }

    private void makeRoom(int length) {
        if (length <= bytes.length - liveTo) {
            return;
        }
        int live = liveTo - liveFrom;
        byte[] target = bytes;
        if (live + length > bytes.length / 2 && bytes.length < limit) {
            int wanted = Math.max(FIRST_BYTES, 2 * (live + length));
            target = new byte[Math.min(limit, wanted)];
        }
        System.arraycopy(bytes, liveFrom, target, 0, live);
        bytes = target;
        moved += liveFrom;
        liveFrom = 0;
        liveTo = live;
    }

    private void growRing() {
        positions = grown(positions);
        nameLengths = grown(nameLengths);
        valueLengths = grown(valueLengths);
    }

    private int[] grown(int[] ring) {
        int[] larger = new int[2 * ring.length];
        for (int i = 0; i < count; i++) {
            int number = newest - i;
            larger[number & larger.length - 1] = ring[number & ring.length - 1];
        }
        return larger;
    }
}
