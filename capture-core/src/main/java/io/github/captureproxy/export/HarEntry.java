package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.internal.address.AddressLiteral;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes an exchange as an entry of HAR 1.2, with what Chromium's DevTools read beyond it, and what HAR has no place for
 * in fields of its own, which start with an underscore. {@link HarParser} reads it back.
 */
final class HarEntry {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final JsonOut json;
    private final HarBody bodies;

    HarEntry(JsonOut json) {
        this.json = json;
        this.bodies = new HarBody(json);
    }

    void write(Exchange exchange) throws IOException {
        Timings timings = exchange.timings();
        json.beginObject().field("startedDateTime", instant(exchange.startedAt()));
        json.number("time", millis(timings.total().toNanos()));
        request(exchange);
        if (exchange.response().isPresent()) {
            response(exchange, exchange.response().get());
        } else {
            noResponse(exchange);
        }
        json.beginObject("cache").endObject();
        timings(timings);
        serverAddress(exchange);
        json.field("connection", Long.toString(exchange.client().connection()));
        json.field("_resourceType", HarNames.resourceType(exchange));
        if (exchange.upgradedTo().isPresent()) {
            upgraded(exchange);
        }
        ownFacts(exchange);
        json.endObject();
    }

    /** Years of more than four digits, which only an import has, are none to those who read HAR. */
    private static String instant(Instant at) {
        return MILLIS.format(at.isBefore(FIRST) || at.isAfter(LAST) ? Instant.EPOCH : at);
    }

    private void request(Exchange exchange) throws IOException {
        CapturedRequest request = exchange.request();
        String url = HarNames.url(request);
        json.beginObject("request").field("method", request.method()).field("url", url);
        if (!request.target().equals(url)) {
            json.field("_target", request.target());
        }
        json.field("httpVersion", HarNames.version(request.httpVersion()));
        HarCookies.ofRequest(json, request.headers());
        headers("headers", request.headers());
        queryString(request);
        bodies.postData(request);
        trailers(request.trailers());
        sizes(exchange.sizes().requestHead(), exchange.sizes().requestBody());
        json.endObject();
    }

    private void queryString(CapturedRequest request) throws IOException {
        json.beginArray("queryString");
        HarNames.pairs(request.query().orElse(""), (name, value) -> {
            json.beginObject().field("name", name).field("value", value).endObject();
        });
        json.endArray();
    }

    private void response(Exchange exchange, CapturedResponse response) throws IOException {
        json.beginObject("response").field("status", response.status()).field("statusText", response.reason());
        json.field("httpVersion", HarNames.version(response.httpVersion()));
        HarCookies.ofResponse(json, response.headers());
        headers("headers", response.headers());
        bodies.content(response, exchange.sizes().responseBody());
        json.field("redirectURL", response.headers().first("location").orElse(""));
        trailers(response.trailers());
        sizes(exchange.sizes().responseHead(), exchange.sizes().responseBody());
        error(exchange);
        json.endObject();
    }

    /** All that a viewer asks for is there, so that one failed exchange does not keep the others from being shown. */
    private void noResponse(Exchange exchange) throws IOException {
        json.beginObject("response").field("status", 0).field("statusText", "").field("httpVersion", "");
        json.beginArray("cookies").endArray().beginArray("headers").endArray();
        json.beginObject("content")
                .field("size", 0)
                .field("mimeType", "x-unknown")
                .endObject();
        json.field("redirectURL", "").field("headersSize", -1).field("bodySize", -1);
        error(exchange);
        json.endObject();
    }

    private void error(Exchange exchange) throws IOException {
        Outcome outcome = exchange.outcome();
        if (!outcome.isSuccess()) {
            json.field("_error", outcome.detail().isEmpty() ? outcome.status().name() : outcome.detail());
        }
    }

    private void sizes(long head, long body) throws IOException {
        json.field("headersSize", head == 0 ? -1 : head).field("bodySize", body);
    }

    private void headers(String name, HeaderList headers) throws IOException {
        json.beginArray(name);
        for (Header header : headers) {
            json.beginObject()
                    .field("name", header.name())
                    .field("value", header.value())
                    .endObject();
        }
        json.endArray();
    }

