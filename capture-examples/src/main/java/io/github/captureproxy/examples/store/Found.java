package io.github.captureproxy.examples.store;

/**
 * What a query means at some moment.
 *
 * @param ids the rows in the order of the query, the first one first; not to be changed
 * @param descending they are to be read from the end
 * @param upTo the highest id that was looked at
 * @param complete all up to that one were looked at
 */
@SuppressWarnings("ArrayRecordComponent") // It never leaves the package, and is as large as the history.
record Found(long[] ids, boolean descending, long upTo, boolean complete) {
    long id(int index) {
        return ids[descending ? ids.length - 1 - index : index];
    }

    int indexOf(long id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return descending ? ids.length - 1 - i : i;
            }
        }
        return -1;
    }

    /** A window. */
    long[] slice(int offset, int limit) {
        int from = Math.min(Math.max(offset, 0), ids.length);
        int count = Math.min(Math.max(limit, 0), ids.length - from);
        long[] slice = new long[count];
        for (int i = 0; i < count; i++) {
            slice[i] = id(from + i);
        }
        return slice;
    }
}
