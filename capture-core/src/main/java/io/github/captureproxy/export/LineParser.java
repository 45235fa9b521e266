package io.github.captureproxy.export;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpHop;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.StreamPriority;
import io.github.captureproxy.exchange.StreamReset;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WireSizes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes an exchange of what {@link LineWriter} wrote. Fields that it does not know are passed over. */
final class LineParser {
    private LineParser() {}

    static Exchange read(JsonObject json) throws IOException {
        long version = json.number("v");
        if (version != LineWriter.VERSION) {
            throw new IOException("the version \"v\" of the line is " + version + "; " + LineWriter.VERSION
                    + " is understood: use a later version of this library");
        }
        try {
            return exchange(json);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(String.valueOf(e.getMessage()), e); // A value that the model refuses.
        }
    }

    private static Exchange exchange(JsonObject json) throws IOException {
        Exchange.Builder builder =
                Exchange.builder(json.number("id"), client(json.object("client")), request(json.object("request")));
        Optional<JsonObject> tunnel = json.optionalObject("tunnel");
        if (tunnel.isPresent()) {
            builder.tunnel(tunnel.get().number("id"), tunnel.get().constant("reason", Tunnel.Reason.class));
        }
        Optional<JsonObject> clientTls = json.optionalObject("clientTls");
        Optional<JsonObject> originTls = json.optionalObject("originTls");
        builder.tls(
                clientTls.isPresent() ? clientTls(clientTls.get()) : null,
                originTls.isPresent() ? originTls(originTls.get()) : null);
        Optional<JsonObject> originHop = json.optionalObject("originHop");
        builder.hops(hop(json.object("clientHop")), originHop.isPresent() ? hop(originHop.get()) : null);
        JsonObject route = json.object("route");
        Optional<JsonObject> remote = json.optionalObject("remote");
        builder.route(
                new Route(route.constant("kind", Route.Kind.class), route.text("nextHop")),
                remote.isPresent() ? Addresses.read(remote.get()) : null);
        Optional<JsonObject> response = json.optionalObject("response");
        if (response.isPresent()) {
            builder.response(response(response.get()));
        }
        builder.informational(informational(json));
        rules(json, builder);
        if (json.has("upgradedTo")) {
            builder.upgraded(json.text("upgradedTo"), webSocketMessages(json));
        }
        return builder.timings(Instant.parse(json.text("startedAt")), timings(json.object("timings")))
                .sizes(sizes(json.object("sizes")))
                .outcome(outcome(json.object("outcome")))
                .build();
    }

    private static void rules(JsonObject json, Exchange.Builder builder) throws IOException {
        builder.rules(json.list("rules").stream().map(String::valueOf).toList());
        Optional<JsonObject> sent = json.optionalObject("sentRequest");
        if (sent.isPresent()) {
            builder.sentRequest(request(sent.get()));
        }
        Optional<JsonObject> origins = json.optionalObject("originResponse");
        if (origins.isPresent()) {
            builder.originResponse(response(origins.get()));
        }
    }

    private static ClientInfo client(JsonObject json) throws IOException {
        return new ClientInfo(
                Addresses.read(json.object("address")),
                json.number("connection"),
                json.text("listener"),
                json.optionalText("user"));
    }

    private static ClientTls clientTls(JsonObject json) throws IOException {
        return new ClientTls(
                json.text("version"),
                json.text("cipherSuite"),
                json.optionalText("alpn"),
                json.optionalText("serverName"),
                json.text("fingerprint"),
                json.flag("resumed"));
    }

