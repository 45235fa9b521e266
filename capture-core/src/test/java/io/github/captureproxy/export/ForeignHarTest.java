package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HAR as other programs write it. */
class ForeignHarTest {

    private static List<Exchange> read(String har) throws IOException {
        return Har.read(new ByteArrayInputStream(har.getBytes(UTF_8))).toList();
    }

    private static Exchange entry(String entry) throws IOException {
        return read("{\"log\":{\"version\":\"1.2\",\"pages\":[{\"id\":\"p\"}],\"entries\":[" + entry + "]}}")
                .get(0);
    }

    @Test
    void ofChromium() throws Exception {
        Exchange exchange = entry("""
            {"_fromCache":"disk","_initiator":{"type":"other"},"_priority":"High","_resourceType":"websocket",
             "_webSocketMessages":[{"type":"send","time":1700000000.25,"opcode":1,"data":"h\\u00e9"},
               {"type":"receive","time":1700000001,"opcode":2,"data":"AQID"}],
             "cache":{},"connection":"443","pageref":"p",
             "request":{"method":"GET","url":"wss://shop.test/ws?x=1","httpVersion":"h3","headers":[
               {"name":":authority","value":"shop.test"},{"name":"cookie","value":"a=b"}],
               "queryString":[],"cookies":[],"headersSize":-1,"bodySize":0},
             "response":{"status":101,"statusText":"Switching","httpVersion":"http/2.0","headers":[],"cookies":[],
               "content":{"size":0,"mimeType":"x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":-1,
               "_transferSize":0,"_error":null},
             "serverIPAddress":"[::1]","startedDateTime":"2023-11-14T22:13:20.123Z","time":10.5,
             "timings":{"blocked":1.5,"dns":-1,"ssl":2,"connect":3,"send":0.25,"wait":4,"receive":1,
               "_blocked_queueing":0.5}}""");

        assertEquals(
                Optional.of(new HttpOrigin("https", "shop.test", 443)),
                exchange.request().origin());
        assertEquals("https://shop.test/ws?x=1", exchange.request().url());
        assertEquals(1, exchange.request().headers().size());
        assertEquals("HTTP/3", exchange.request().httpVersion());
        assertEquals("HTTP/2", exchange.response().orElseThrow().httpVersion());
        assertEquals(Outcome.Status.UPGRADED, exchange.outcome().status());
        assertEquals(443, exchange.remoteAddress().orElseThrow().getPort());
        assertEquals(1_500_000, exchange.timings().blockedNanos());
        assertEquals(-1, exchange.timings().dnsNanos());
        WebSocketMessage first = exchange.webSocketMessages().get(0);
        assertEquals("hé", first.text());
        assertEquals(Instant.parse("2023-11-14T22:13:20.25Z"), first.at());
        assertArrayEquals(
                new byte[] {1, 2, 3}, exchange.webSocketMessages().get(1).payload());
    }

    @Test
    void ofFirefox() throws Exception {
        Exchange exchange = entry("""
            {"startedDateTime":"2024-05-01T10:00:00.000+02:00","request":{"bodySize":7,"method":"POST",
             "url":"https://shop.test/a?\\u00fc=\\u6f22","httpVersion":"HTTP/2","headers":[{"name":"Content-Type",
             "value":"application/x-www-form-urlencoded"}],"cookies":[],"queryString":[],"headersSize":300,
             "postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"a b","value":"c&d"}]}},
             "response":{"status":0,"statusText":"","httpVersion":"","headers":[],"cookies":[],
             "content":{"mimeType":"text/plain","size":0,"text":""},"redirectURL":"","headersSize":-1,"bodySize":-1},
             "cache":{},"timings":{},"time":0,"serverIPAddress":"","connection":""}""");

        assertEquals("a+b=c%26d", exchange.request().body().text());
        assertEquals("https://shop.test/a?\u00fc=%E6%BC%A2", exchange.request().url());
        assertEquals(Instant.parse("2024-05-01T08:00:00Z"), exchange.startedAt());
        assertTrue(exchange.response().isEmpty());
        assertFalse(exchange.outcome().isSuccess());
        assertTrue(exchange.remoteAddress().isEmpty());
    }

