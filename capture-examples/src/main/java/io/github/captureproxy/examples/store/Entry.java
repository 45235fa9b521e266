package io.github.captureproxy.examples.store;

import java.util.Arrays;

/**
 * A row that is ready to be written.
 *
 * @param values the columns, as {@link Column} orders them
 * @param clientAddress the bytes of the client's address; empty if it has none
 * @param packed all that is known of it
 * @param text what a search looks in, in UTF-8
 */
record Entry(Object[] values, byte[] clientAddress, byte[] packed, byte[] text) {
    /** About what its columns take up. */
    private static final int COLUMN_BYTES = 1_000;

    Object value(Column column) {
        return values[column.ordinal()];
    }

    /** About how much memory it takes up. */
    long weight() {
        return (long) COLUMN_BYTES + packed.length + text.length;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return "entry of " + packed.length + " bytes"; // No secrets.
    }
}