    private static OriginTls originTls(JsonObject json) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object certificate : json.list("certificates")) {
            certificates.add(certificate(String.valueOf(certificate)));
        }
        return new OriginTls(
                json.text("version"),
                json.text("cipherSuite"),
                json.optionalText("alpn"),
                json.optionalText("serverName"),
                certificates,
                json.constant("validity", OriginTls.Validity.class));
    }

    private static X509Certificate certificate(String base64) throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new IOException("an element of \"certificates\" is no certificate: " + e.getMessage(), e);
        }
    }

    private static HttpHop hop(JsonObject json) throws IOException {
        OptionalInt stream = json.has("stream") ? OptionalInt.of((int) json.number("stream")) : OptionalInt.empty();
        Optional<JsonObject> priority = json.optionalObject("priority");
        Optional<JsonObject> reset = json.optionalObject("reset");
        if (stream.isEmpty() && priority.isEmpty() && reset.isEmpty()) {
            return HttpHop.of(json.text("version"));
        }
        return new HttpHop(
                json.text("version"),
                stream,
                priority.isPresent() ? Optional.of(priority(priority.get())) : Optional.empty(),
                reset.isPresent()
                        ? Optional.of(new StreamReset(
                                reset.get().number("code"), reset.get().flag("byPeer")))
                        : Optional.empty());
    }

    private static StreamPriority priority(JsonObject json) throws IOException {
        Optional<JsonObject> on = json.optionalObject("dependency");
        Optional<StreamPriority.Dependency> dependency = on.isEmpty()
                ? Optional.empty()
                : Optional.of(new StreamPriority.Dependency(
                        on.get().flag("exclusive"), (int) on.get().number("stream"), (int)
                                on.get().number("weight")));
        return new StreamPriority(json.optionalText("field"), dependency);
    }

    private static CapturedRequest request(JsonObject json) throws IOException {
        HeaderList headers = headers(json, "headers");
        Optional<JsonObject> origin = json.optionalObject("origin");
        return new CapturedRequest(
                json.text("method"),
                json.text("target"),
                json.text("version"),
                origin.isPresent() ? origin(origin.get()) : null,
                headers,
                body(json, headers),
                headers(json, "trailers"));
    }

    private static HttpOrigin origin(JsonObject json) throws IOException {
        return new HttpOrigin(json.text("scheme"), json.text("host"), (int) json.number("port"));
    }

    private static CapturedResponse response(JsonObject json) throws IOException {
        HeaderList headers = headers(json, "headers");
        return new CapturedResponse(
                (int) json.number("status"),
                json.text("reason"),
                json.text("version"),
                headers,
                body(json, headers),
                headers(json, "trailers"));
    }

    private static CapturedBody body(JsonObject json, HeaderList headers) throws IOException {
        return BodyJson.read(json.object("body"), headers);
    }

    private static HeaderList headers(JsonObject json, String name) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (Object element : json.list(name)) {
            if (!(element instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof String field
                    && pair.get(1) instanceof String value)) {
                throw new IOException("an element of \"" + name + "\" is not a pair of name and value");
            }
            headers.add(new Header(field, value));
        }
        return HeaderList.of(headers);
    }

    private static List<InformationalResponse> informational(JsonObject json) throws IOException {
        List<InformationalResponse> interim = new ArrayList<>();
        for (JsonObject one : json.objects("informational")) {
            interim.add(
                    new InformationalResponse((int) one.number("status"), one.text("reason"), headers(one, "headers")));
        }
        return interim;
    }

    private static List<WebSocketMessage> webSocketMessages(JsonObject json) throws IOException {
        List<WebSocketMessage> messages = new ArrayList<>();
        for (JsonObject one : json.objects("webSocketMessages")) {
            messages.add(new WebSocketMessage(
                    one.constant("direction", WebSocketMessage.Direction.class),
                    one.constant("type", WebSocketMessage.Type.class),
                    Instant.parse(one.text("at")),
                    BodyJson.readBytes(one),
                    one.flag("truncated"),
                    one.number("length")));
        }
        return messages;
    }

    private static Timings timings(JsonObject json) throws IOException {
        return new Timings(
                json.number("blocked"),
                json.number("dns"),
                json.number("connect"),
                json.number("tls"),
                json.number("send"),
                json.number("wait"),
                json.number("receive"));
    }

    private static WireSizes sizes(JsonObject json) throws IOException {
        return new WireSizes(
                json.number("requestHead"),
                json.number("requestBody"),
                json.number("responseHead"),
                json.number("responseBody"));
    }

    private static Outcome outcome(JsonObject json) throws IOException {
        return new Outcome(
                json.constant("status", Outcome.Status.class),
                json.constant("side", Outcome.Side.class),
                json.number("bytes"),
                json.text("detail"));
    }
}
