package io.github.captureproxy.internal.forward;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.record.RuleTrace;
import io.github.captureproxy.internal.rules.Heads;
import io.github.captureproxy.internal.rules.Verdict;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.HeadParser;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.RuleAction;
import io.github.captureproxy.rules.RuleAction.HeaderEdit;
import io.github.captureproxy.rules.TrafficRule;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request on its way through the rules: held as far as they need it, then sent on, or not. For one worker thread. */
final class RequestStage {
    private enum State {
        /** It is held until it is whole: a matcher looks at its body. */
        MATCHING,
        /** It is held until it is whole: a function gets it. */
        COLLECTING,
        /** It is read to its end and not kept: an answer takes its place. */
        READING,
        /** It waits for a function or a time, and so does its client. */
        WAITING,
        /** It is sent on. */
        SENDING,
        /** What is still to come of it is of no interest. */
        DROPPING
    }

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

    private final RuledExchange exchange;
    private final RuledRequest ruled;
    private final ExchangeRecorder recorder;
    private State state = State.WAITING;
    private PacedBytes held = new PacedBytes(0, System.nanoTime());
    private @Nullable Fields trailers;
    private @Nullable Verdict verdict;
    private boolean hasBody;
    private boolean continued;
    private boolean originFull;
    private boolean clientPaused;
    private boolean sent;
    private boolean ticking;

    RequestStage(RuledExchange exchange, RuledRequest ruled, ExchangeRecorder recorder) {
        this.exchange = exchange;
        this.ruled = ruled;
        this.recorder = recorder;
    }

    /** What has come in: content, and the trailers if that was the last; they are null before. */
    void take(ByteBuffer buffer, int from, int to, @Nullable Fields end) {
        if (state != State.READING && state != State.DROPPING) {
            held.add(buffer, from, to);
        }
        if (end != null) {
            trailers = end;
        }
    }

    private boolean isWhole() {
        return trailers != null;
    }

    /** The client may send more. */
    boolean isDrained() {
        boolean room = switch (state) {
            case MATCHING, COLLECTING, READING, DROPPING -> true;
            case WAITING, SENDING -> held.isEmpty() && !originFull;
        };
        clientPaused |= !room;
        return room;
    }

    /** The rule that settles it, in words. */
    String rule() {
        Verdict known = verdict;
        return known == null ? "a rule" : known.lastRule();
    }

    /** Asks the rules. */
    void begin(boolean withBody) {
        hasBody = withBody;
        List<TrafficRule> candidates = ruled.candidates();
        Optional<Verdict> known = Verdict.atOnce(candidates, ruled.captured());
        if (known.isPresent()) {
            decided(known.get());
        } else if (candidates.stream().anyMatch(rule -> rule.matcher().needsBody())) {
            collect(State.MATCHING);
        } else {
            match(ruled.captured());
        }
    }

    /** More of it has come in. */
    void advance() {
        switch (state) {
            case MATCHING, COLLECTING -> collected();
            case READING -> read();
            case SENDING -> pump();
            case WAITING, DROPPING -> {
                // it waits, or is not wanted
            }
        }
    }

    private void collect(State next) {
        state = next;
        askForBody();
        resumeClient();
        collected();
    }

    private void collected() {
        int limit = exchange.context().rules().maxBodyBytes();
        if (held.size() > limit) {
            exchange.fail(new Failure(
                    413,
                    Status.LIMIT_REACHED,
                    Side.PROXY,
                    "a rule needs the request's body, which is larger than " + limit + " bytes"));
        } else if (!isWhole()) {
            exchange.awaitClient();
        } else if (state == State.MATCHING) {
            match(whole());
        } else {
            compute();
        }
    }

    private CapturedRequest whole() {
        Fields end = trailers;
        HeaderList fields = end == null || end.count() == 0
                ? HeaderList.empty()
                : HeaderList.ofFieldLines(end.bytes(), 0, end.bytes().length);
        CapturedRequest head = ruled.captured();
        return head.withBody(CapturedBody.of(held.copy(), head.headers()), fields);
    }

    private void match(CapturedRequest request) {
        await();
        exchange.tasks().compute(() -> Verdict.of(ruled.candidates(), request), this::decided, exchange::fail);
    }

    private void await() {
        state = State.WAITING;
        exchange.awaitRules();
    }

