package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.CodedBodies;
import io.github.captureproxy.exchange.ContentDecodingException;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.WireSizes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarTest {
    private static final ExportFormat HAR = Export.har().redact(Redaction.none());
    private static final ClientInfo CLIENT =
            new ClientInfo(InetSocketAddress.createUnresolved("c", 1), 7, "main", Optional.empty());

    @TempDir
    Path folder;

    private static byte[] written(Exchange... exchanges) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HAR.write(Arrays.asList(exchanges), out);
        return out.toByteArray();
    }

    private static List<Exchange> read(byte[] har) throws IOException {
        return Har.read(new ByteArrayInputStream(har)).toList();
    }

    private static CapturedRequest request(String method, String target, HeaderList headers, byte[] body) {
        return new CapturedRequest(
                method,
                target,
                "HTTP/1.1",
                new HttpOrigin("http", "shop.test", 80),
                headers,
                CapturedBody.of(body, headers),
                HeaderList.empty());
    }

    private static Exchange answered(HeaderList headers, CapturedBody body) {
        return Exchange.builder(1, CLIENT, request("GET", "/", HeaderList.empty(), new byte[0]))
                .response(new CapturedResponse(200, "OK", "HTTP/1.1", headers, body, HeaderList.empty()))
                .build();
    }

    /** The first entry of a file, or something in it. */
    private static JsonObject entry(byte[] har, String... path) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(har)) {
            parser.nextToken();
            JsonObject found =
                    JsonObject.read(parser).object("log").objects("entries").get(0);
            for (String name : path) {
                found = found.object(name);
            }
            return found;
        }
    }

    private static void assertJson(byte[] json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            parser.skipChildren();
            assertEquals(null, parser.nextToken());
        }
    }

    @Property(tries = 200)
    void whatHarHoldsIsReadBack(@ForAll long seed) throws Exception {
        Exchange exchange = plausible(seed);
        byte[] har = written(exchange);

        assertJson(har);
        assertEquals(held(exchange), held(read(har).get(0)));
    }

    /** As large on the wire as it is. */
    private static Exchange plausible(long seed) {
        Exchange exchange = RandomExchange.of(seed);
        long answer =
                exchange.response().map(response -> response.body().size()).orElse(0L);
        return exchange.toBuilder()
                .sizes(new WireSizes(7, exchange.request().body().size(), answer, answer))
                .build();
    }

    /** What HAR has a place for. */
    private static Map<String, Object> held(Exchange exchange) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("id", exchange.id());
        facts.put("client", exchange.client().address() + exchange.client().listener());
        facts.put("start", exchange.startedAt().toEpochMilli());
        Timings t = exchange.timings();
        facts.put("blocked", List.of(t.blockedNanos(), t.dnsNanos(), t.connectNanos(), t.tlsNanos()));
        facts.put(
                "phases",
                List.of(Math.max(0, t.sendNanos()), Math.max(0, t.waitNanos()), Math.max(0, t.receiveNanos())));
        facts.put("sizes", exchange.sizes());
        facts.put("outcome", exchange.outcome());
        facts.put("route", exchange.route());
        facts.put("rules", exchange.rules());
        facts.put("interim", exchange.informational());
        facts.put(
                "upgrade",
                exchange.upgradedTo()
                        + exchange.webSocketMessages().stream()
                                .map(message ->
                                        message.direction() + " " + message.type() + Arrays.hashCode(message.payload()))
                                .toList()
                                .toString());
        CapturedRequest request = exchange.request();
        facts.put("request", request.method() + " " + request.target() + " " + request.httpVersion());
        facts.put("requestHead", head(request.headers()) + request.trailers());
        facts.put("requestBody", body(request.body()));
        exchange.response().ifPresent(response -> {
            facts.put("response", response.status() + response.reason() + response.httpVersion());
            facts.put("responseHead", head(response.headers()) + response.trailers());
            facts.put("responseBody", body(response.body()));
        });
        return facts;
    }

    private static String head(HeaderList headers) {
        return headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase("content-encoding"))
                .toList()
                .toString();
    }

    private static String body(CapturedBody body) {
        byte[] plain;
        try {
            plain = body.decoded();
        } catch (ContentDecodingException e) {
            plain = body.bytes();
        }
        return Arrays.hashCode(plain) + " of " + plain.length + " whole " + !body.isTruncated() + body.isComplete()
                + (body.size() - body.capturedSize());
    }

    @Test
    void anEntryHasAllThatTheFormatDemands() throws Exception {
        byte[] har = written(Exchange.builder(1, CLIENT, request("GET", "/a b?x=1&y", HeaderList.empty(), new byte[0]))
                .timings(Instant.parse("2026-01-02T03:04:05.678901Z"), new Timings(-1, 1, 2_500_000, 1, -1, 0, 3))
                .outcome(new Outcome(Outcome.Status.CONNECT_FAILED, Outcome.Side.ORIGIN, 0, "refused"))
                .build());

        JsonObject entry = entry(har);
        assertEquals("2026-01-02T03:04:05.678Z", entry.text("startedDateTime"));
        assertEquals("2.500004", entry.anyText("time", ""));
        assertEquals("http://shop.test/a%20b?x=1&y", entry.object("request").text("url"));
        assertEquals("/a b?x=1&y", entry.object("request").text("_target"));
        assertEquals(2, entry.object("request").objects("queryString").size());
        assertEquals(0, entry.object("response").number("status"));
        assertEquals(0, entry.object("response").object("content").number("size"));
        assertEquals("refused", entry.object("response").text("_error"));
        assertEquals(-1, entry.object("timings").number("blocked"));
        assertEquals(0, entry.object("timings").number("send"));
        assertFalse(entry.has("serverIPAddress"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, example.test:443, https://example.test/",
        "OPTIONS, *, https://example.test/",
        "GET, http://example.test/a|{b}, https://example.test/a|{b}"
    })
    void everyRequestHasAnAbsoluteUrl(String method, String target, String url) throws Exception {
        CapturedRequest request = request(method, target, HeaderList.empty(), new byte[0])
                .withOrigin(new HttpOrigin("https", "example.test", 443));
        byte[] har = written(Exchange.builder(1, CLIENT, request).build());

        assertEquals(url, entry(har, "request").text("url"));
        assertEquals(target, read(har).get(0).request().target());
        CapturedRequest unknown = request.withOrigin(null).withTarget("example.test:443");
        assertEquals(
                "http://unknown.invalid/example.test:443",
                entry(written(Exchange.builder(1, CLIENT, unknown).build()), "request")
                        .text("url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void aTimeThatNoReaderUnderstandsIsNotWritten(String start) throws Exception {
        Exchange exchange = RandomExchange.of(1).toBuilder()
                .timings(Instant.parse(start), Timings.NONE)
                .build();

        assertEquals("1970-01-01T00:00:00.000Z", entry(written(exchange)).text("startedDateTime"));
    }

    @Test
    void cookiesAreTakenApart() throws Exception {
        HeaderList headers = HeaderList.of(
                "Set-Cookie", "a=1=2; PATH=/; httponly; SECURE; expires=Wed, 21 Oct 2026 07:28:00 GMT; SameSite=Lax",
                "set-cookie", "b=; Expires=soon");
        Exchange exchange = answered(headers, CapturedBody.empty()).toBuilder()
                .request(request("GET", "/", HeaderList.of("cookie", "c=d; e=\"f\"; g"), new byte[0]))
                .build();

        JsonObject entry = entry(written(exchange));

        List<JsonObject> set = entry.object("response").objects("cookies");
        assertEquals("1=2", set.get(0).text("value"));
        assertEquals("2026-10-21T07:28:00Z", set.get(0).text("expires"));
        assertTrue(set.get(0).flag("httpOnly") && set.get(0).flag("secure"));
        assertFalse(set.get(1).has("expires"));
        assertEquals("\"f\"", entry.object("request").objects("cookies").get(1).text("value"));
        assertEquals("", entry.object("request").objects("cookies").get(2).text("name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 2094 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sat Nov  6 08:49:37 1994",
                "Sat Nov 06 1994 08:49:37 GMT+0000"
            })
    void datesOfCookiesAreReadInEachFormThatIsWritten(String date) throws Exception {
        HeaderList cookie = HeaderList.of("Set-Cookie", "a=b; Expires=" + date);
        JsonObject entry = entry(written(answered(cookie, CapturedBody.empty())), "response");
        String year = date.contains("2094") ? "2094" : "1994";
        assertEquals(year + "-11-06T08:49:37Z", entry.objects("cookies").get(0).text("expires"));
    }

    @Test
    void codedBodiesAreWrittenDecoded() throws Exception {
        byte[] coded = CodedBodies.gzip("{\"a\":1}".repeat(100).getBytes(UTF_8));
        HeaderList headers = HeaderList.of("Content-Type", "application/json", "Content-Encoding", "gzip");
        byte[] har = written(answered(headers, CapturedBody.of(coded, headers)));

        JsonObject content = entry(har, "response", "content");
        assertEquals(700, content.number("size"));
        assertEquals("{\"a\":1}".repeat(100), content.text("text"));
        assertEquals(
                "{\"a\":1}".repeat(100),
                read(har).get(0).response().orElseThrow().body().text());
    }

    @Test
    void brokenCodingsAreWrittenAsTheyAre() throws Exception {
        HeaderList headers = HeaderList.of("Content-Type", "text/plain", "Content-Encoding", "gzip");
        byte[] har = written(answered(headers, CapturedBody.of("plain".getBytes(UTF_8), headers)));

        JsonObject content = entry(har, "response", "content");
        assertEquals("base64", content.text("encoding"));
        assertTrue(content.text("comment").startsWith("Still coded: "), content.text("comment"));
        assertArrayEquals(
                "plain".getBytes(UTF_8),
                read(har).get(0).response().orElseThrow().body().bytes());
    }

    @Test
    void binaryAndForeignTextSurvive() throws Exception {
        HeaderList latin = HeaderList.of("Content-Type", "text/plain; charset=ISO-8859-1");
        byte[] har = written(answered(latin, CapturedBody.of("é".getBytes(ISO_8859_1), latin)));
        assertEquals("é", entry(har, "response", "content").text("text"));
        assertArrayEquals(
                new byte[] {(byte) 0xe9},
                read(har).get(0).response().orElseThrow().body().bytes());

        HeaderList png = HeaderList.of("Content-Type", "image/png");
        byte[] picture = written(answered(png, CapturedBody.of("ascii".getBytes(UTF_8), png)));
        assertEquals("base64", entry(picture, "response", "content").text("encoding"));
    }

    @Test
    void cutBodiesSaySo() throws Exception {
        HeaderList headers = HeaderList.of("Content-Type", "text/plain");
        CapturedBody cut = CapturedBody.of(CapturedBody.inMemory("abc".getBytes(UTF_8)), 10, false, null, headers);
        byte[] har = written(answered(headers, cut));

        JsonObject content = entry(har, "response", "content");
        assertTrue(content.flag("_truncated"));
        assertEquals(10, content.number("size"));
        assertEquals(
                "Cut: 3 of 10 bytes were captured. Incomplete: the message was cut short after 10 bytes.",
                content.text("comment"));
    }

    @Test
    void formsAreTakenApart() throws Exception {
        HeaderList headers = HeaderList.of("Content-Type", "application/x-www-form-urlencoded");
        byte[] har = written(Exchange.builder(1, CLIENT, request("POST", "/", headers, "a=%20b&c".getBytes(UTF_8)))
                .build());

        JsonObject postData = entry(har, "request", "postData");
        assertEquals("a=%20b&c", postData.text("text"));
        assertEquals(" b", postData.objects("params").get(0).text("value"));
    }

    @Test
    void aHugeBodyIsStreamed() throws Exception {
        long size = 64L * 1024 * 1024;
        for (String type : List.of("application/json", "application/octet-stream")) {
            HeaderList headers = HeaderList.of("Content-Type", type);
            byte fill = (byte) (type.endsWith("json") ? '1' : 0xff);
            CapturedBody body = CapturedBody.of(filled(size, fill), size, true, null, headers);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

            long before = threads.getCurrentThreadAllocatedBytes();
            Export.har().write(List.of(answered(headers, body)), OutputStream.nullOutputStream());
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertTrue(allocated < size / 4, type + ": " + allocated + " bytes were allocated");
        }
    }

    private static BodySource filled(long size, byte fill) {
        return new BodySource() {
            @Override
            public long length() {
                return size;
            }

            @Override
            public InputStream open() {
                return new InputStream() {
                    private long left = size;

                    @Override
                    public int read() {
                        return left-- > 0 ? fill & 0xff : -1;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        int count = (int) Math.min(left, length);
                        Arrays.fill(into, offset, offset + count, fill);
                        left -= count;
                        return count == 0 ? -1 : count;
                    }
                };
            }
        };
    }

    @Test
    void aBodyWhoseFileIsGoneIsLeftOut() throws Exception {
        BodySource gone = new BodySource() {
            @Override
            public long length() {
                return 5;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("gone");
            }
        };
        HeaderList headers = HeaderList.of("Content-Type", "application/json");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Export.har().write(List.of(answered(headers, CapturedBody.of(gone, 5, true, null, headers))), out);

        assertFalse(entry(out.toByteArray(), "response", "content").has("text"));
    }

    @Test
    void aFileIsValidAfterEachFlush() throws Exception {
        Path file = folder.resolve("a.har");
        try (ExchangeWriter writer = HAR.open(file)) {
            for (int i = 0; i < 4; i++) {
                if (i > 0) { // it was done when the file was opened
                    writer.flush();
                }
                assertJson(Files.readAllBytes(file));
                assertEquals(i, Har.read(file).toList().size());
                writer.write(RandomExchange.of(i));
            }
        }
        assertJson(Files.readAllBytes(file));
        assertEquals(4, Har.read(file).toList().size());
        IOException problem = assertThrows(IOException.class, () -> HAR.open(file));
        assertEquals(
                "cannot write " + file + ": it is there already: delete it, or give another name",
                problem.getMessage());
    }

    @Test
    void aCollectionIsSortedByStart() throws Exception {
        Exchange late = RandomExchange.of(1).toBuilder()
                .id(1)
                .timings(Instant.ofEpochSecond(2), Timings.NONE)
                .build();
        Exchange early = late.toBuilder()
                .id(2)
                .timings(Instant.ofEpochSecond(1), Timings.NONE)
                .build();

        assertEquals(
                List.of(2L, 1L),
                read(written(late, early)).stream().map(Exchange::id).toList());
    }

    @Test
    void aFileThatWasCutOffWithinAWordGivesItsWholeEntries() throws Exception {
        HeaderList cookie = HeaderList.of("Set-Cookie", "a=b; Secure");
        byte[] whole = written(answered(cookie, CapturedBody.empty()), answered(cookie, CapturedBody.empty()));
        String har = new String(whole, UTF_8);
        for (String word : List.of("true", "false")) {
            int start = har.lastIndexOf(word);
            for (int length = start; length <= start + word.length(); length++) {
                ExchangeReader reader = Har.read(new ByteArrayInputStream(whole, 0, length));
                assertEquals(1, reader.toList().size());
                assertTrue(reader.cut().isPresent(), "cut at " + length);
            }
        }
    }

    @Test
    void aFileThatWasCutOffAnywhereGivesItsWholeEntries() throws Exception {
        Exchange[] three = LongStream.range(0, 3)
                .mapToObj(HarTest::plausible)
                .sorted(Comparator.comparing(Exchange::startedAt))
                .toArray(Exchange[]::new);
        byte[] whole = written(three);
        int step = whole.length / 97 + 1;
        for (int length = 1; length < whole.length - 5; length += step) {
            ExchangeReader reader = Har.read(new ByteArrayInputStream(whole, 0, length));
            List<Exchange> read = reader.toList();
            assertTrue(reader.cut().isPresent(), "cut at " + length);
            for (int i = 0; i < read.size(); i++) {
                assertEquals(held(three[i]), held(read.get(i)));
            }
        }
        ExchangeReader reader = Har.read(new ByteArrayInputStream(whole));
        assertEquals(3, reader.toList().size());
        assertTrue(reader.cut().isEmpty());
    }
}
