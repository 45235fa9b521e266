package io.github.captureproxy.examples.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ids of rows by the time when they started; of equal times the one that was recorded first stands first. Immutable. */
final class IdList {
    static final IdList EMPTY = new IdList(new long[0], new long[0]);

    private final long[] ids;
    private final long[] times;

    private IdList(long[] ids, long[] times) {
        this.ids = ids;
        this.times = times;
    }

    /** A list of these in any order. */
    static IdList of(long[] ids, long[] times) {
        if (isSorted(ids, times)) {
            return new IdList(ids, times);
        }
        int[] order = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> times[i]).thenComparingLong(i -> ids[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new IdList(
                Arrays.stream(order).mapToLong(i -> ids[i]).toArray(),
                Arrays.stream(order).mapToLong(i -> times[i]).toArray());
    }

    private static boolean isSorted(long[] ids, long[] times) {
        for (int i = 1; i < ids.length; i++) {
            if (times[i - 1] > times[i] || times[i - 1] == times[i] && ids[i - 1] > ids[i]) {
                return false;
            }
        }
        return true;
    }

    /** The ids of both. */
    IdList merge(IdList other) {
        if (other.ids.length == 0) {
            return this;
        }
        int size = ids.length + other.ids.length;
        long[] allIds = Arrays.copyOf(ids, size);
        long[] allTimes = Arrays.copyOf(times, size);
        int mine = ids.length - 1;
        int others = other.ids.length - 1;
        for (int at = size - 1; others >= 0; at--) {
            boolean takeMine = mine >= 0 && isAfter(times[mine], ids[mine], other.times[others], other.ids[others]);
            allIds[at] = takeMine ? ids[mine] : other.ids[others];
            allTimes[at] = takeMine ? times[mine] : other.times[others];
            mine -= takeMine ? 1 : 0;
            others -= takeMine ? 0 : 1;
        }
        return new IdList(allIds, allTimes);
    }

    private static boolean isAfter(long time, long id, long otherTime, long otherId) {
        return time > otherTime || time == otherTime && id > otherId;
    }

    /** The ids in order; not to be changed. */
    long[] ids() {
        return ids;
    }
}
