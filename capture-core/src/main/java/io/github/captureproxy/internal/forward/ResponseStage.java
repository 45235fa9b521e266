package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.Outcome.Side;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.internal.rules.Heads;
import io.github.captureproxy.internal.rules.Verdict;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.MalformedMessageException;
import io.github.captureproxy.internal.wire.RequestHead;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.rules.RuleAction.HeaderEdit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response on its way through the rules: held as far as they say, then given to the client. For one worker thread. */
final class ResponseStage {
    private enum State {
        /** No response has come yet. */
        AWAITED,
        /** It is held until it is whole: a function gets its body. */
        COLLECTING,
        /** It waits for a function or a time. */
        WAITING,
        /** It goes to the client. */
        SENDING,
        /** The client has been given all of it. */
        DONE
    }

    private final RuledExchange exchange;
    private final @Nullable Verdict verdict;
    private final RequestHead request;
    private final long cutAfter;
    private State state = State.AWAITED;
    private PacedBytes held;
    private @Nullable ResponseHead head;
    private @Nullable Fields trailers;
    private boolean headSent;
    private long passed;
    private boolean ticking;

    /** Nothing is to be done to it where there is no verdict. */
    ResponseStage(RuledExchange exchange, @Nullable Verdict verdict, RequestHead request) {
        this.exchange = exchange;
        this.verdict = verdict;
        this.request = request;
        this.cutAfter = verdict == null ? Long.MAX_VALUE : verdict.cutAfter().orElse(Long.MAX_VALUE);
        this.held = new PacedBytes(verdict == null ? 0 : verdict.responseRate(), System.nanoTime());
    }

    /** It waits here, so that no time is to be measured of who sends it. */
    boolean isHolding() {
        return state == State.WAITING;
    }

    /** It has begun, and the client has got nothing of it. */
    boolean isHeld() {
        return head != null && !headSent;
    }

    /** More of it can be taken in. */
    boolean hasRoom() {
        return state == State.COLLECTING || held.isEmpty();
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** It has content (RFC 9110 section 6.4.1). */
    boolean hasContent() {
        ResponseHead known = head;
        return known != null && !request.method().equals("HEAD") && known.status() != 204 && known.status() != 304;
    }

    /** The head has come. */
    void head(ResponseHead received) {
        head = received;
        Verdict known = verdict;
        if (known != null && known.changesResponseBody() && hasContent()) {
            state = State.COLLECTING;
            return;
        }
        if (known != null && known.changesResponseHead() && !edit(known, received, List.of())) {
            return;
        }
        delay();
    }

    /** Changes the head; false if that cannot be. */
    private boolean edit(Verdict known, ResponseHead received, List<HeaderEdit> more) {
        List<HeaderEdit> edits = new ArrayList<>(known.responseEdits());
        edits.addAll(more);
        try {
            // It has the fields of a response with content (RFC 9110 section 15.4.5), which cannot follow.
            boolean fixed = received.status() == 304 && !request.method().equals("HEAD");
            int status = fixed ? received.status() : known.status(received.status());
            head = Heads.response(
                    received,
                    status,
                    edits,
                    exchange.context().config().limits().headerBytes());
            return true;
        } catch (MalformedMessageException e) {
            exchange.fail(new Failure(502, Status.INTERNAL_ERROR, Side.PROXY, e.problem()));
            return false;
        }
    }

    private void delay() {
        long millis = verdict == null ? 0 : verdict.responseDelay().toMillis();
        if (millis == 0) {
            state = State.SENDING;
            return;
        }
        state = State.WAITING;
        exchange.awaitRules();
        exchange.tasks().later(millis, () -> {
            state = State.SENDING;
            flush();
        });
    }

    /** What has come in of the body, and the trailers if that was the last; they are null before. */
    void take(ByteBuffer buffer, int from, int to, @Nullable Fields end) {
        if (end != null) {
            trailers = end;
        }
        boolean direct = state == State.SENDING && held.isEmpty() && !held.isPaced() && cutAfter == Long.MAX_VALUE;
        if (direct) {
            sendHead(from == to);
            if (state == State.SENDING && !exchange.isOver()) {
                send(buffer, from, to);
            }
            return;
        }
        held.add(buffer, from, to);
        if (state == State.COLLECTING) {
            collected();
        } else {
            flush();
        }
    }

    private void collected() {
        int limit = exchange.context().rules().maxBodyBytes();
        if (held.size() > limit) {
            exchange.fail(new Failure(
                    502,
                    Status.LIMIT_REACHED,
                    Side.PROXY,
                    "a rule needs the response's body, which is larger than " + limit + " bytes"));
            return;
        }
        Verdict known = verdict;
        ResponseHead received = head;
        if (trailers == null || known == null || received == null) {
            return;
        }
        state = State.WAITING;
        exchange.awaitRules();
        HeaderList headers = HeaderList.ofFieldLines(received.bytes(), received.fieldsStart(), received.bytes().length);
        CapturedBody body = CapturedBody.of(held.takeAll(), headers);
        exchange.tasks()
                .compute(
                        () -> known.responseBody(body.decoded(limit)),
                        made -> {
                            if (edit(known, received, Heads.forBody(made.length))) {
                                held.add(ByteBuffer.wrap(made), 0, made.length);
                                delay();
                                flush();
                            }
                        },
                        exchange::fail);
    }

    /** Sends on what waits, as far as the client takes it. */
    void flush() {
        if (state != State.SENDING) {
            return;
        }
        sendHead(held.isEmpty());
        while (state == State.SENDING && !exchange.isOver() && !held.isEmpty() && exchange.clientIsDrained()) {
            if (passed == cutAfter) {
                exchange.outer().breakOff(exchange.rule() + " cuts the response after " + passed + " bytes");
                return;
            }
            int length = (int) Math.min(held.allowed(System.nanoTime()), cutAfter - passed);
            if (length == 0) {
                tick();
                return;
            }
            ByteBuffer piece = held.take(length);
            passed += piece.remaining();
            send(piece, piece.position(), piece.limit());
        }
        if (state == State.SENDING && !exchange.isOver() && held.isEmpty()) {
            if (trailers != null) {
                send(EMPTY, 0, 0);
            } else {
                exchange.originMaySend();
            }
        }
    }

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private void tick() {
        if (!ticking) {
            ticking = true;
            exchange.tasks().later(held.waitMillis(), () -> {
                ticking = false;
                flush();
            });
        }
    }

    private void sendHead(boolean withoutContent) {
        ResponseHead known = head;
        if (headSent || known == null) {
            return;
        }
        headSent = true;
        Fields end = trailers;
        // With a coding in the head, the end of content that is none has to be written, too.
        boolean whole = withoutContent
                && end != null
                && end.count() == 0
                && !known.fields().has(FieldName.TRANSFER_ENCODING);
        if (whole) {
            state = State.DONE;
        }
        try {
            exchange.outer().response(known, whole);
        } catch (MalformedMessageException e) {
            exchange.outer().malformedResponse(e.problem());
        }
    }

    /** The last piece, or the trailers, end the response. */
    private void send(ByteBuffer piece, int from, int to) {
        Fields end = held.isEmpty() ? trailers : null;
        boolean last = end != null && end.count() == 0 && from < to;
        try {
            if (last) {
                state = State.DONE;
            }
            if (from < to) {
                exchange.outer().responseData(piece, from, to, last);
            }
        } catch (MalformedMessageException e) {
            exchange.outer().malformedResponse(e.problem());
        }
        if (end != null && !last && !exchange.isOver()) {
            state = State.DONE;
            exchange.outer().responseTrailers(end);
        }
    }
}
