package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WireSizes;
import io.github.captureproxy.internal.address.AddressLiteral;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes an exchange of an entry of HAR 1.2, whoever wrote it: but for the URL everything may be missing, and null is the
 * same as that.
 */
final class HarParser {
    private static final Pattern ZONE_WITHOUT_COLON = Pattern.compile("([+-]\\d{2})(\\d{2})\\z");
    private static final Set<String> PSEUDO_FIELDS =
            Set.of(":authority", ":method", ":path", ":scheme", ":protocol", ":status");
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 999;
    private static final double NANOS_PER_MILLI = 1e6;

    private HarParser() {}

    static Exchange entry(JsonObject entry, int number) throws IOException {
        CapturedRequest request = request(entry.anyObject("request"));
        JsonObject answer = entry.anyObject("response");
        int status = (int) answer.anyNumber("status", 0);
        boolean answered = status >= MIN_STATUS && status <= MAX_STATUS;
        CapturedResponse response = answered ? response(answer, status, entry.has("_client")) : null;
        Exchange.Builder builder = Exchange.builder(entry.anyInteger("_id", number), client(entry), request);
        builder.hops(HttpHop.of(request.httpVersion()), response == null ? null : HttpHop.of(response.httpVersion()));
        builder.route(route(entry, request, answered), remote(entry, request));
        builder.response(response).informational(informational(entry)).rules(entry.anyTexts("_rules"));
        boolean upgraded = entry.has("_webSocketMessages") || entry.has("_upgradedTo");
        if (upgraded) {
            builder.upgraded(entry.anyText("_upgradedTo", "websocket"), messages(entry));
        }
        return builder.timings(instant(entry.anyText("startedDateTime", "")), timings(entry.anyObject("timings")))
                .sizes(sizes(entry.anyObject("request"), answer))
                .outcome(outcome(entry, response, upgraded))
                .build();
    }

    private static CapturedRequest request(JsonObject json) throws IOException {
        if (!json.has("url")) {
            throw new IOException("\"request.url\" is missing");
        }
        String url = HarUrl.inBytes(json.anyText("url", ""));
        HeaderList headers = headers(json, "headers");
        HarContent body = HarContent.ofRequest(json.anyObject("postData"), headers, size(json, "bodySize"));
        boolean noOrigin = json.has("_target") && url.startsWith(HarNames.UNKNOWN);
        HttpOrigin origin = noOrigin ? null : HarUrl.origin(url).orElse(null);
        return new CapturedRequest(
                inBytes(json.anyText("method", "GET")),
                inBytes(json.anyText("_target", HarUrl.target(url))),
                inBytes(HarNames.httpVersion(json.anyText("httpVersion", ""))),
                origin,
                body.headers(),
                body.body(),
                headers(json, "_trailers"));
    }

    private static CapturedResponse response(JsonObject json, int status, boolean own) throws IOException {
        HeaderList given = headers(json, "headers");
        HeaderList headers = own ? given : withEachCookie(given);
        HarContent body = HarContent.ofResponse(json.anyObject("content"), headers);
        return new CapturedResponse(
                status,
                inBytes(json.anyText("statusText", "")),
                inBytes(HarNames.httpVersion(json.anyText("httpVersion", ""))),
                body.headers(),
                body.body(),
                headers(json, "_trailers"));
    }

    /** Without the pseudo-fields of HTTP/2 that Chromium lists: method and URL say what they say. */
    private static HeaderList headers(JsonObject json, String name) {
        List<Header> headers = new ArrayList<>();
        for (JsonObject field : json.anyObjects(name)) {
            String fieldName = field.anyText("name", "");
            if (!PSEUDO_FIELDS.contains(fieldName)) {
                headers.add(new Header(inBytes(fieldName), inBytes(field.anyText("value", ""))));
            }
        }
        return HeaderList.of(headers);
    }

    /** Programs that are told of cookies by Chromium's debugging protocol have all of them in one value, a line each. */
    private static HeaderList withEachCookie(HeaderList headers) {
        List<Header> each = new ArrayList<>();
        for (Header header : headers) {
            boolean several = header.name().equalsIgnoreCase("set-cookie")
                    && header.value().indexOf('\n') >= 0;
            if (several) {
                header.value().lines().forEach(cookie -> each.add(new Header(header.name(), cookie)));
            } else {
                each.add(header);
            }
        }
        return HeaderList.of(each);
    }

    /** One character a byte: what is beyond that was UTF-8 as a rule. */
    static String inBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    private static ClientInfo client(JsonObject entry) throws IOException {
        JsonObject json = entry.anyObject("_client");
        InetSocketAddress address = json.has("address")
                ? Addresses.read(json.object("address"))
                : InetSocketAddress.createUnresolved("unknown", 0);
        Optional<String> user = json.has("user") ? Optional.of(json.anyText("user", "")) : Optional.empty();
        return new ClientInfo(address, entry.anyInteger("connection", 0), json.anyText("listener", "har"), user);
    }

