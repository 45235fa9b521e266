package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The rows that a query means, by time: kept, and added to as rows come. Those that the database can't judge are looked at
 * one after the other, the newest first, as long as the caller has time; which they are it says in steps, so that the first
 * of them don't wait until it has gone through all rows. One thread works at a time: that is what the lock is for.
 */
final class Matches {
    /** Exchanges that are read at once. */
    private static final int CHUNK = 64;

    /** Ids that the database goes through at once, to say which of them are to be looked at. */
    private static final int STRETCH = 4_096;

    private static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Plan plan;
    private final Readers readers;
    private final Changes changes;
    private IdList known = IdList.EMPTY;

    /** Ids and times of those that are still to be looked at, the newest last. */
    private LongList openIds = new LongList();

    private LongList openTimes = new LongList();

    /** What the database was not asked about yet, the newest last. */
    private final Deque<Stretch> open = new ArrayDeque<>();

    private long upTo;
    private long generation = -1;
    private final AtomicBoolean goingOn = new AtomicBoolean();
    private volatile long wantedAt = System.nanoTime();

    /** The ids after the first up to the last. */
    private record Stretch(long after, long last) {}

    Matches(Plan plan, Readers readers, Changes changes) {
        this.plan = plan;
        this.readers = readers;
        this.changes = changes;
    }

    /** Brings it up to date. */
    synchronized Found refresh(long budgetNanos) {
        long end = System.nanoTime() + budgetNanos;
        long now = changes.generation();
        long latest = plan.searching() ? changes.indexed() : changes.latest();
        if (now != generation) {
            known = IdList.EMPTY;
            openIds = new LongList();
            openTimes = new LongList();
            open.clear();
            upTo = 0;
            generation = now;
        }
        if (latest > upTo) {
            take(new Stretch(upTo, latest));
            upTo = latest;
        }
        while (!isComplete() && end - System.nanoTime() > 0) {
            goOn();
        }
        return new Found(known.ids(), false, upTo, isComplete());
    }

    private boolean isComplete() {
        return openIds.isEmpty() && open.isEmpty();
    }

    private void take(Stretch rows) {
        if (plan.condition().isExact()) {
            load(rows);
        } else if (!open.isEmpty() && open.getLast().last() == rows.after()) {
            open.addLast(new Stretch(open.removeLast().after(), rows.last()));
        } else {
            open.addLast(rows);
        }
    }

    private void goOn() {
        if (!openIds.isEmpty()) {
            look();
            return;
        }
        Stretch newest = open.getLast();
        // A search goes through the index each time.
        long after = plan.searching() ? newest.after() : Math.max(newest.after(), newest.last() - STRETCH);
        load(new Stretch(after, newest.last()));
        open.removeLast(); // not before: what can't be read now is asked for again
        if (after > newest.after()) {
            open.addLast(new Stretch(newest.after(), after));
        }
    }

    /** Claims the work of looking at the rest; false if somebody does it. */
    boolean startGoingOn() {
        return goingOn.compareAndSet(false, true);
    }

    void stopGoingOn() {
        goingOn.set(false);
    }

    /** Somebody wants it now. */
    void want() {
        wantedAt = System.nanoTime();
    }

    /** Tells if somebody has wanted it lately: who still does asks again when told of what was found meanwhile. */
    boolean isWanted() {
        return System.nanoTime() - wantedAt < WANTED_NANOS;
    }

    Plan plan() {
        return plan;
    }

    private void load(Stretch rows) {
        boolean exact = plan.condition().isExact();
        Sql possible = plan.condition().possible();
        Sql certain = exact ? Sql.TRUE : plan.condition().certain();
        String sql = "SELECT id, time, " + certain.text() + " FROM entry WHERE id > ? AND id <= ? AND "
                + possible.text() + " ORDER BY id";
        readers.ask(plan.tests(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int next = certain.bind(statement, 1);
                statement.setLong(next, rows.after());
                statement.setLong(next + 1, rows.last());
                possible.bind(statement, next + 2);
                add(statement);
            }
            return true;
        });
    }

    private void add(PreparedStatement statement) throws SQLException {
        LongList ids = new LongList();
        LongList times = new LongList();
        LongList possibleIds = new LongList();
        LongList possibleTimes = new LongList();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                boolean certain = rows.getBoolean(3);
                (certain ? ids : possibleIds).add(rows.getLong(1));
                (certain ? times : possibleTimes).add(rows.getLong(2));
            }
        }
        known = known.merge(IdList.of(ids.toArray(), times.toArray()));
        openIds = possibleIds; // there were none left, or never are any
        openTimes = possibleTimes;
    }

    private void look() {
        LongList ids = new LongList();
        LongList times = new LongList();
        readers.ask(connection -> {
            for (int i = 0; i < CHUNK && !openIds.isEmpty(); i++) {
                long id = openIds.pop();
                long time = openTimes.pop();
                if (matches(connection, id)) {
                    ids.add(id);
                    times.add(time);
                }
            }
            return true;
        });
        known = known.merge(IdList.of(ids.toArray(), times.toArray()));
    }

    private boolean matches(Connection connection, long id) throws SQLException {
        return Optional.of(Contents.read(connection, id))
                .filter(packed -> packed.length > 0)
                .map(packed -> plan.filter().matches(Unpacked.exchange(packed, id)))
                .orElse(false);
    }
}