    private void decided(Verdict made) {
        verdict = made;
        if (!made.isEmpty()) {
            recorder.ruled(made.names());
            exchange.decided(made, ruled);
        }
        RuleAction.Final end = made.end().orElse(null);
        if (end instanceof RuleAction.Block) {
            drop();
            exchange.tasks().later(0, this::block);
        } else if (end instanceof RuleAction.Reset) {
            drop();
            exchange.tasks().later(0, () -> exchange.outer().breakOff(rule() + " resets it"));
        } else if (end instanceof RuleAction.Stall stall) {
            drop();
            resumeClient();
            stall(stall.time());
        } else if (end instanceof RuleAction.Respond) {
            state = State.READING;
            held.clear();
            askForBody();
            resumeClient();
            read();
        } else if (made.needsRequestBody()) {
            collect(State.COLLECTING);
        } else {
            compute();
        }
    }

    private void drop() {
        state = State.DROPPING;
        held.clear();
    }

    private void block() {
        exchange.fail(new Failure(403, Status.FORBIDDEN, Side.PROXY, rule() + " blocks this request"));
    }

    private void stall(Optional<Duration> time) {
        if (time.isPresent()) {
            exchange.awaitRules();
            exchange.tasks().later(time.get().toMillis(), () -> exchange.outer().breakOff(rule() + " answers nothing"));
        } else {
            exchange.stall();
        }
    }

    private void read() {
        if (!isWhole()) {
            exchange.awaitClient();
            return;
        }
        Verdict known = verdict;
        if (known != null && known.end().orElse(null) instanceof RuleAction.Respond respond) {
            afterDelay(known, () -> answer(known, respond.answer()));
        }
    }

    /** What functions make of the request; where there are none, it goes on at once. */
    private void compute() {
        Verdict known = verdict;
        if (known == null || !known.computesRequest()) {
            Verdict decided = known == null ? Verdict.of(List.of(), ruled.captured()) : known;
            afterDelay(decided, () -> sendOn(decided, new Computed(null, null, null)));
            return;
        }
        CapturedRequest request = known.needsRequestBody() ? whole() : ruled.captured();
        await();
        exchange.tasks()
                .compute(
                        () -> Computed.of(
                                known, request, exchange.context().rules().maxBodyBytes()),
                        made -> afterDelay(known, () -> carryOut(known, made)),
                        exchange::fail);
    }

    /**
     * What functions have made of a request.
     *
     * @param answer the answer in its place; null if it is sent on
     * @param body its new body; null if it keeps its own
     * @param target its new path and query; null if it keeps its own
     */
    private record Computed(
            @Nullable Answer answer,
            byte @Nullable [] body,
            @Nullable String target) {
        static Computed of(Verdict verdict, CapturedRequest request, int maxBytes) {
            Optional<Answer> answer = verdict.answer(request);
            if (answer.isPresent()) {
                return new Computed(answer.get(), null, null);
            }
            byte[] body = verdict.changesRequestBody()
                    ? verdict.requestBody(request.body().decoded(maxBytes))
                    : null;
            String query = request.query().map(it -> "?" + it).orElse("");
            return new Computed(null, body, verdict.target(request.path() + query));
        }
    }

    private void carryOut(Verdict known, Computed made) {
        Answer answer = made.answer();
        if (answer != null) {
            answer(known, answer);
        } else {
            sendOn(known, made);
        }
    }

    private void afterDelay(Verdict known, Runnable task) {
        Duration delay = known.requestDelay();
        boolean answers = known.end().isPresent();
        if (delay.isZero() && !answers) {
            task.run();
            return;
        }
        await();
        exchange.tasks().later(delay.toMillis(), task); // an answer never comes within the request's own event
    }

    private void answer(Verdict known, Answer answer) {
        drop();
        sent = true;
        try {
            int limit = exchange.context().config().limits().headerBytes();
            ResponseHead head = Heads.answer(answer, ruled.captured().method(), limit);
            Fields trailers = Heads.trailers(answer, limit);
            recorder.answeredByRule("by " + known.lastRule());
            byte[] body = answer.body();
            exchange.response().head(head);
            if (!exchange.isOver()) {
                boolean hasContent = exchange.response().hasContent();
                exchange.response()
                        .take(
                                ByteBuffer.wrap(body),
                                0,
                                hasContent ? body.length : 0,
                                hasContent ? trailers : Fields.NONE);
            }
        } catch (MalformedMessageException e) {
            exchange.fail(new Failure(502, Status.INTERNAL_ERROR, Side.PROXY, e.problem()));
        }
    }

