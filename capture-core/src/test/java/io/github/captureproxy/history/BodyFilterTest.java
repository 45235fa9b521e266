package io.github.captureproxy.history;

import static io.github.captureproxy.history.Samples.answered;
import static io.github.captureproxy.history.Samples.get;
import static io.github.captureproxy.history.Samples.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFilterTest {
    private static final HeaderList GZIP = HeaderList.of("Content-Encoding", "gzip");
    private static final String JSON = "application/json";

    @Test
    void aBodyIsSearchedAsDecodedText() throws IOException {
        byte[] zipped = Gzip.of("{\"name\":\"Jos\u00e9\"}".getBytes(UTF_8));
        Exchange answer = answered("/", 200, GZIP, CapturedBody.of(zipped, GZIP));

        assertThat(ExchangeFilter.responseBodyContains("Jos\u00e9").matches(answer))
                .isTrue();
        assertThat(ExchangeFilter.responseJsonAt("/name", "Jos\u00e9").matches(answer))
                .isTrue();
        assertThat(ExchangeFilter.requestBodyContains("Jos\u00e9").matches(answer))
                .isFalse();
    }

    @Test
    void aBodyThatCannotBeReadNeverMatches() {
        BodySource gone = new BodySource() {
            @Override
            public long length() {
                return 9;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("deleted");
            }
        };
        BodySource huge = new BodySource() {
            @Override
            public long length() {
                return ExchangeFilter.MAX_BODY_BYTES + 1;
            }

            @Override
            public InputStream open() {
                throw new AssertionError("it was opened");
            }
        };
        List<Exchange> unreadable = List.of(
                get("/"),
                answered("/", 200, GZIP, CapturedBody.of("no gzip".getBytes(UTF_8), GZIP)),
                answered("/", 200, GZIP, CapturedBody.of(gone, 9, true, null, HeaderList.empty())),
                answered("/", 200, GZIP, CapturedBody.of(huge, 9, true, null, HeaderList.empty())),
                answered("/", HeaderList.empty(), "{\"o\":"),
                answered("/", HeaderList.empty(), "[".repeat(100_000)));

        assertThat(unreadable).allSatisfy(exchange -> {
            assertThat(ExchangeFilter.responseBodyContains("o\\").matches(exchange))
                    .isFalse();
            assertThat(ExchangeFilter.responseJson("{}").matches(exchange)).isFalse();
            assertThat(ExchangeFilter.responseJsonAt("/o", null).matches(exchange))
                    .isFalse();
            assertThat(ExchangeFilter.responseJsonAt("", null).matches(exchange))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":[1,2]} | { \"b\" : [1.0, 2e0] , \"a\" : 1 } | true",
                "{\"a\":1} | {\"a\":1,\"b\":null} | false",
                "[1,2] | [2,1] | false",
                "1 | \"1\" | false",
                "\"\\u00e9\" | \"\u00e9\" | true",
                "0 | -0.0e5 | true",
                "null | null | true",
                "{} | {} {} | false",
                "1e999999999999 | 1e999999999999 | true",
            })
    void jsonIsComparedByWhatItMeans(String wanted, String sent, boolean equal) {
        assertThat(ExchangeFilter.requestJson(wanted).matches(post(JSON, sent))).isEqualTo(equal);
        assertThat(ExchangeFilter.requestJson(sent.equals("{} {}") ? "{}" : sent)
                        .matches(post(JSON, wanted)))
                .isEqualTo(equal || sent.equals("{} {}"));
    }

    @Test
    void aValueAtAPlaceIsComparedByItsType() {
        Exchange order = post("text/plain", "{\"items\":[{\"sku\":7.0,\"a/b\":true}],\"note\":null,\"7\":\"7\"}");

        assertThat(ExchangeFilter.requestJsonAt("/items/0/sku", 7).matches(order))
                .isTrue();
        assertThat(ExchangeFilter.requestJsonAt("/items/0/sku", 7.0).matches(order))
                .isTrue();
        assertThat(ExchangeFilter.requestJsonAt("/items/0/sku", "7").matches(order))
                .isFalse();
        assertThat(ExchangeFilter.requestJsonAt("/items/0/a~1b", true).matches(order))
                .isTrue();
        assertThat(ExchangeFilter.requestJsonAt("/items/1/sku", 7).matches(order))
                .isFalse();
        assertThat(ExchangeFilter.requestJsonAt("/items/00/sku", 7).matches(order))
                .isFalse();
        assertThat(ExchangeFilter.requestJsonAt("/note", null).matches(order)).isTrue();
        assertThat(ExchangeFilter.requestJsonAt("/missing", null).matches(order))
                .isFalse();
        assertThat(ExchangeFilter.requestJsonAt("/7", "7").matches(order)).isTrue();
    }

    @Test
    void whatIsNoJsonIsRefusedWithThePlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.requestJson("{\"a\":}"))
                .withMessageContaining("line 1, column 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.requestJsonAt("a", 1))
                .withMessageContaining("/a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.requestJsonAt("/~", 1))
                .withMessageContaining("~0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExchangeFilter.requestJsonAt("/a", List.of()))
                .withMessageContaining("a string, a number, a boolean or null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"operationName\":\"Cart\",\"query\":\"query Other { x }\"}",
                "{\"variables\":{\"operationName\":\"No\"},\"query\":\"query Cart($a: [Int] = [1]) @d { x }\"}",
                "[{\"query\":\"{ x }\"},{\"query\":\"mutation Cart { x }\"}]",
                "{\"query\":\"# query Not {\\nfragment query on T { query }\\n{ query Not }\\nsubscription\\nCart{ x }\"}",
                "{\"query\":\"\\\"\\\"\\\"query Not\\\"\\\"\\\" query Cart { x }\"}",
                "{\"query\":\"{ a(b: \\\"} query Not\\\", c: \\\"\\\"\\\" \\\" } query Not \\\"\\\"\\\") } query Cart { x }\"}",
            })
    void aGraphQlOperationIsToldByItsName(String body) {
        assertThat(ExchangeFilter.graphQlOperation("Cart").matches(post(JSON, body)))
                .isTrue();
        assertThat(ExchangeFilter.graphQlOperation("Not").matches(post(JSON, body)))
                .isFalse();
    }

    @Test
    void aGraphQlOperationAlsoStandsInAQueryOrABodyOfItsOwn() {
        assertThat(ExchangeFilter.graphQlOperation("Cart").matches(get("/g?query=query+Cart%7Bx%7D")))
                .isTrue();
        assertThat(ExchangeFilter.graphQlOperation("Cart").matches(get("/g?operationName=Cart&extensions=1")))
                .isTrue();
        assertThat(ExchangeFilter.graphQlOperation("shoes").matches(get("/search?query=shoes")))
                .isFalse();
        assertThat(ExchangeFilter.graphQlOperation("Cart").matches(post("application/graphql", "query Cart { x }")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"query\":", "[1,2]", "\"query\"", "{\"query\":\"query\"}", "{\"query\":\"\\\"\\\"\\\"\"}"})
    void whatIsNoGraphQlNeverMatches(String body) {
        assertThat(ExchangeFilter.graphQlOperation("query").matches(post(JSON, body)))
                .isFalse();
    }
}
