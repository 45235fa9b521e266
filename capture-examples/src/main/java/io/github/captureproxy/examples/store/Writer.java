package io.github.captureproxy.examples.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that alone changes the database. It makes rows and writes them in batches, does what is asked of it in between,
 * and when there is nothing else fills the index and deletes what is too old or too much.
 */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /** So long rows are gathered for one commit: what a killed process loses at most, and far less than a second. */
    private static final Duration GATHER = Duration.ofMillis(100);

    /** So long nothing is written after that failed, unless told otherwise. */
    static final Duration RETRY = Duration.ofSeconds(5);

    private static final Duration CLEAN_UP = Duration.ofSeconds(30);

    /** Rows that take up so much are written before more are made: a row may be many times as large as what it is made of. */
    private static final long MAX_MADE = 8L << 20;

    /** Rows that are indexed in one transaction: as many as a batch has, or the index would never keep up. */
    private static final int INDEX_STEP = 1_000;

    /** So long it works without a look at who else waits for the core. */
    private static final long TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    /** So many rows that wait are more than come in a moment. */
    private static final int MANY = 500;

    private final Connection connection;
    private final EntryTable table;
    private final SearchIndex index;
    private final IndexPace pace = new IndexPace(System.nanoTime());
    private final Retention retention;
    private final Changes changes;
    private final Duration retry;
    private final WorkQueue queue = new WorkQueue();
    private final AtomicLong notRecorded = new AtomicLong();
    private final Thread thread = new Thread(this::run, "capture-store-writer");
    private volatile @Nullable String problem;
    private volatile long retryAt;
    private BooleanSupplier asked = () -> false;
    private long lastCommit = System.nanoTime();
    private long turn = System.nanoTime();
    private long lastCleanUp = System.nanoTime() - CLEAN_UP.toNanos();
    private boolean cleaning;
    private boolean cleansNext;

    /** What is done to the database on this thread, in a transaction of its own. */
    interface Task<T> {
        T run(Connection connection, EntryTable table) throws SQLException;
    }

    private interface Step<T> {
        T take() throws SQLException;
    }

    Writer(Connection connection, KnownClients clients, Retention retention, Changes changes, Duration retry)
            throws SQLException {
        this.connection = connection;
        this.retention = retention;
        this.changes = changes;
        this.retry = retry;
        this.table = new EntryTable(connection, clients, retention.clock());
        this.index = new SearchIndex(connection);
        changes.start(table.lastId(), index.indexed(), Database.number(connection, "SELECT count(*) FROM entry"));
        thread.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param areAsked tells if questions are asked of the database
     */
    void start(BooleanSupplier areAsked) {
        asked = areAsked;
        thread.start();
    }

    /** Hands a row over; waits while there is no place. */
    void write(Draft draft) {
        if (isOut()) {
            notRecorded.incrementAndGet();
            return;
        }
        try {
            if (!queue.put(draft)) {
                notRecorded.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            notRecorded.incrementAndGet();
        }
    }

    /** Counts what could not become a row. */
    void lost(Exception cause) {
        notRecorded.incrementAndGet();
        LOG.warn("an exchange could not be prepared for the history", cause);
    }

    /** Runs a task after all rows that were handed over before, and waits for it. */
    <T> T run(Task<T> task) {
        return await(() -> transact(task));
    }

    /** Writes rows in a turn of their own, and waits for it; they are all in the file then, or none of them. */
    void insertAll(List<Entry> entries) {
        await(() -> {
            insert(entries);
            return true;
        });
    }

    private <T> T await(Step<T> step) {
        CompletableFuture<T> done = new CompletableFuture<>();
        if (!queue.submit(() -> complete(done, step))) {
            throw new StoreException("the history is closed");
        }
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the history", e);
        } catch (ExecutionException e) {
            throw new StoreException("the history cannot be changed: " + Problems.words(e.getCause()), e);
        }
    }

    /** Deletes what is too old or too much. */
    void cleanUp() {
        boolean more = true;
        while (more) {
            more = await(this::deleteOld);
        }
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    long notRecorded() {
        return notRecorded.get();
    }

    /** Writes what was handed over, and ends. */
    void close() throws SQLException {
        queue.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // Rows would be lost: the wait is short, and the flag is set again.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void run() {
        try {
            WorkQueue.Work work;
            do {
                work = queue.take(idle(), lastCommit + GATHER.toNanos());
                boolean wasWhole = changes.unindexed() == 0;
                writeAll(work.drafts());
                pace.written(work.drafts().size(), wasWhole, System.nanoTime());
                work.tasks().forEach(Runnable::run);
                if (queue.size() < MANY || System.nanoTime() - lastCleanUp > 2 * CLEAN_UP.toNanos()) {
                    tidy();
                }
            } while (!work.closed());
        } catch (InterruptedException e) { // Nobody interrupts it but who wants it to end.
            LOG.warn("the history's writer was interrupted: nothing more is recorded", e);
        } catch (Error e) { // such as no memory left: it can't be gone on from here, and must be seen
            problem = "the history's writer has ended: " + e;
            changes.tell();
            throw e;
        } finally {
            queue.close();
        }
    }

    private long idle() {
        if (isOut() || changes.unindexed() == 0 && !cleaning) {
            return TimeUnit.SECONDS.toNanos(1);
        }
        return cleaning ? 0 : pace.rest(System.nanoTime());
    }

    /** While nothing can be written, rows are not even taken. */
    private boolean isOut() {
        return problem != null && System.nanoTime() - retryAt < 0;
    }

    private void writeAll(List<Draft> drafts) {
        List<Entry> entries = new ArrayList<>();
        long bytes = 0;
        for (Draft draft : drafts) {
            if (isOut()) {
                notRecorded.incrementAndGet();
                continue;
            }
            try {
                Entry entry = draft.make();
                giveWay();
                entries.add(entry);
                bytes += entry.weight();
            } catch (IOException | RuntimeException e) {
                lost(e);
            }
            if (bytes >= MAX_MADE) {
                write(entries);
                entries.clear();
                bytes = 0;
            }
        }
        write(entries);
    }

    private void write(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            insert(entries);
        } catch (SQLException | RuntimeException e) {
            failed(e, entries.size());
        }
        lastCommit = System.nanoTime();
    }

    private void insert(List<Entry> entries) throws SQLException {
        long before = table.lastId();
        boolean committed = false;
        try {
            committed = Transaction.run(connection, () -> {
                table.insert(entries, this::giveWay);
                return true;
            });
        } finally {
            if (!committed) {
                table.rolledBack(before);
            }
        }
        table.committed();
        for (int i = 0; i < entries.size(); i++) {
            index.add(before + 1 + i, entries.get(i).text());
        }
        problem = null;
        changes.added(table.lastId(), entries.size());
    }

    /** A batch takes some ms of a core, and exchanges under way shouldn't wait for its end; but where rows pile up, they go first. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: without it, exchanges only take a little longer
    private void giveWay() {
        if (System.nanoTime() - turn > TURN_NANOS) {
            if (queue.size() < MANY) {
                Thread.yield();
            }
            turn = System.nanoTime();
        }
    }

    private void failed(Throwable e, int lost) {
        notRecorded.addAndGet(lost);
        retryAt = System.nanoTime() + retry.toNanos();
        if (problem == null) {
            LOG.warn("writing the history failed; it is tried again every {} s", retry.toSeconds(), e);
        }
        problem = Problems.words(e);
        changes.tell();
    }

    private static <T> void complete(CompletableFuture<T> done, Step<T> step) {
        try {
            done.complete(step.take());
        } catch (SQLException | RuntimeException | Error e) {
            done.completeExceptionally(e);
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private <T> T transact(Task<T> task) throws SQLException {
        return Transaction.run(connection, () -> task.run(connection, table));
    }

    /** What can wait: the index, and retention. What fails here fails again at the next row, and is told then. */
    private void tidy() {
        if (isOut()) {
            return;
        }
        try {
            boolean due = cleaning || System.nanoTime() - lastCleanUp > CLEAN_UP.toNanos();
            boolean indexes = changes.unindexed() > 0 && pace.rest(System.nanoTime()) == 0;
            cleansNext = due && indexes && !cleansNext; // by turns, as rows may come in all the time
            if (indexes && !cleansNext) {
                long begin = System.nanoTime();
                long last = transact((used, rows) -> index.step(INDEX_STEP, table.lastId(), this::giveWay));
                index.done(last);
                problem = null;
                changes.indexed(last);
                pace.indexed(begin, System.nanoTime(), asked.getAsBoolean());
            } else if (due) {
                cleaning = deleteOld();
                lastCleanUp = cleaning ? lastCleanUp : System.nanoTime();
            }
        } catch (SQLException | RuntimeException e) {
            failed(e, 0);
        }
    }

    /** Deletes a part of what is too old or too much; true if there may be more. */
    private boolean deleteOld() throws SQLException {
        Retention.Done done = transact((used, rows) -> retention.apply(used, rows));
        if (done.deleted() > 0) {
            changes.removed(done.deleted());
        }
        if (done.more()) {
            transact((used, rows) -> retention.shrink(used));
        }
        return done.more();
    }
}
