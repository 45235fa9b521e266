package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.BodySource;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WebSocketMessage.Direction;
import io.github.captureproxy.testkit.Gzip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Exchanges that are hard to write in other formats, made as if a proxy had captured them. Each has a path of its own,
 * {@code /h/} and its name, so that it can be told when it is repeated.
 */
final class HostileExchanges {
    /** Text with all that some shell, language or template takes for something else. */
    static final String QUOTES =
            "it's \"quoted\" `id` $HOME ${x} %PATH% %41 !! \\n \\ ^ & | < > ( ) # ; ~ * ? [a] 'end\\";

    static final String EMOJI = "gr\u00fc\u00dfe \ud83d\ude00 \u2028 \ufeff \u4e16";

    /** Each byte there is. */
    static final byte[] BINARY = binary();

    static final String JSON = "{\"sku\": 7, \"text\": \"" + EMOJI + " \\\"x\\\" it's\", \"v\": \"{{$guid}} {{{a}}}\"}";

    private final HttpOrigin origin;
    private final List<Exchange> all = new ArrayList<>();

    private HostileExchanges(HttpOrigin origin) {
        this.origin = origin;
    }

    /** All of them, sent to an origin. */
    static List<Exchange> at(HttpOrigin origin) throws IOException {
        HostileExchanges made = new HostileExchanges(origin);
        made.plain();
        made.targets();
        made.fields();
        made.texts();
        made.bytes();
        made.coded();
        made.cutShort();
        made.webSocket();
        made.noRequests();
        return List.copyOf(made.all);
    }

    /** Those that another client can send again. */
    static List<Exchange> repeatable(HttpOrigin origin) throws IOException {
        return at(origin).stream()
                .filter(exchange -> Remarks.unrepeatable(exchange.request()).isEmpty())
                .toList();
    }

    /** What an exchange is called. */
    static String name(Exchange exchange) {
        return exchange.request().path().replaceFirst("^/h/", "").replaceFirst("/.*", "");
    }

