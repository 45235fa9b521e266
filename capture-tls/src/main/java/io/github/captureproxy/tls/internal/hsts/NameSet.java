package io.github.captureproxy.tls.internal.hsts;

import java.util.Arrays;

/**
 * A set of host names, some with all names below them, in 8 bytes each: 63 bits of a hash and one for the names below.
 * That another name has the same hash has a chance of one in 10^13 with the whole of Chromium's list, and would do no
 * harm but a tunnel passed through. Immutable; a look-up takes no lock and makes no object.
 */
public final class NameSet {
    private static final NameSet EMPTY = new NameSet(new long[0]);

    /** FNV-1a with 64 bits, over the name from its last character to its first, so that parents come on the way. */
    private static final long OFFSET = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    /** Sorted; the lowest bit says that names below are meant as well. */
    private final long[] entries;

    private NameSet(long[] entries) {
        this.entries = entries;
    }

    /**
     * A set without names.
     *
     * @return the set
     */
    public static NameSet empty() {
        return EMPTY;
    }

    /**
     * The number of names.
     *
     * @return 0 or more
     */
    public int size() {
        return entries.length;
    }

    /**
     * Tells if a name is in the set, or is below one that stands for all below it.
     *
     * @param name a name in lower case, without final dot
     * @return true if it is
     */
    public boolean covers(String name) {
        long hash = OFFSET;
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '.' && contains(hash, true)) {
                return true;
            }
            hash = (hash ^ c) * PRIME;
        }
        return contains(hash, false);
    }

    private boolean contains(long hash, boolean withNamesBelow) {
        long key = mixed(hash);
        int at = Arrays.binarySearch(entries, key | 1);
        return at >= 0 || !withNamesBelow && Arrays.binarySearch(entries, key) >= 0;
    }

    /** Spreads the hash, as FNV's last step leaves neighbours near each other; the lowest bit is kept free. */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
        return (mixed ^ (mixed >>> 29)) & ~1L;
    }

    /** Collects names. Not thread-safe. */
    static final class Builder {
        private static final int INITIAL = 1 << 10;

        private long[] collected = new long[INITIAL];
        private int size;

        /** Adds a name of which the first {@code length} bytes of an array are the ASCII letters, in any case. */
        void add(byte[] name, int length, boolean withNamesBelow) {
            int end = length > 0 && name[length - 1] == '.' ? length - 1 : length;
            long hash = OFFSET;
            for (int i = end - 1; i >= 0; i--) {
                int c = name[i] & 0xff;
                hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32 : c)) * PRIME;
            }
            if (size == collected.length) {
                collected = Arrays.copyOf(collected, 2 * size);
            }
            collected[size++] = mixed(hash) | (withNamesBelow ? 1 : 0);
        }

        int size() {
            return size;
        }

        NameSet build() {
            long[] sorted = Arrays.copyOf(collected, size);
            Arrays.sort(sorted);
            return new NameSet(sorted);
        }
    }
}