    @Test
    void ofProxiesInPlainAndBase64() throws Exception {
        Exchange exchange = entry("""
            {"startedDateTime":"2024-05-01T10:00:00+0000","time":null,"request":{"method":"GET",
             "url":"http://10.0.0.1:8080/x","httpVersion":"HTTP/1.1","headers":null,"postData":null},
             "response":{"status":"200","headers":[{"name":"Content-Encoding","value":"gzip"},
             {"name":"Content-Type","value":"text/plain; charset=iso-8859-1"},{"name":"X","value":"\\u6f22"}],
             "content":{"size":999,"mimeType":"text/plain; charset=iso-8859-1","text":"aMO8\\n","encoding":"base64",
             "compression":null}},"timings":null}""");

        CapturedResponse response = exchange.response().orElseThrow();
        assertArrayEquals("hü".getBytes(UTF_8), response.body().decoded());
        assertFalse(response.headers().has("content-encoding"));
        assertFalse(response.body().isTruncated());
        assertEquals(Optional.of("\u00e6\u00bc\u00a2"), response.headers().first("x"));
        assertEquals(Instant.parse("2024-05-01T10:00:00Z"), exchange.startedAt());
    }

    @Test
    void withAnEmptyTextBesideParametersAndLinesInOneValue() throws Exception {
        Exchange exchange = entry("""
            {"request":{"method":"POST","url":"http://a.test/","headers":[],"postData":{"text":"",
             "mimeType":"application/x-www-form-urlencoded","params":[{"name":"a b","value":"c&d"}]}},
             "response":{"status":200,"headers":[{"name":"Set-Cookie","value":"a=b\\nc=d; Path=/"}]}}""");

        assertEquals("a+b=c%26d", exchange.request().body().text());
        assertEquals(
                List.of("a=b", "c=d; Path=/"),
                exchange.response().orElseThrow().headers().all("set-cookie"));
    }

    @Test
    void withoutTheTextOfABody() throws Exception {
        Exchange exchange = entry("""
            {"request":{"url":"http://h.test"},"response":{"status":200,"content":{"size":5}}}""");

        assertTrue(exchange.response().orElseThrow().body().isTruncated());
        assertEquals(5, exchange.response().orElseThrow().body().size());
        assertEquals("http://h.test/", exchange.request().url());
    }

    @Test
    void withEntriesThatAreNone() throws Exception {
        assertEquals(
                1,
                read("{\"log\":{\"entries\":[null,{\"request\":{\"url\":\"http://h/\"}},[1,[2]]]}}")
                        .size());
    }

    @Test
    void withAByteOrderMarkAndFieldsAround() throws Exception {
        assertEquals(
                0,
                read("\ufeff{\"other\":{\"log\":[]},\"log\":{\"pages\":[{\"a\":[]}],\"entries\":[]}}")
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"log\":[]}", "{\"log\":{}}", "{\"log\":{\"entries\":{}}}", "x"})
    void whatIsNoHarIsRefused(String text) {
        UncheckedIOException problem = assertThrows(UncheckedIOException.class, () -> read(text));

        assertTrue(problem.getMessage().startsWith("the input: "), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"request\":{}}|\"request.url\" is missing",
                "{\"request\":{\"url\":\"http://h\"},\"_outcome\":{\"status\":\"X\"}}|\"status\" has a value",
                "{\"request\":{\"url\":\"http://h\",}}|Unexpected character",
            })
    void whatIsBrokenIsNamedByItsEntry(String entry, String cause) {
        String good = "{\"request\":{\"url\":\"http://h/\"}}";
        UncheckedIOException problem = assertThrows(
                UncheckedIOException.class, () -> read("{\"log\":{\"entries\":[" + good + "," + entry + "]}}"));

        assertTrue(problem.getMessage().startsWith("the input, entry 2: " + cause), problem.getMessage());
    }

    @Test
    void asDeepAsAWriterLikes() throws Exception {
        String deep = "[".repeat(900) + "]".repeat(900);

        assertEquals(
                1,
                read("{\"log\":{\"entries\":[{\"request\":{\"url\":\"http://h/\"},\"_deep\":" + deep + "}]}}")
                        .size());
    }
}
