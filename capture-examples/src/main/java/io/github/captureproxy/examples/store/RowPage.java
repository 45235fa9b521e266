package io.github.captureproxy.examples.store;

import java.util.List;

/**
 * A window of a list.
 *
 * @param total rows in the store
 * @param matched rows that the query means, as far as that is known
 * @param latestId the highest row id that the answer knows of; 0 in an empty store
 * @param complete false if rows are still being looked at or indexed: ask again, as a change will be told
 * @param rows the rows of the window, in order
 */
public record RowPage(long total, int matched, long latestId, boolean complete, List<Row> rows) {
    /** Copies the list. */
    public RowPage {
        rows = List.copyOf(rows);
    }
}
