package io.github.captureproxy.testkit.http2;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a peer may do about what it got: one or more ways of reacting, any of which is right. */
public final class Reaction {
    private static final Way END = new Way("the end", it -> it.ended() && it.goAway() <= 0);

    private final int stream;
    private final boolean endsConnection;
    private final List<Way> ways;

    /** One way to react. */
    private record Way(String name, Predicate<Observed> taken) {}

    private Reaction(int stream, boolean endsConnection, List<Way> ways) {
        this.stream = stream;
        this.endsConnection = endsConnection;
        this.ways = ways;
    }

    /** A connection error: GOAWAY with one of some codes, and the end (RFC 9113, section 5.4.1). */
    public static Reaction connectionError(ErrorCode... codes) {
        Set<Integer> accepted = numbers(codes);
        return new Reaction(
                0,
                true,
                List.of(new Way(
                        "a connection error " + List.of(codes), it -> it.ended() && accepted.contains(it.goAway()))));
    }

    /** The end of the connection, with a GOAWAY that names no error or with none. */
    public static Reaction closes() {
        return new Reaction(0, true, List.of(END));
    }

    /** A stream error: RST_STREAM with one of some codes, on a connection that lives on (section 5.4.2). */
    public static Reaction streamError(int stream, ErrorCode... codes) {
        Set<Integer> accepted = numbers(codes);
        return onStream(
                stream, "a stream error " + List.of(codes), it -> it.status() == 0 && accepted.contains(it.reset()));
    }

    /** A stream error that comes when the response has begun. */
    public static Reaction resetBehindHead(int stream, ErrorCode code) {
        return onStream(stream, "a head and then " + code, it -> it.status() == 200 && it.reset() == code.code());
    }

    /** As an error of a stream, which may be taken for one of the connection (section 5.4.1). */
    public static Reaction anyError(int stream, ErrorCode... codes) {
        return streamError(stream, codes).or(connectionError(codes));
    }

    /** A malformed request: a stream error, or 400 (section 8.1.1). */
    public static Reaction malformed(int stream) {
        return streamError(stream, ErrorCode.PROTOCOL_ERROR)
                .or(onStream(stream, "status 400", it -> it.status() == 400 && it.reset() <= 0 && it.streamEnded()));
    }

    /** A request that is not served, whatever the reason given. */
    public static Reaction refused(int stream) {
        return onStream(stream, "a stream error", it -> it.status() == 0 && it.reset() > 0)
                .or(onStream(stream, "an error's status", it -> it.status() >= 400 && it.streamEnded()));
    }

    /** Anything but a response that looks whole: a reset, the end of the connection, or 502 in its place. */
    public static Reaction spoiled(int stream) {
        return new Reaction(
                stream,
                false,
                List.of(
                        new Way("a stream error", it -> it.reset() > 0),
                        new Way("status 502", it -> it.status() == 502 && it.streamEnded()),
                        new Way("the end", it -> it.ended() && !it.streamEnded())));
    }

    /** The connection lives on, and nothing is said of a stream. */
    public static Reaction lives() {
        return new Reaction(0, false, List.of(new Way("the connection lives on", it -> !it.ended())));
    }

    /** A whole response. */
    public static Reaction answers(int stream, int... statuses) {
        return onStream(
                stream,
                "a whole response with status " + List.of(boxed(statuses)),
                it -> List.of(boxed(statuses)).contains(it.status()) && it.reset() <= 0 && it.streamEnded());
    }

    private static Integer[] boxed(int... numbers) {
        return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
    }

    private static Reaction onStream(int stream, String name, Predicate<Observed> taken) {
        return new Reaction(stream, false, List.of(new Way(name, it -> !it.ended() && taken.test(it))));
    }

    private static Set<Integer> numbers(ErrorCode... codes) {
        return Stream.of(codes).map(ErrorCode::code).collect(toSet());
    }

    /** This, or another of the same stream. */
    public Reaction or(Reaction other) {
        List<Way> all = new ArrayList<>(ways);
        all.addAll(other.ways);
        boolean nothingOfAStream = !endsConnection && stream == 0 || !other.endsConnection && other.stream == 0;
        return new Reaction(
                nothingOfAStream ? 0 : Math.max(stream, other.stream), endsConnection && other.endsConnection, all);
    }

    /** The stream whose end is to be waited for; 0 if there is none. */
    int stream() {
        return stream;
    }

    /** Tells whether only the end of the connection will do. */
    boolean endsConnection() {
        return endsConnection;
    }

    /** Tells whether the connection may end at any time, for no fault. */
    boolean mayClose() {
        return ways.contains(END);
    }

    boolean accepts(Observed observed) {
        return !observed.stuck() && ways.stream().anyMatch(way -> way.taken().test(observed));
    }

    @Override
    public String toString() {
        return String.join(", or ", ways.stream().map(Way::name).toList());
    }
}
