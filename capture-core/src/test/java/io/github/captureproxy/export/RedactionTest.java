package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.CodedBodies;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.WebSocketMessage;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final ClientInfo CLIENT =
            new ClientInfo(InetSocketAddress.createUnresolved("127.0.0.1", 50_000), 1, "main", Optional.of("alice"));

    private final Redaction standard = Redaction.standard();

    private static Exchange request(String target, HeaderList headers, byte[] body) {
        return Exchange.builder(
                        1,
                        CLIENT,
                        new CapturedRequest(
                                "POST",
                                target,
                                "HTTP/1.1",
                                new HttpOrigin("http", "shop.test", 80),
                                headers,
                                CapturedBody.of(body, headers),
                                HeaderList.empty()))
                .build();
    }

    private String field(String name, String value) {
        HeaderList headers = HeaderList.of(name, value);
        return standard.apply(request("/", headers, new byte[0]))
                .request()
                .headers()
                .first(name)
                .orElseThrow();
    }

    private String body(String type, String body) {
        return standard.apply(request("/", HeaderList.of("Content-Type", type), body.getBytes(UTF_8)))
                .request()
                .body()
                .text();
    }

    private String placeholder(String secret) {
        String bearer = field("Authorization", "Bearer " + secret);
        return bearer.substring("Bearer ".length());
    }

    @Test
    void anExchangeWithoutSecretsIsTheSameInstance() {
        HeaderList headers = HeaderList.of("Content-Type", "application/json", "Host", "shop.test");
        Exchange exchange = request("/orders?page=2", headers, "{\"sku\": 7, \"token\": null}".getBytes(UTF_8));

        assertSame(exchange, standard.apply(exchange));
    }

    @Test
    void noneLeavesSecretsAsTheyAre() {
        Exchange exchange = request("/", HeaderList.of("Authorization", "Bearer abc"), new byte[0]);

        assertSame(exchange, Redaction.none().apply(exchange));
    }

    @Test
    void whatIsRedactedOnceIsNotRedactedAgain() {
        HeaderList headers =
                HeaderList.of("Authorization", "Bearer abc", "Cookie", "a=b; c=d", "Content-Type", "application/json");
        Exchange once = standard.apply(
                request("http://u:p@h/?token=t", headers, "{\"password\":\"x\",\"pin_code\":1}".getBytes(UTF_8)));

        assertSame(once, Redaction.standard().apply(once));
    }

    @Test
    void placeholdersAreShortAndKeyed() {
        String placeholder = placeholder("s3cret");

        assertTrue(placeholder.matches("redacted-[0-9a-f]{10}"), placeholder);
        assertEquals(placeholder, placeholder("s3cret"));
        assertNotEquals(placeholder, placeholder("other"));
    }

    @Test
    void anotherInstanceHasAnotherKeyUnlessOneIsGiven() {
        Exchange exchange = request("/", HeaderList.of("X-Api-Key", "k"), new byte[0]);
        Redaction keyed = Redaction.builder().key(new byte[16]).build();
        Redaction sameKey = Redaction.builder().key(new byte[16]).build();

        assertNotEquals(
                standard.apply(exchange).request().headers(),
                Redaction.standard().apply(exchange).request().headers());
        assertEquals(
                keyed.apply(exchange).request().headers(),
                sameKey.apply(exchange).request().headers());
        assertThrows(IllegalArgumentException.class, () -> Redaction.builder().key(new byte[15]));
    }

    @Test
    void equalSecretsInDifferentPlacesGetEqualPlaceholders() {
        String expected = placeholder("a/b+c d");

        assertEquals(
                "{\"access_token\":\"" + expected + "\"}",
                body("application/json", "{\"access_token\":\"a\\/b+c d\"}"));
        assertEquals("token=" + expected, body("application/x-www-form-urlencoded", "token=a%2fb%2Bc+d"));
        assertEquals(
                "/?token=" + expected,
                standard.apply(request("/?token=a/b%2Bc%20d", HeaderList.empty(), new byte[0]))
                        .request()
                        .target());
        assertEquals("sid=" + expected + "; Path=/; Secure", field("Set-Cookie", "sid=a/b+c d; Path=/; Secure"));
    }

    @Test
    void cookiesKeepTheirNames() {
        assertEquals(
                "a=" + placeholder("1") + "; b=" + placeholder("x=y") + ";c=; " + placeholder("bare"),
                field("Cookie", "a=1; b=x=y;c=; bare"));
    }

    @ParameterizedTest
    @CsvSource({
        "Proxy-Authorization, Basic dXNlcjpwYXNz, 'Basic '",
        "Authorization, opaque, ''",
        "x-api-key, k, ''",
        "X_Amz-Security-Token, t, ''"
    })
    void fieldsAreRedactedInAnyCase(String name, String value, String kept) {
        String clean = field(name, value);

        assertTrue(clean.startsWith(kept + "redacted-"), clean);
    }

    @Test
    void userInformationInUrlsGoesWhereverItStands() {
        String user = placeholder("bob:p@ss");

        assertEquals("http://" + user + "@h.test/a@b", field("Referer", "http://bob:p@ss@h.test/a@b"));
        assertEquals("https://h.test/?q=a@b", field("Location", "https://h.test/?q=a@b"));
        assertEquals("<https://" + user + "@h.test/>; rel=next", field("Link", "<https://bob:p@ss@h.test/>; rel=next"));
        assertEquals("//" + user + "@h.test/a", field("Location", "//bob:p@ss@h.test/a"));
        assertEquals("</a>, <//" + user + "@h.test/>", field("Link", "</a>, <//bob:p@ss@h.test/>"));
        assertEquals(
                "/?to=https%3A%2F%2F" + user + "%40h.test%2Fa%40b",
                field("Location", "/?to=https%3A%2F%2Fbob%3Ap%40ss%40h.test%2Fa%40b"));
        assertEquals(
                "//bob@h.test/",
                standard.apply(request("//bob@h.test/", HeaderList.empty(), new byte[0]))
                        .request()
                        .target());
        assertEquals(
                "http://" + user + "@shop.test/x",
                standard.apply(request("http://bob:p@ss@shop.test/x", HeaderList.empty(), new byte[0]))
                        .request()
                        .target());
    }

    @Test
    void parametersOfUrlsInFieldsAreRedacted() {
        String t = placeholder("t");

        assertEquals(
                "https://app.test/cb#access_token=" + t + "&x=1",
                field("Location", "https://app.test/cb#access_token=t&x=1"));
        assertEquals("0; url=/?token=" + t + " ", field("Refresh", "0; url=/?token=t "));
        assertEquals("/?%74oken=" + t, field(":path", "/?%74oken=t"));
    }

    @ParameterizedTest
    @CsvSource({
        "/?a=1;token=s3,           /?a=1;token=#",
        "/?next=/cb?token=s3&b=c,  /?next=/cb?token=#&b=c",
        "/app;jsessionid=s3,       /app;jsessionid=#",
        "/?user[password]=s3&a=b,  /?user[password]=#&a=b",
        "/?user%5Bpassword%5D=s3,  /?user%5Bpassword%5D=#",
        "/?token[]=s3&token[1]=s3, /?token[]=#&token[1]=#",
        "/?login.password=s3,      /?login.password=#",
        "/?variables=%7B%22a%22%3A%5B1%5D%2C%22x%22%3A%7B%22password%22%3A%22s3%22%7D%7D&b=c, /?variables=%7B%22a%22%3A%5B1%5D%2C%22x%22%3A%7B%22password%22%3A%22#%22%7D%7D&b=c",
        "/?v={%22a%22:%22%C3%A4+b%22%2C%22token%22:%22s3%22}, /?v={%22a%22:%22%C3%A4+b%22%2C%22token%22:%22#%22}",
        "/?v={};token=s3, /?v={};token=#",
        "/?to=https%3A%2F%2Fh%2F%3fa%3Db%26token%3Ds3%26c&d, /?to=https%3A%2F%2Fh%2F%3fa%3Db%26token%3D#%26c&d",
    })
    void parametersAreFoundWhereverAUrlHasThem(String url, String expected) {
        String clean = expected.replace("#", placeholder("s3"));

        assertEquals(clean, field("Location", url));
        assertEquals("<" + clean + "#>", field("Link", "<" + url + "#>"));
        assertEquals(
                clean,
                standard.apply(request(url, HeaderList.empty(), new byte[0]))
                        .request()
                        .target());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token", "X-Token", "X-Password", "access-token", "X-Client-Secret", "Cookie2", "X-Jwt"})
    void fieldsNamedAsSecretsElsewhereAreRedacted(String name) {
        assertTrue(field(name, "s3").contains("redacted-"));
    }

    @Test
    void nestedFieldsOfFormsAreRedacted() {
        assertEquals(
                "user[password]=" + placeholder("s3") + "&user%5Btoken%5D%5B%5D=" + placeholder("s3") + "&user[name]=x",
                body("application/x-www-form-urlencoded", "user[password]=s3&user%5Btoken%5D%5B%5D=s3&user[name]=x"));
        String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--b--\r\n";
        assertEquals(
                String.format(part, "user[password]", placeholder("s3")),
                body("multipart/form-data; boundary=b", String.format(part, "user[password]", "s3")));
    }

    @Test
    void jsonInAPartOfNoTypeIsRedacted() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"j\"\r\n\r\n{\"token\":\"%s\"}\r\n--b--\r\n";

        assertEquals(
                String.format(part, placeholder("s3")),
                body("multipart/form-data; boundary=b", String.format(part, "s3")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"password\" :\t\"abc\"}|{\"password\" :\t\"#\"}",
                "{\"a\":[{\"Client-Secret\":\"abc\",\"b\":1e0}]}|{\"a\":[{\"Client-Secret\":\"#\",\"b\":1e0}]}",
                "{\"accessToken\":123,\"c\":1}|{\"accessToken\":\"#\",\"c\":1}",
                "{\"secret\":{\"a\":[\"}\\\"\"]},\"c\":1}|{\"secret\":\"#\",\"c\":1}",
                "{\"secret\":[1,[2]]}|{\"secret\":\"#\"}",
                "{\"pass\\u0077ord\":\"a\\\"b\"}|{\"pass\\u0077ord\":\"#\"}",
                "{\"password\":\"cut off|{\"password\":\"#",
                "{\"password\":12|{\"password\":\"#\"",
                "[\"password\",\"abc\"]|[\"password\",\"abc\"]",
                "{\"password\":\"\",\"token\":false}|{\"password\":\"\",\"token\":false}",
                "{\"a\":\"\\\"password\\\":\\\"x\"}|{\"a\":\"\\\"password\\\":\\\"x\"}",
                "{\"password\":\"a\"} {\"password\":\"b\"}|{\"password\":\"#\"} {\"password\":\"#\"}",
            })
    void fieldsOfJsonAreRedactedAndNothingElseIsChanged(String json, String expected) {
        String clean = body("application/vnd.api+json", json);

        assertEquals(expected, clean.replaceAll("redacted-[0-9a-f]{10}", "#"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson", "application/ndjson", "text/jsonl"})
    void aLineThatIsNoJsonHidesNoSecretOfTheNext(String type) {
        String lines = "data: 5\" wide\n\ndata: {\"token\":\"%s\"}\n\ndata: {\"token\":\"%s\"}\n\n";

        assertEquals(
                String.format(lines, placeholder("s3"), placeholder("s4")),
                body(type, String.format(lines, "s3", "s4")));
    }

    @Test
    void jsonIsRedactedTheSameAtEverySplit() throws Exception {
        byte[] json =
                "{\"tok\\u0065n\" : \"a\\/b\", \"x\":{\"secret\":[\"]\"], \"otp\": 12 ,\"é\":\"ü\"}}".getBytes(UTF_8);
        byte[] whole = split(json, json.length);
        for (int at = 1; at < json.length; at++) {
            assertArrayEquals(whole, split(json, at), "split at " + at);
        }
    }

    private static byte[] split(byte[] json, int at) throws Exception {
        var policy = new NameSet(List.of("token", "secret", "otp"));
        var key = new SecretKeySpec(new byte[16], "HmacSHA256");
        var scrubber = new JsonScrubber(policy, new Placeholders(key));
        var out = new ByteArrayOutputStream();
        scrubber.feed(json, 0, at, out);
        scrubber.feed(json, at, json.length, out);
        scrubber.finish(out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void aCodedBodyThatIsRedactedIsNoLongerCoded(String coding) {
        byte[] coded = CodedBodies.coded(coding, "{\"password\":\"abc\"}".getBytes(UTF_8));
        HeaderList headers = HeaderList.of("Content-Type", "application/json", "Content-Encoding", coding);

        CapturedRequest clean = standard.apply(request("/", headers, coded)).request();

        assertEquals(
                "{\"password\":\"" + placeholder("abc") + "\"}",
                new String(clean.body().bytes(), UTF_8));
        assertFalse(clean.headers().has("content-encoding"));
        assertFalse(clean.body().isTruncated());
    }

    @Test
    void aCodedBodyWithoutSecretsStaysCoded() {
        byte[] coded = CodedBodies.gzip("{\"sku\":7}".getBytes(UTF_8));
        Exchange exchange =
                request("/", HeaderList.of("Content-Type", "application/json", "Content-Encoding", "gzip"), coded);

        assertSame(exchange, standard.apply(exchange));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "gzip"})
    void aBodyThatCannotBeDecodedIsLeftOut(String coding) {
        HeaderList headers = HeaderList.of("Content-Type", "application/json", "Content-Encoding", coding);

        CapturedBody clean = standard.apply(request("/", headers, "{\"password\":\"abc\"}".getBytes(UTF_8)))
                .request()
                .body();

        assertEquals(0, clean.capturedSize());
        assertTrue(clean.isTruncated());
    }

    @Test
    void jsonInUtf16IsLeftOut() {
        HeaderList headers = HeaderList.of("Content-Type", "application/json");
        byte[] wide = "{\"password\":\"abc\"}".getBytes(UTF_16LE);

        assertEquals(
                0, standard.apply(request("/", headers, wide)).request().body().capturedSize());
    }

    @Test
    void jsonThatIsCalledAFormIsRedactedAsJson() {
        assertFalse(body("application/x-www-form-urlencoded", "{\"password\":\"hunter2\"}")
                .contains("hunter2"));
        assertFalse(body("text/plain", " {\"password\":\"hunter2\"}").contains("hunter2"));
    }

    @Test
    void formsAreRedactedByField() {
        String clean = body("application/x-www-form-urlencoded; charset=utf-8", "user=a;b&pass%77ord=x;y&&empty&pwd=");

        assertEquals("user=a;b&pass%77ord=" + placeholder("x;y") + "&&empty&pwd=", clean);
    }

    @Test
    void partsOfMultipartFormsAreRedacted() {
        String parts = """
                --b
                Content-Disposition: form-data; name="%s"

                %s
                --b
                Content-Disposition: form-data; name=j
                Content-Type: application/json

                {"token":"%s"}
                --b--
                """.replace("\n", "\r\n");

        String clean = body("multipart/form-data; boundary=b", String.format(parts, "password", "abc", "abc"));

        assertEquals(String.format(parts, "password", placeholder("abc"), placeholder("abc")), clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/mixed", "multipart/related"})
    void jsonInPartsOfOtherMultipartBodiesIsRedacted(String type) {
        String part = "--b\r\nContent-Type: application/json\r\n\r\n{\"token\":\"%s\"}\r\n--b--\r\n";

        assertEquals(String.format(part, placeholder("s3")), body(type + "; boundary=b", String.format(part, "s3")));
    }

    @Test
    void multipartBodiesWithinEachOtherAreLeftOutWhereTheyGetDeep() {
        String shallow = "--b1\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n%s\r\n--b1--";
        assertEquals(
                nested(1, String.format(shallow, placeholder("s3"))),
                body("multipart/form-data; boundary=b0", nested(1, String.format(shallow, "s3"))));

        String clean = body("multipart/form-data; boundary=b0", nested(5_000, "token=s3"));

        assertTrue(clean.startsWith("--b0\r\nContent-Type: multipart/form-data; boundary=b1\r\n\r\n--b1\r\n"), clean);
        assertFalse(clean.contains("s3"));
    }

    private static String nested(int levels, String inmost) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            text.append("--b" + i + "\r\nContent-Type: multipart/form-data; boundary=b" + (i + 1) + "\r\n\r\n");
        }
        text.append(inmost);
        for (int i = levels - 1; i >= 0; i--) {
            text.append("\r\n--b" + i + "--\r\n");
        }
        return text.toString();
    }

    @Test
    void aBodyTooLargeForMemoryIsRedactedAsItIsRead() {
        String filler = "x".repeat(5 * 1024 * 1024);
        HeaderList headers = HeaderList.of("Content-Type", "application/json");
        byte[] json = ("{\"a\":\"" + filler + "\",\"password\":\"abc\"}").getBytes(UTF_8);

        CapturedBody clean =
                standard.apply(request("/", headers, json)).request().body();

        byte[] bytes = clean.bytes();
        assertEquals(clean.capturedSize(), bytes.length);
        assertTrue(new String(bytes, UTF_8).endsWith("\",\"password\":\"" + placeholder("abc") + "\"}"));
        CapturedBody forGood =
                standard.applyForGood(request("/", headers, json)).request().body();
        assertEquals(0, forGood.capturedSize());
    }

    @Test
    void responsesInterimResponsesTrailersAndMessagesAreRedacted() {
        CapturedResponse response = new CapturedResponse(
                101,
                "",
                "HTTP/1.1",
                HeaderList.of("Set-Cookie", "a=b"),
                CapturedBody.empty(),
                HeaderList.of("X-Auth-Token", "t"));
        WebSocketMessage login = new WebSocketMessage(
                WebSocketMessage.Direction.SENT,
                WebSocketMessage.Type.TEXT,
                Instant.EPOCH,
                "{\"token\":\"t\"}".getBytes(UTF_8),
                false,
                13);
        Exchange exchange = request("/", HeaderList.empty(), new byte[0]).toBuilder()
                .response(response)
                .informational(List.of(new InformationalResponse(103, "", HeaderList.of("Set-Cookie", "a=b"))))
                .upgraded("websocket", List.of(login))
                .build();

        Exchange clean = standard.apply(exchange);

        String cookie = "a=" + placeholder("b");
        assertEquals(List.of(cookie), clean.response().orElseThrow().headers().all("set-cookie"));
        assertEquals(
                placeholder("t"),
                clean.response().orElseThrow().trailers().first("x-auth-token").orElseThrow());
        assertEquals(List.of(cookie), clean.informational().get(0).headers().all("set-cookie"));
        assertEquals(
                "{\"token\":\"" + placeholder("t") + "\"}",
                clean.webSocketMessages().get(0).text());
        assertEquals(Optional.of("alice"), clean.client().user());
    }

    @Test
    void ownNamesAreAddedAndStandardOnesCanBeKept() {
        Redaction own = Redaction.builder()
                .headers("X-Tenant")
                .queryParameters("code")
                .bodyFields("iban")
                .keep("token")
                .build();
        HeaderList headers = HeaderList.of("x-tenant", "t", "Content-Type", "application/json");

        CapturedRequest clean = own.apply(
                        request("/?code=1&token=2", headers, "{\"IBAN\":\"x\",\"token\":\"t\"}".getBytes(UTF_8)))
                .request();

        assertTrue(clean.headers().first("x-tenant").orElseThrow().startsWith("redacted-"));
        assertTrue(clean.target().matches("/\\?code=redacted-\\w+&token=2"), clean.target());
        assertTrue(
                clean.body().text().matches("\\{\"IBAN\":\"redacted-\\w+\",\"token\":\"t\"}"),
                clean.body().text());
    }
}
