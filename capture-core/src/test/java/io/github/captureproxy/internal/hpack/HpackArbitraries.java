package io.github.captureproxy.internal.hpack;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Field lines that repeat often enough for the tables to matter. */
final class HpackArbitraries {

    private HpackArbitraries() {}

    static Arbitrary<String> lines() {
        Arbitrary<String> common = Arbitraries.of(
                ":method",
                ":path",
                ":status",
                "cookie",
                "authorization",
                "date",
                "user-agent",
                "x-a",
                "x-b",
                "x-request-id");
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(4, common),
                Tuple.of(
                        1,
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(40)));
        Arbitrary<String> usual =
                Arbitraries.of("", "/", "GET", "200", "a", "a value that is longer than sixteen bytes");
        Arbitrary<String> any =
                Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(30);
        Arbitrary<String> large =
                Arbitraries.strings().withCharRange('0', '9').ofMinLength(100).ofMaxLength(3000);
        Arbitrary<String> value = Arbitraries.frequencyOf(Tuple.of(6, usual), Tuple.of(3, any), Tuple.of(1, large));
        return Combinators.combine(name, value).as((n, v) -> n + ": " + v);
    }

    /** Some of them never to be indexed. */
    static Arbitrary<String> markedLines() {
        return Combinators.combine(lines(), Arbitraries.integers().between(0, 4))
                .as((line, nth) -> nth == 0 ? HpackTranscript.neverIndexed(line) : line);
    }
}
