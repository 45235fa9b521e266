package io.github.captureproxy.examples.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers to the last queries. Safe for any thread; the lock guards the maps alone. */
final class Results implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    /** A page asks the same few again and again; each holds 16 bytes for each row that it means. */
    private static final int MAX_QUERIES = 6;

    /** So long a caller waits for rows to be looked at; the rest goes on without it. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

    /** A list that took long to sort may be so many times that old: sorting takes a fifth of the time at most. */
    private static final int STALE_FACTOR = 4;

    private final Readers readers;
    private final Changes changes;
    private final KnownClients clients;
    private final ExecutorService looker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "capture-store-filter");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<RowQuery, Matches> matches = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<RowQuery, Ordered> ordered = new LinkedHashMap<>(16, 0.75f, true);

    /** A list in another order than that of time. */
    private record Ordered(Found found, long generation, long madeAt, long tookNanos) {}

    Results(Readers readers, Changes changes, KnownClients clients) {
        this.readers = readers;
        this.changes = changes;
        this.clients = clients;
    }

    Found find(RowQuery query) {
        return find(query, PATIENCE_NANOS);
    }

    /** Waits until all rows were looked at. */
    Found findAll(RowQuery query) {
        return find(query, Long.MAX_VALUE / 2);
    }

    private Found find(RowQuery query, long patience) {
        Matches meant = matches(query);
        meant.want();
        Found byTime = query.sort() == Sort.TIME || !meant.plan().condition().isExact()
                ? meant.refresh(patience)
                : new Found(new long[0], false, 0, true);
        if (!byTime.complete()) {
            goOn(meant);
        }
        if (query.sort() == Sort.TIME) {
            return new Found(byTime.ids(), query.descending(), byTime.upTo(), byTime.complete());
        }
        Found sorted = sorted(query, meant.plan(), byTime);
        return new Found(sorted.ids(), query.descending(), sorted.upTo(), sorted.complete());
    }

    private Matches matches(RowQuery query) {
        RowQuery key = query.sorted(Sort.TIME, false);
        synchronized (matches) {
            Matches known = matches.get(key);
            if (known != null && !known.plan().isOutdated(key, clients)) {
                return known;
            }
            Matches made = new Matches(Plan.of(key, clients), readers, changes);
            matches.put(key, made);
            trim(matches);
            return made;
        }
    }

    private static void trim(Map<RowQuery, ?> map) {
        List<RowQuery> keys = new ArrayList<>(map.keySet());
        keys.stream().limit(Math.max(keys.size() - MAX_QUERIES, 0)).forEach(map::remove);
    }

    /**
     * Looks at the rest on a thread of its own, and tells when that has got further. It takes turns with other queries, and
     * ends when nobody wants it any more, as whoever types asks another one with each letter.
     */
    private void goOn(Matches meant) {
        if (meant.startGoingOn()) {
            try {
                looker.execute(() -> goOnFor(meant));
            } catch (RejectedExecutionException e) { // It is being closed: nobody waits for the rest.
                meant.stopGoingOn();
            }
        }
    }

    private void goOnFor(Matches meant) {
        boolean more = false;
        try {
            more = meant.isWanted() && !meant.refresh(PATIENCE_NANOS).complete();
        } catch (RuntimeException e) {
            if (!looker.isShutdown()) { // which ends what it does
                LOG.warn("rows of the history could not be filtered", e);
            }
        } finally {
            meant.stopGoingOn();
        }
        changes.tell();
        if (more) {
            goOn(meant);
        }
    }

    private Found sorted(RowQuery query, Plan plan, Found byTime) {
        RowQuery key = query.sorted(query.sort(), false);
        long generation = changes.generation();
        long latest = plan.searching() ? changes.indexed() : changes.latest();
        long upTo = plan.condition().isExact() ? latest : byTime.upTo();
        Ordered known;
        synchronized (ordered) {
            known = ordered.get(key);
        }
        if (known != null && known.generation == generation && isGood(known, byTime, upTo, plan)) {
            return known.found;
        }
        long start = System.nanoTime();
        long[] ids = plan.condition().isExact() ? sort(query.sort(), plan, upTo) : sort(query.sort(), byTime.ids());
        Ordered made = new Ordered(
                new Found(ids, false, upTo, byTime.complete()),
                generation,
                System.nanoTime(),
                System.nanoTime() - start);
        synchronized (ordered) {
            ordered.put(key, made);
            trim(ordered);
        }
        return made.found;
    }

    private static boolean isGood(Ordered known, Found byTime, long upTo, Plan plan) {
        boolean same = known.found.upTo() == upTo
                && known.found.complete() == byTime.complete()
                && (plan.condition().isExact() || known.found.ids().length == byTime.ids().length);
        return same || System.nanoTime() - known.madeAt < STALE_FACTOR * known.tookNanos;
    }

    private long[] sort(Sort sort, Plan plan, long upTo) {
        Sql meant = plan.condition().possible();
        return ids(plan, Sql.all(List.of(Sql.of("id <= ?", upTo), meant)), sort);
    }

    private long[] sort(Sort sort, long[] ids) {
        Plan none = Plan.of(RowQuery.ALL, clients);
        return ids(none, Sql.of("id IN (SELECT value FROM json_each(?))", json(ids)), sort);
    }

    private long[] ids(Plan plan, Sql where, Sort sort) {
        String order = sort == Sort.PATH ? "path, query, id" : sort.column() + ", id";
        return readers.ask(plan.tests(), connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT id FROM entry WHERE " + where.text() + " ORDER BY " + order)) {
                where.bind(statement, 1);
                LongList ids = new LongList();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getLong(1));
                    }
                }
                return ids.toArray();
            }
        });
    }

    static String json(long[] ids) {
        StringJoiner array = new StringJoiner(",", "[", "]");
        Arrays.stream(ids).forEach(id -> array.add(Long.toString(id)));
        return array.toString();
    }

    @Override
    public void close() {
        looker.shutdownNow();
    }
}
