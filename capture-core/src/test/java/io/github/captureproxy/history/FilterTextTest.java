package io.github.captureproxy.history;

import static io.github.captureproxy.history.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "method:POST host:*.example.com => method is POST and host is *.example.com",
                "method:GET,POST => method is GET or POST",
                "-url:debug status:5xx => not (URL contains 'debug') and status is 5xx",
                "a b or c => (URL contains 'a' and URL contains 'b') or URL contains 'c'",
                "a and (b OR c) => URL contains 'a' and (URL contains 'b' or URL contains 'c')",
                "not not a => not (not (URL contains 'a'))",
                "-(a or b) => not (URL contains 'a' or URL contains 'b')",
                "(type:image/* or size:>100k) => response is of type image/* or response body has more than 102400 bytes",
                "status:404,500-599 => status is 404 or status is 500 to 599",
                "\"two words\" 'or' => URL contains 'two words' and URL contains 'or'",
                "url:\"a \\\"b\\\" \\\\ \\c\" => URL contains 'a \"b\" \\ \\c'",
                "regex:^(a|b)$ => URL matches '^(a|b)$'",
                "http://x/y => URL contains 'http://x/y'",
                "\"a:b\" => URL contains 'a:b'",
                "client:fe80::/10 => client is fe80::/10",
                "json:/a=7 => request JSON has /a = 7 or response JSON has /a = 7",
                "request-json:/a='\"7\"' => request JSON has /a = '7'",
                "request-json:/a=null => request JSON has /a = null",
                "response-header:x-a=\"b c\" => response has x-a: b c",
                "query:q query:q=1 => query has q and query has q=1",
                "path:/a path:/a/* => path is /a and path is like /a/*",
                "duration:>500ms duration:<2s => took more than 0.5s and took less than 2s",
                "outcome:timed-out is:failed => outcome is TIMED_OUT and failed",
                "METHOD:GET scheme:https port:443 => method is GET and scheme is https and port is 443",
                "is:media,preflight => not (is no media) or not (is no preflight)",
                "user:ann label:app,web graphql:Cart => proxy user is ann and (label is app or label is web) and GraphQL operation is Cart",
            })
    void aTextIsReadAsAFilter(String text, String words) {
        assertThat(ExchangeFilter.parse(text)).hasToString(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a methd:GET | character 3 | did you mean 'method'?",
                "a (b or c | character 3 | add a )",
                "a b) | character 4 | without a (",
                "a or | character 5 | a term is missing before the end",
                "or a | character 1 | a term is missing before 'or'",
                "a 'b c | character 3 | add a '",
                "() | character 2 | a term is missing before ')'",
                "- | character 2 | a term is missing",
                "status: 404 | character 1 | no blank",
                "status:4x | character 1 | 5xx",
                "status:42 | character 1 | 400-499",
                "x size:100 | character 3 | >100k",
                "duration:>5 | character 1 | >500ms",
                "json:/a | character 1 | json:/order/sku=7",
                "outcome:lost | character 1 | timed_out",
                "is:odd | character 1 | preflight",
                "host:a:80 | character 1 | leave out scheme, port and path",
                "port:http | character 1 | digits",
                "localhost:8080 | character 1 | in quotes",
                "client:me | character 1 | 10.0.0.0/8",
            })
    void anErrorNamesItsPlaceAndWhatIsPossible(String text, String place, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.parse(text))
                .withMessageContaining(place + ":")
                .withMessageContaining(advice);
    }

    @Test
    void nothingMeansEveryExchange() {
        assertThat(ExchangeFilter.parse("  ").matches(get("/"))).isTrue();
    }

    @Test
    void asManyTermsAsTheTextHasRoomForAreNoMoreThanTheStackHas() {
        assertThat(ExchangeFilter.parse("a ".repeat(5_000)).matches(get("/a"))).isTrue();
        assertThat(ExchangeFilter.parse("b or ".repeat(1_900) + "a").matches(get("/a")))
                .isTrue();
    }

    @Test
    void endlessNestingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.parse("(".repeat(9_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.parse("-".repeat(9_000) + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.parse("a ".repeat(5_001)));
    }

    @Property(tries = 200)
    void whatIsReadMeansWhatWasWritten(@ForAll("expressions") Written written) {
        for (String url : new String[] {"/", "/aa", "/bb", "/cc?aa", "/aabb", "/bb/cc", "/aa/bb/cc"}) {
            assertThat(ExchangeFilter.parse(written.text).matches(get(url)))
                    .as(written.text + " for " + url)
                    .isEqualTo(written.filter.matches(get(url)));
        }
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefusedWithItsPlace(@ForAll("scraps") String text) {
        Throwable thrown = catchThrowable(() -> ExchangeFilter.parse(text).matches(get("/a?b=c")));

        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)filter, character \\d+: .+");
        }
    }

    @Property(tries = 200)
    void whateverStandsInQuotesIsTakenAsItIs(@ForAll String text) {
        String quoted = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";

        if (text.isEmpty()) {
            assertThatIllegalArgumentException().isThrownBy(() -> ExchangeFilter.parse(quoted));
        } else {
            assertThat(ExchangeFilter.parse(quoted)).hasToString("URL contains '" + text + "'");
        }
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.of(
                        "method:",
                        "host:",
                        "status:",
                        "5xx",
                        "json:/a=",
                        "size:>",
                        "1k",
                        "(",
                        ")",
                        "-",
                        " ",
                        " or ",
                        " and ",
                        "not ",
                        "\"",
                        "'",
                        "\\",
                        "a",
                        ":",
                        "=",
                        ",",
                        "*",
                        "is:",
                        "type:",
                        "query:",
                        "regex:")
                .list()
                .ofMaxSize(12)
                .map(scraps -> String.join("", scraps));
    }

    /** A text, and the filter that it stands for, built without the parser. */
    record Written(String text, ExchangeFilter filter) {}

    @Provide
    Arbitrary<Written> expressions() {
        Arbitrary<Written> word =
                Arbitraries.of("aa", "bb", "cc").map(text -> new Written(text, ExchangeFilter.urlContains(text)));
        return Arbitraries.lazyOf(
                () -> word,
                () -> word,
                () -> expressions().map(one -> new Written("-(" + one.text + ")", one.filter.not())),
                () -> expressions().map(one -> new Written("not (" + one.text + ")", one.filter.not())),
                () -> Combinators.combine(expressions(), expressions(), Arbitraries.of(" ", " and ", ") ("))
                        .as((one, two, and) -> new Written(
                                "((" + one.text + ")" + (and.equals(") (") ? " " : and) + "(" + two.text + "))",
                                one.filter.and(two.filter))),
                () -> Combinators.combine(word, word, expressions())
                        .as((one, two, three) -> new Written(
                                one.text + " " + two.text + " or (" + three.text + ")",
                                one.filter.and(two.filter).or(three.filter))));
    }
}
