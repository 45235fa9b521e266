package io.github.captureproxy.tls.load;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** What both ends of each stream saw, beside what a proxy recorded of it. */
final class StreamLedger implements ExchangeListener {
    private static final long REFUSED_STREAM = 7;

    private final IntFunction<StreamPlan> plans;
    private final Map<Integer, Note> recorded = new ConcurrentHashMap<>();
    private final Map<Integer, Long> clientResets = new ConcurrentHashMap<>();
    private final Map<Integer, Long> originResets = new ConcurrentHashMap<>();
    private final Set<Integer> gotAll = ConcurrentHashMap.newKeySet();
    private final Set<Integer> done = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger deliveries = new AtomicInteger();

    /** What was recorded of a stream, without its bodies. */
    private record Note(
            Status status,
            boolean requestWhole,
            boolean responseWhole,
            HttpHop clientHop,
            Optional<HttpHop> originHop) {
        boolean wasReset(long code) {
            return clientHop.reset().filter(it -> it.code() == code).isPresent();
        }

        boolean originWasReset(long code) {
            return originHop
                    .flatMap(HttpHop::reset)
                    .filter(it -> it.code() == code)
                    .isPresent();
        }
    }

    StreamLedger(IntFunction<StreamPlan> plans) {
        this.plans = plans;
    }

    void wrong(String what) {
        wrong.add(what);
    }

    /** What is wrong so far. */
    List<String> wrongs() {
        return List.copyOf(wrong);
    }

    void clientDone(StreamPlan plan) {
        if (!done.add(plan.ordinal())) {
            wrong(plan + " was done twice");
        }
    }

    int done() {
        return done.size();
    }

    int deliveries() {
        return deliveries.get();
    }

    void clientSawReset(StreamPlan plan, long code) {
        clientResets.put(plan.ordinal(), code);
    }

    void originSawReset(StreamPlan plan, long code) {
        originResets.put(plan.ordinal(), code);
    }

    void originGotAll(StreamPlan plan) {
        gotAll.add(plan.ordinal());
    }

    @Override
    public void onExchange(Exchange exchange) {
        StreamPlan plan = plans.apply(Integer.parseInt(exchange.request().path().substring(1)));
        boolean requestWhole = isWhole(plan, exchange.request().body(), plan.request());
        boolean responseWhole = exchange.response().isPresent()
                && isWhole(plan, exchange.response().get().body(), plan.response())
                && exchange.response().get().trailers().isEmpty() != plan.hasResponseTrailers();
        Note note = new Note(
                exchange.outcome().status(),
                requestWhole && exchange.request().trailers().isEmpty() != plan.hasRequestTrailers(),
                responseWhole,
                exchange.clientHop(),
                exchange.originHop());
        if (recorded.put(plan.ordinal(), note) != null) {
            wrong(plan + " was recorded twice");
        }
        deliveries.incrementAndGet();
    }

    /** Whatever was captured has to be right; tells if it is all. */
    private boolean isWhole(StreamPlan plan, CapturedBody body, Content content) {
        byte[] bytes = body.bytes();
        boolean whole = body.isComplete() && bytes.length == content.size();
        if (!content.hasAt(0, bytes, 0, bytes.length) || body.size() != bytes.length) {
            wrong(plan + " has other bytes recorded");
        }
        if (whole && bytes.length > 0 && !body.sha256().equals(Optional.of(content.sha256()))) {
            wrong(plan + " has another digest recorded");
        }
        return whole;
    }

    /** Each stream up to that number was recorded once, as both of its ends saw it. */
    List<String> check(int streams) {
        for (int ordinal = 0; ordinal < streams; ordinal++) {
            StreamPlan plan = plans.apply(ordinal);
            Note note = recorded.get(ordinal);
            if (note == null || !done.contains(ordinal) || !fits(plan, note)) {
                wrong(plan + " is recorded as " + note + "; the client saw the reset " + clientResets.get(ordinal)
                        + ", the origin " + originResets.get(ordinal) + " or all: " + gotAll.contains(ordinal));
            }
        }
        return wrongs();
    }

    private boolean fits(StreamPlan plan, Note note) {
        boolean completed = note.status == Status.COMPLETED && note.responseWhole;
        boolean saidWhole = !clientResets.containsKey(plan.ordinal());
        boolean got = gotAll.contains(plan.ordinal());
        return switch (plan.ending()) {
            case WHOLE, BOTH_WAYS -> completed && note.requestWhole && saidWhole && got;
            case EARLY -> completed && saidWhole && got;
            case EARLY_AND_STOPPED -> completed && saidWhole;
            case CLIENT_RESETS -> completed || isClientsReset(plan, note);
            case ORIGIN_RESETS -> isOriginsReset(plan, note, plan.code());
            case REFUSED_ONCE ->
                completed && note.requestWhole && saidWhole && got
                        || !plan.isBare() && isOriginsReset(plan, note, REFUSED_STREAM);
        };
    }

    private boolean isClientsReset(StreamPlan plan, Note note) {
        long seen = originResets.getOrDefault(plan.ordinal(), plan.code());
        return note.status == Status.CLIENT_ABORTED && note.wasReset(plan.code()) && seen == plan.code();
    }

    private boolean isOriginsReset(StreamPlan plan, Note note, long code) {
        return note.status == Status.ORIGIN_ABORTED
                && note.wasReset(code)
                && note.originWasReset(code)
                && clientResets.getOrDefault(plan.ordinal(), -1L) == code;
    }
}