    private static Route route(JsonObject entry, CapturedRequest request, boolean answered) throws IOException {
        if (entry.has("_route")) {
            JsonObject json = entry.anyObject("_route");
            return new Route(json.constant("kind", Route.Kind.class), json.anyText("nextHop", ""));
        }
        HttpOrigin origin = request.origin().orElse(null);
        return answered && origin != null
                ? new Route(Route.Kind.DIRECT, origin.host() + ":" + origin.port())
                : Route.NONE;
    }

    private static @Nullable InetSocketAddress remote(JsonObject entry, CapturedRequest request) {
        int port = request.origin().map(HttpOrigin::port).orElse(0);
        return AddressLiteral.parse(entry.anyText("serverIPAddress", ""))
                .map(address -> new InetSocketAddress(address, port))
                .orElse(null);
    }

    private static List<InformationalResponse> informational(JsonObject entry) {
        List<InformationalResponse> interim = new ArrayList<>();
        for (JsonObject one : entry.anyObjects("_informational")) {
            interim.add(new InformationalResponse(
                    (int) one.anyNumber("status", MIN_STATUS), one.anyText("statusText", ""), headers(one, "headers")));
        }
        return interim;
    }

    private static List<WebSocketMessage> messages(JsonObject entry) {
        List<WebSocketMessage> messages = new ArrayList<>();
        for (JsonObject one : entry.anyObjects("_webSocketMessages")) {
            WebSocketMessage.Type type = HarNames.type((int) one.anyNumber("opcode", 1));
            boolean text = type == WebSocketMessage.Type.TEXT && !one.has("_encoding");
            String data = one.anyText("data", "");
            byte[] payload = text
                    ? data.getBytes(StandardCharsets.UTF_8)
                    : Base64.getMimeDecoder().decode(data);
            messages.add(new WebSocketMessage(
                    one.anyText("type", "").equals("send")
                            ? WebSocketMessage.Direction.SENT
                            : WebSocketMessage.Direction.RECEIVED,
                    type,
                    seconds(one.anyDecimal("time").orElse(BigDecimal.ZERO)),
                    payload,
                    one.has("_truncated"),
                    one.anyInteger("_length", payload.length)));
        }
        return messages;
    }

    private static Instant seconds(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        BigDecimal nanos = seconds.subtract(whole).movePointRight(9);
        try {
            return Instant.ofEpochSecond(whole.longValueExact(), nanos.longValue());
        } catch (ArithmeticException | DateTimeException e) {
            return Instant.EPOCH; // No time that can be told.
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(ZONE_WITHOUT_COLON.matcher(text.strip()).replaceFirst("$1:$2"))
                    .toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH; // Missing, or no time at all: what else the entry says is worth having.
        }
    }

    private static Timings timings(JsonObject json) {
        return new Timings(
                nanos(json, "blocked"),
                nanos(json, "dns"),
                nanos(json, "connect"),
                nanos(json, "ssl"),
                nanos(json, "send"),
                nanos(json, "wait"),
                nanos(json, "receive"));
    }

    private static long nanos(JsonObject json, String phase) {
        double millis = json.anyNumber(phase, -1);
        return millis >= 0 ? Math.round(millis * NANOS_PER_MILLI) : -1;
    }

    private static WireSizes sizes(JsonObject request, JsonObject response) {
        return new WireSizes(
                size(request, "headersSize"),
                size(request, "bodySize"),
                size(response, "headersSize"),
                size(response, "bodySize"));
    }

    private static long size(JsonObject json, String name) {
        return Math.max(0, json.anyInteger(name, 0));
    }

    private static Outcome outcome(JsonObject entry, @Nullable CapturedResponse response, boolean upgraded)
            throws IOException {
        if (entry.has("_outcome")) {
            JsonObject json = entry.anyObject("_outcome");
            return new Outcome(
                    json.constant("status", Outcome.Status.class),
                    json.constant("side", Outcome.Side.class),
                    json.anyInteger("bytes", 0),
                    json.anyText("detail", ""));
        }
        String error = entry.anyObject("response").anyText("_error", "");
        if (response == null) {
            String detail = error.isEmpty() ? "there was no response" : error;
            return new Outcome(Outcome.Status.ORIGIN_ABORTED, Outcome.Side.ORIGIN, 0, detail);
        }
        Outcome.Status status = upgraded ? Outcome.Status.UPGRADED : Outcome.Status.COMPLETED;
        return error.isEmpty()
                ? new Outcome(status, Outcome.Side.NONE, response.body().size(), "")
                : new Outcome(
                        Outcome.Status.ORIGIN_ABORTED,
                        Outcome.Side.ORIGIN,
                        response.body().size(),
                        error);
    }
}