    private void sendOn(Verdict known, Computed made) {
        Failure nowhere = ruled.reachesNothing();
        RuleAction.Redirect redirect = known.redirect().orElse(null);
        if (nowhere != null && redirect == null) {
            exchange.fail(nowhere);
            return;
        }
        byte[] body = made.body();
        try {
            RequestHead head = head(known, made);
            boolean withBody = body == null ? hasBody : body.length > 0;
            ExchangeRecorder beyond = recorder.sendsOn(
                    ExchangeRecorder.captured(
                            head,
                            redirect == null ? ruled.captured().origin().orElse(null) : redirect.origin(),
                            head.version()),
                    new RuleTrace.Changes(
                            known.changesRequest(),
                            body != null,
                            known.changesResponse(),
                            known.changesResponseBody() || known.cutAfter().isPresent()));
            OutgoingRequest outgoing = ruled.sender().outgoing(head, !withBody, redirect, beyond);
            if (body != null || known.requestRate() > 0) {
                PacedBytes paced = new PacedBytes(known.requestRate(), System.nanoTime());
                byte[] all = body == null ? held.takeAll() : body;
                paced.add(ByteBuffer.wrap(all), 0, all.length);
                held = paced;
                hasBody = withBody;
            }
            state = State.SENDING;
            sent = !hasBody;
            exchange.sendOn(outgoing, beyond, redirect != null);
            pump();
        } catch (MalformedMessageException e) {
            exchange.fail(new Failure(502, Status.INTERNAL_ERROR, Side.PROXY, e.problem()));
        }
    }

    private RequestHead head(Verdict known, Computed made) throws MalformedMessageException {
        RequestHead head = ruled.head();
        byte[] body = made.body();
        if (!known.changesRequest() && !continued) {
            return head;
        }
        List<HeaderEdit> edits = new ArrayList<>(known.requestEdits());
        if (body != null) {
            edits.addAll(Heads.forBody(body.length));
        }
        if (continued) { // the client has been told to go on
            edits.add(new HeaderEdit("Expect", Optional.empty(), false));
        }
        boolean elsewhere = known.redirect().isPresent();
        String own = elsewhere ? pathOf(ruled.captured()) : head.target();
        String target = made.target();
        boolean isNew = target != null && !target.equals(pathOf(ruled.captured()));
        return Heads.request(
                head,
                known.method(head.method()),
                target != null && isNew ? inFormOf(head.target(), target) : own,
                edits,
                exchange.context().config().limits().headerBytes());
    }

    private static String pathOf(CapturedRequest request) {
        return request.path() + request.query().map(it -> "?" + it).orElse("");
    }

    /** A path and query in absolute-form, if that is what the client sent. */
    private String inFormOf(String form, String pathAndQuery) {
        boolean absolute = !form.startsWith("/") && ruled.captured().origin().isPresent();
        return absolute ? ruled.captured().origin().orElseThrow() + pathAndQuery : pathAndQuery;
    }

    /** The client may be waiting to be told to send its body (RFC 9110 section 10.1.1). */
    private void askForBody() {
        boolean waits = !isWhole()
                && !continued
                && ruled.captured()
                        .headers()
                        .first("expect")
                        .filter("100-continue"::equalsIgnoreCase)
                        .isPresent();
        if (waits) {
            continued = true;
            try {
                exchange.outer().informational(HeadParser.response(CONTINUE.clone(), 1));
            } catch (MalformedMessageException e) {
                throw new IllegalStateException("the proxy's own interim response is malformed", e);
            }
        }
    }

    private void pump() {
        ExchangeRelay inner = exchange.inner();
        while (inner != null && !exchange.isOver() && !originFull && !held.isEmpty()) {
            int length = held.allowed(System.nanoTime());
            if (length == 0) {
                tick();
                return;
            }
            ByteBuffer piece = held.take(length);
            Fields end = trailers;
            boolean last = held.isEmpty() && end != null && end.count() == 0;
            if (last) {
                sent = true;
                inner.request().body().endsWithNext();
            }
            inner.requestBody(piece, piece.position(), piece.limit());
        }
        Fields end = trailers;
        if (inner != null && !exchange.isOver() && held.isEmpty() && end != null && !sent) {
            sent = true;
            inner.requestTrailers(end);
        }
        if (held.isEmpty() && !originFull) {
            resumeClient();
        }
    }

    private void tick() {
        if (!ticking) {
            ticking = true;
            exchange.tasks().later(held.waitMillis(), () -> {
                ticking = false;
                pump();
            });
        }
    }

    private void resumeClient() {
        if (clientPaused) {
            clientPaused = false;
            exchange.outer().originDrained();
        }
    }

    void originIsFull() {
        originFull = true;
        clientPaused = true;
    }

    void originHasRoom() {
        originFull = false;
        pump();
    }
}
