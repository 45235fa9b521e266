package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records exchanges that come from elsewhere, as fast as they come. It takes turns with all else that is written: what is
 * captured meanwhile, and what a person does, waits for a few rows of it at most. For one thread; closing it writes the last
 * rows.
 */
public final class Importing implements AutoCloseable {
    /** Rows that are written in one turn: some hundredths of a second. */
    static final int TURN = 100;

    /** The same where rows are large. */
    private static final long TURN_BYTES = 1L << 20;

    private final EntryMaker entries;
    private final Writer writer;
    private final RecordedFrom from;
    private final List<Entry> turn = new ArrayList<>();
    private long bytes;
    private long written;

    Importing(EntryMaker entries, Writer writer, RecordedFrom from) {
        this.entries = entries;
        this.writer = writer;
        this.from = from;
    }

    /**
     * Takes one more, and writes those that it has taken if they are enough for a turn.
     *
     * @param exchange the exchange
     * @throws IOException if its body can't be read
     * @throws StoreException if the history can't be written: {@link #written} tells how many are known to be in it
     */
    public void add(Exchange exchange) throws IOException {
        Entry entry = entries.of(exchange, from);
        turn.add(entry);
        bytes += entry.weight();
        if (turn.size() >= TURN || bytes >= TURN_BYTES) {
            write();
        }
    }

    /** How many are written. */
    public long written() {
        return written;
    }

    /**
     * Writes the last ones.
     *
     * @throws StoreException if the history can't be written
     */
    @Override
    public void close() {
        if (!turn.isEmpty()) {
            write();
        }
    }

    private void write() {
        List<Entry> rows = List.copyOf(turn);
        turn.clear();
        bytes = 0;
        writer.insertAll(rows);
        written += rows.size();
    }
}