    /** The one of that name. */
    static Exchange named(String name, List<Exchange> exchanges) {
        return exchanges.stream()
                .filter(exchange -> name(exchange).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void plain() {
        add("GET", "/h/plain", HeaderList.of("Host", origin.authority(), "Accept", "*/*"), new byte[0]);
        add(request("HEAD", "/h/head", host(), CapturedBody.empty()), ok("text/plain", new byte[0]));
        add("DELETE", "/h/delete", host(), new byte[0]);
        add("PURGE", "/h/purge", host(), new byte[0]);
        add("POST", "/h/empty", host("Content-Length", "0"), new byte[0]);
        add("PUT", "/h/put", host("Content-Type", "text/plain"), "put".getBytes(UTF_8));
        add("GET", "/h/get-with-body", host("Content-Type", "application/json"), "{\"q\":1}".getBytes(UTF_8));
    }

    private void targets() {
        add("GET", "/h/query?a=1&b=%20x%2F&c=&d", host(), new byte[0]);
        add("GET", "/h/again?a=1&a=2&&=&%zz", host(), new byte[0]);
        add("GET", "/h/dots/../x/./y//z/%2e%2e/%2F", host(), new byte[0]);
        add("GET", "/h/brackets[1]{2}(3)|;:@,$!'*+?a={1,2}&b=[3]", host(), new byte[0]);
        add("GET", "/h/quotes'it\"s`id`%41%PATH%!x^y?$HOME&'a'=\"b\"", host(), new byte[0]);
        add("GET", "/h/variable/{{$guid}}?x={{$timestamp}}", host(), new byte[0]);
        add("GET", "/h/raw/" + wire(EMOJI.replaceAll("\\s", "")) + "\u00e9?\u00e9", host(), new byte[0]);
    }

    private void fields() {
        add(
                "GET",
                "/h/fields",
                host(
                        "X-Twice",
                        "one",
                        "X-Empty",
                        "",
                        "x-twice",
                        "two",
                        "X-Quotes",
                        QUOTES,
                        "X-Template",
                        "{{$guid}}",
                        "If-None-Match",
                        "\"etag\"",
                        "X-Latin",
                        "\u00e9\u00ff",
                        "X-Utf8",
                        wire(EMOJI.replaceAll("\\s", "")),
                        "User-Agent",
                        "it's me",
                        "Accept-Encoding",
                        "gzip, br;q=0.5"),
                new byte[0]);
        add(
                "GET",
                "/h/hops",
                host(
                        "Connection",
                        "keep-alive, X-Mine",
                        "X-Mine",
                        "1",
                        "Keep-Alive",
                        "timeout=5",
                        "TE",
                        "trailers",
                        "Proxy-Authorization",
                        "Basic YTpi",
                        "Proxy-Connection",
                        "keep-alive",
                        "Accept-Encoding",
                        "identity"),
                new byte[0]);
        List<Header> cookies = new ArrayList<>(host());
        for (int i = 0; i < 60; i++) {
            cookies.add(new Header("Cookie", "c" + i + "=\"v" + i + "\"; d" + i + "=" + "x".repeat(i)));
        }
        add("GET", "/h/cookies", HeaderList.of(cookies), new byte[0]);
    }

    private void texts() {
        add("POST", "/h/json", host("Content-Type", "application/json"), JSON.getBytes(UTF_8));
        add("POST", "/h/text", host("Content-Type", "text/plain"), (QUOTES + EMOJI).getBytes(UTF_8));
        add("POST", "/h/lines", host("Content-Type", "text/plain"), "\n a\n\n  b  \n\"\"\"\"\n\tc\t\n".getBytes(UTF_8));
        add("POST", "/h/indented", host("Content-Type", "text/plain"), "  a\n   b \\".getBytes(UTF_8));
        add("POST", "/h/crlf", host("Content-Type", "text/plain"), "a\r\nb\r\n".getBytes(UTF_8));
        add("POST", "/h/at", host("Content-Type", "text/plain"), "@/etc/passwd".getBytes(UTF_8));
        add("POST", "/h/template", host("Content-Type", "text/plain"), "a {{b}} c".getBytes(UTF_8));
        add("POST", "/h/untyped", host(), "a=b&c".getBytes(UTF_8));
        String form = "application/x-www-form-urlencoded";
        add("POST", "/h/form", host("Content-Type", form), "a=1&b=x%20y+z&c=%C3%A9%26&d%5B%5D=".getBytes(UTF_8));
        add("POST", "/h/form-again", host("Content-Type", form), "a=1&b={{$guid}}&a=2&%zz&=".getBytes(UTF_8));
    }

    private void bytes() {
        add("POST", "/h/binary", host("Content-Type", "application/octet-stream"), BINARY);
        byte[] endsInBody = Arrays.copyOf("\0".getBytes(UTF_8), 60); // whose last line of Base64 is "BODY"
        System.arraycopy(Base64.getDecoder().decode("BODY"), 0, endsInBody, 57, 3);
        add("POST", "/h/here-document", host("Content-Type", "application/octet-stream"), endsInBody);
        add("POST", "/h/nul", host("Content-Type", "text/plain"), "a\0b".getBytes(UTF_8));
        add("POST", "/h/invalid", host("Content-Type", "application/json"), "{\"\u00e9\":1}".getBytes(ISO_8859_1));
        add(
                "POST",
                "/h/latin",
                host("Content-Type", "text/plain; charset=iso-8859-1"),
                "gr\u00fc\u00dfe".getBytes(ISO_8859_1));
        byte[] part = ("--xx\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n" + EMOJI
                        + "\r\n--xx--\r\n")
                .getBytes(UTF_8);
        add("POST", "/h/multipart", host("Content-Type", "multipart/form-data; boundary=xx"), part);
        add(
                "POST",
                "/h/large",
                host("Content-Type", "text/plain"),
                "large \u00e9\n".repeat(20_000).getBytes(UTF_8));
        add("PUT", "/h/huge", host("Content-Type", "application/octet-stream"), new Huge());
    }

    private void coded() throws IOException {
        byte[] gzip = Gzip.of(JSON.getBytes(UTF_8));
        HeaderList headers = host("Content-Type", "application/json", "Content-Encoding", "gzip");
        CapturedRequest sent = request("POST", "/h/gzip", headers, CapturedBody.of(gzip, headers));
        HeaderList answer = HeaderList.of(
                "Content-Type",
                "application/json",
                "content-encoding",
                "gzip",
                "Content-Length",
                "" + gzip.length,
                "Set-Cookie",
                "a=1; Path=/; HttpOnly",
                "set-cookie",
                "b=\"2\"; Domain=example.com");
        add(
                sent,
                new CapturedResponse(
                        201, "Created", "HTTP/1.1", answer, CapturedBody.of(gzip, answer), HeaderList.empty()));
        HeaderList broken = HeaderList.of("Content-Type", "text/html", "Content-Encoding", "gzip");
        add(
                request("GET", "/h/broken-gzip", host(), CapturedBody.empty()),
                new CapturedResponse(200, "", "HTTP/1.1", broken, CapturedBody.of(BINARY, broken), HeaderList.empty()));
        HeaderList chunked =
                HeaderList.of("Host", origin.authority(), "Transfer-Encoding", "chunked", "Trailer", "X-Sum");
        add(
                request("POST", "/h/chunked", chunked, CapturedBody.empty())
                        .withBody(CapturedBody.of("chunks".getBytes(UTF_8), chunked), HeaderList.of("X-Sum", "1")),
                ok("text/plain", "hello".getBytes(UTF_8)));
        add(request("GET", "/h/image", host(), CapturedBody.empty()), ok("image/png", BINARY));
        add(request("GET", "/h/download", host(), CapturedBody.empty()), huge());
    }

    private void cutShort() {
        HeaderList text = host("Content-Type", "text/plain");
        CapturedBody cut =
                CapturedBody.of(CapturedBody.inMemory("beginning \u00e9".getBytes(UTF_8)), 1_000_000, true, null, text);
        add(request("POST", "/h/truncated", text, cut), ok("text/plain", "hello".getBytes(UTF_8)));
        HeaderList answer = HeaderList.of("Content-Type", "text/plain", "Content-Length", "100");
        CapturedBody partial =
                CapturedBody.of(CapturedBody.inMemory("ten bytes!".getBytes(UTF_8)), 10, false, null, answer);
        all.add(exchange(request("GET", "/h/partial", host(), CapturedBody.empty()))
                .response(new CapturedResponse(200, "OK", "HTTP/1.1", answer, partial, HeaderList.empty()))
                .outcome(new Outcome(Outcome.Status.ORIGIN_ABORTED, Outcome.Side.ORIGIN, 10, "the origin broke off"))
                .build());
        all.add(exchange(request("GET", "/h/unanswered", host(), CapturedBody.empty()))
                .outcome(new Outcome(Outcome.Status.ORIGIN_ABORTED, Outcome.Side.ORIGIN, 0, "*/ \\u000a %> it's"))
                .build());
        CapturedBody broken = CapturedBody.of(CapturedBody.inMemory("half".getBytes(UTF_8)), 4, false, null, text);
        all.add(exchange(request("POST", "/h/aborted", text, broken))
                .outcome(new Outcome(Outcome.Status.CLIENT_ABORTED, Outcome.Side.CLIENT, 4, "the client went away"))
                .build());
    }

    private void webSocket() {
        HeaderList upgrade = HeaderList.of("Connection", "Upgrade", "Upgrade", "websocket");
        CapturedResponse switched = new CapturedResponse(
                101, "Switching Protocols", "HTTP/1.1", upgrade, CapturedBody.empty(), HeaderList.empty());
        HeaderList asked = host("Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13");
        Instant at = Instant.parse("2026-01-02T03:04:06.5Z");
        all.add(exchange(request("GET", "/h/websocket", asked, CapturedBody.empty()))
                .response(switched)
                .upgraded(
                        "websocket",
                        List.of(
                                message(Direction.SENT, WebSocketMessage.Type.TEXT, at, EMOJI.getBytes(UTF_8)),
                                message(Direction.RECEIVED, WebSocketMessage.Type.BINARY, at.plusMillis(1), BINARY)))
                .outcome(new Outcome(Outcome.Status.UPGRADED, Outcome.Side.NONE, 0, ""))
                .build());
    }

    private static WebSocketMessage message(
            Direction direction, WebSocketMessage.Type type, Instant at, byte[] payload) {
        return new WebSocketMessage(direction, type, at, payload, false, payload.length);
    }

    private void noRequests() {
        all.add(exchange(new CapturedRequest(
                        "CONNECT", "h:443", "HTTP/1.1", null, host(), CapturedBody.empty(), HeaderList.empty()))
                .response(new CapturedResponse(
                        407,
                        "Proxy Authentication Required",
                        "HTTP/1.1",
                        HeaderList.empty(),
                        CapturedBody.empty(),
                        HeaderList.empty()))
                .build());
        all.add(exchange(new CapturedRequest(
                        "",
                        "\\u000a*/'\"",
                        "HTTP/1.1",
                        null,
                        HeaderList.empty(),
                        CapturedBody.empty(),
                        HeaderList.empty()))
                .outcome(new Outcome(Outcome.Status.MALFORMED_REQUEST, Outcome.Side.CLIENT, 0, "no HTTP"))
                .build());
    }

    private void add(String method, String target, HeaderList headers, byte[] body) {
        add(
                request(method, target, headers, CapturedBody.of(body, headers)),
                ok("text/plain", "hello".getBytes(UTF_8)));
    }

    private void add(String method, String target, HeaderList headers, BodySource body) {
        add(
                request(method, target, headers, CapturedBody.of(body, body.length(), true, null, headers)),
                ok("text/plain", "hello".getBytes(UTF_8)));
    }

    private void add(CapturedRequest request, CapturedResponse response) {
        all.add(exchange(request)
                .response(response)
                .informational(List.of(new InformationalResponse(103, "Early Hints", HeaderList.of("Link", "</x>"))))
                .build());
    }

    private CapturedRequest request(String method, String target, HeaderList headers, CapturedBody body) {
        return new CapturedRequest(method, target, "HTTP/1.1", origin, headers, body, HeaderList.empty());
    }

    private Exchange.Builder exchange(CapturedRequest request) {
        InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
        return Exchange.builder(all.size() + 1L, new ClientInfo(client, 1, "main", Optional.empty()), request)
                .timings(Instant.parse("2026-01-02T03:04:05.678Z").plusMillis(all.size()), Timings.NONE);
    }

    private static CapturedResponse ok(String type, byte[] body) {
        HeaderList headers =
                HeaderList.of("Content-Type", type, "Content-Length", "" + body.length, "X-Twice", "1", "x-twice", "2");
        return new CapturedResponse(200, "OK", "HTTP/1.1", headers, CapturedBody.of(body, headers), HeaderList.empty());
    }

    private static CapturedResponse huge() {
        Huge body = new Huge();
        HeaderList headers = HeaderList.of("Content-Type", "application/octet-stream", "Transfer-Encoding", "chunked");
        CapturedBody captured = CapturedBody.of(body, body.length(), true, null, headers);
        return new CapturedResponse(200, "OK", "HTTP/1.1", headers, captured, HeaderList.empty());
    }

    private HeaderList host(String... more) {
        List<Header> headers = new ArrayList<>(List.of(new Header("Host", origin.authority())));
        headers.addAll(HeaderList.of(more));
        return HeaderList.of(headers);
    }

    /** UTF-8 as it stands in a head: one character a byte. */
    static String wire(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static byte[] binary() {
        byte[] bytes = new byte[1_024];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        return bytes;
    }

    /** A body that lies elsewhere: more than any format keeps in its text. */
    static final class Huge implements BodySource {
        private static final int LENGTH = 3_000_000;

        @Override
        public long length() {
            return LENGTH;
        }

        @Override
        public InputStream open() {
            byte[] bytes = new byte[LENGTH];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i * 31 + i / 251);
            }
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long memoryBytes() {
            return 0;
        }
    }
}
