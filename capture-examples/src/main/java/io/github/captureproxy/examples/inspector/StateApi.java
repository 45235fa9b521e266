package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.SessionRow;
import io.github.captureproxy.examples.store.StoreState;
import io.github.captureproxy.history.ProxyCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where the proxy listens, what it holds, and what is wrong: asked for once, then told as it changes. */
final class StateApi implements AutoCloseable {
    /** Pages look at what changed so often: faster is no help to eyes, and costs the page. */
    private static final long TICK_MILLIS = 250;

    private final Desk desk;
    private final Whereabouts whereabouts;
    private final HistoryStore store;
    private final Sessions sessions;
    private final Events events;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "inspector-ticks");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable State told;
    private final AtomicLong changes = new AtomicLong();
    private final NewsPace pace = new NewsPace();
    private long toldChanges;
    private HistoryStore.@Nullable Registration registration;

    /**
     * What every view shows.
     *
     * @param address what a client on this machine sets as its proxy
     * @param elsewhere what other devices set, where that is another one
     */
    record State(
            boolean paused,
            String address,
            Optional<String> elsewhere,
            boolean https,
            long rows,
            long latest,
            long storeBytes,
            long open,
            long dropped,
            List<String> problems,
            Optional<SessionRow> session) {
        /** Nothing but numbers that traffic moves is other than it was. */
        boolean differsByCountsAlone(State before) {
            return paused == before.paused
                    && https == before.https
                    && address.equals(before.address)
                    && elsewhere.equals(before.elsewhere)
                    && problems.equals(before.problems)
                    && session.equals(before.session);
        }
    }

    StateApi(Whereabouts whereabouts, HistoryStore store, Sessions sessions, Events events) {
        this.desk = whereabouts.desk();
        this.whereabouts = whereabouts;
        this.store = store;
        this.sessions = sessions;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/state", call -> Reply.json(state()));
        routes.on("POST", "/api/recording", call -> {
            desk.pause(call.json().path("paused").asBoolean());
            return Reply.json(state());
        });
        registration = store.onChange(latest -> changes.incrementAndGet());
        var unused = ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Tells pages what has changed since the last time, if there are any. */
    private void tick() {
        if (!events.hasPages()) {
            told = null;
            return;
        }
        long now = changes.get();
        State state = state();
        boolean due = pace.tick(state.latest());
        if (!due && told != null && state.differsByCountsAlone(told)) {
            return;
        }
        if (now != toldChanges) {
            toldChanges = now;
            events.tell("rows", Map.of("latest", state.latest(), "total", state.rows()));
        }
        if (!Objects.equals(told, state)) {
            told = state;
            events.tell("state", state);
        }
    }

    private State state() {
        StoreState kept = store.state();
        ProxyCounts counts = desk.proxy().counts();
        long missed = desk.dropped(Recorder.class);
        ThisMachine.Reach reach = whereabouts.now();
        return new State(
                desk.isPaused(),
                reach.here(),
                reach.elsewhere(),
                desk.tls().isPresent(),
                kept.rows(),
                kept.latestId(),
                kept.fileBytes(),
                counts.exchangesOpen() + counts.tunnelsOpen(),
                missed + kept.notRecorded(),
                problems(kept, missed),
                sessions.open());
    }

    private static List<String> problems(StoreState kept, long missed) {
        List<String> problems = new ArrayList<>();
        kept.problem().ifPresent(problem -> problems.add("Recording has stopped: " + problem));
        if (missed > 0) {
            problems.add(missed + (missed == 1 ? " exchange or tunnel" : " exchanges and tunnels")
                    + " came faster than could be recorded, and are not in the list.");
        }
        return problems;
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.close();
        }
        ticks.shutdownNow();
    }
}