    private void trailers(HeaderList trailers) throws IOException {
        if (!trailers.isEmpty()) {
            headers("_trailers", trailers);
        }
    }

    private void timings(Timings timings) throws IOException {
        json.beginObject("timings").number("blocked", millis(timings.blockedNanos()));
        json.number("dns", millis(timings.dnsNanos())).number("connect", millis(timings.connectNanos()));
        json.number("ssl", millis(timings.tlsNanos()));
        // These three have to be there, and must not be negative.
        json.number("send", millis(Math.max(0, timings.sendNanos())));
        json.number("wait", millis(Math.max(0, timings.waitNanos())));
        json.number("receive", millis(Math.max(0, timings.receiveNanos()))).endObject();
    }

    /** Nanoseconds as milliseconds, exactly. */
    static String millis(long nanos) {
        if (nanos < 0) {
            return "-1";
        }
        long rest = nanos % 1_000_000;
        String whole = Long.toString(nanos / 1_000_000);
        if (rest == 0) {
            return whole;
        }
        String digits = Long.toString(1_000_000 + rest).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return whole + '.' + digits.substring(0, end);
    }

    private void serverAddress(Exchange exchange) throws IOException {
        InetAddress address =
                exchange.remoteAddress().map(remote -> remote.getAddress()).orElse(null);
        if (address != null) {
            json.field("serverIPAddress", AddressLiteral.format(address));
        }
    }

    private void upgraded(Exchange exchange) throws IOException {
        json.field("_upgradedTo", exchange.upgradedTo().orElse("")).beginArray("_webSocketMessages");
        for (WebSocketMessage message : exchange.webSocketMessages()) {
            boolean sent = message.direction() == WebSocketMessage.Direction.SENT;
            json.beginObject().field("type", sent ? "send" : "receive");
            json.number("time", seconds(message.at())).field("opcode", HarNames.opcode(message.type()));
            byte[] payload = message.payload();
            Utf8Check check = new Utf8Check();
            check.feed(payload, 0, payload.length);
            json.name("data");
            if (message.type() == WebSocketMessage.Type.TEXT && check.isValid()) {
                json.utf8(payload, payload.length);
            } else {
                json.base64(new ByteArrayInputStream(payload));
                if (message.type() == WebSocketMessage.Type.TEXT) {
                    json.field("_encoding", "base64"); // What is cut may end within a character.
                }
            }
            if (message.truncated()) {
                json.field("_truncated", true).field("_length", message.length());
            }
            json.endObject();
        }
        json.endArray();
    }

    private static String seconds(Instant at) {
        return at.getEpochSecond() < 0
                ? Long.toString(at.getEpochSecond())
                : at.getEpochSecond() + "."
                        + Integer.toString(1_000_000_000 + at.getNano()).substring(1);
    }

    private void ownFacts(Exchange exchange) throws IOException {
        json.field("_id", exchange.id());
        ClientInfo client = exchange.client();
        json.beginObject("_client");
        Addresses.write(json, "address", client.address());
        json.field("listener", client.listener());
        Optional<String> user = client.user();
        if (user.isPresent()) {
            json.field("user", user.get());
        }
        json.endObject();
        json.beginObject("_route").field("kind", exchange.route().kind().name());
        json.field("nextHop", exchange.route().nextHop()).endObject();
        Outcome outcome = exchange.outcome();
        json.beginObject("_outcome").field("status", outcome.status().name());
        json.field("side", outcome.side().name()).field("bytes", outcome.bytes());
        json.field("detail", outcome.detail()).endObject();
        if (!exchange.rules().isEmpty()) {
            json.beginArray("_rules");
            for (String rule : exchange.rules()) {
                json.string(rule);
            }
            json.endArray();
        }
        if (!exchange.informational().isEmpty()) {
            json.beginArray("_informational");
            for (InformationalResponse interim : exchange.informational()) {
                json.beginObject().field("status", interim.status()).field("statusText", interim.reason());
                headers("headers", interim.headers());
                json.endObject();
            }
            json.endArray();
        }
    }
}
