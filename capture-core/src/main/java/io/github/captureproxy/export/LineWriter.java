package io.github.captureproxy.export;

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
import io.github.captureproxy.exchange.StreamPriority;
import io.github.captureproxy.exchange.StreamReset;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WireSizes;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Writes an exchange as one JSON object with all that is known of it. {@link LineParser} reads it back. */
final class LineWriter {
    static final int VERSION = 1;

    private final JsonOut json;

    LineWriter(JsonOut json) {
        this.json = json;
    }

    void write(Exchange exchange) throws IOException {
        json.beginObject().field("v", VERSION).field("id", exchange.id());
        json.field("startedAt", exchange.startedAt().toString());
        client(exchange.client());
        if (exchange.tunnelId().isPresent()) {
            json.beginObject("tunnel").field("id", exchange.tunnelId().getAsLong());
            if (exchange.tunnelReason().isPresent()) {
                json.field("reason", exchange.tunnelReason().get().name());
            }
            json.endObject();
        }
        if (exchange.clientTls().isPresent()) {
            clientTls(exchange.clientTls().get());
        }
        if (exchange.originTls().isPresent()) {
            originTls(exchange.originTls().get());
        }
        hop("clientHop", exchange.clientHop());
        if (exchange.originHop().isPresent()) {
            hop("originHop", exchange.originHop().get());
        }
        json.beginObject("route").field("kind", exchange.route().kind().name());
        json.field("nextHop", exchange.route().nextHop()).endObject();
        if (exchange.remoteAddress().isPresent()) {
            Addresses.write(json, "remote", exchange.remoteAddress().get());
        }
        messages(exchange);
        rules(exchange);
        timings(exchange.timings());
        sizes(exchange.sizes());
        outcome(exchange.outcome());
        json.endObject();
    }

    private void client(ClientInfo client) throws IOException {
        json.beginObject("client");
        Addresses.write(json, "address", client.address());
        json.field("connection", client.connection()).field("listener", client.listener());
        if (client.user().isPresent()) {
            json.field("user", client.user().get());
        }
        json.endObject();
    }

    private void clientTls(ClientTls tls) throws IOException {
        json.beginObject("clientTls").field("version", tls.version()).field("cipherSuite", tls.cipherSuite());
        if (tls.applicationProtocol().isPresent()) {
            json.field("alpn", tls.applicationProtocol().get());
        }
        if (tls.serverName().isPresent()) {
            json.field("serverName", tls.serverName().get());
        }
        json.field("fingerprint", tls.fingerprint())
                .field("resumed", tls.resumed())
                .endObject();
    }

    private void originTls(OriginTls tls) throws IOException {
        json.beginObject("originTls").field("version", tls.version()).field("cipherSuite", tls.cipherSuite());
        if (tls.applicationProtocol().isPresent()) {
            json.field("alpn", tls.applicationProtocol().get());
        }
        if (tls.serverName().isPresent()) {
            json.field("serverName", tls.serverName().get());
        }
        json.field("validity", tls.validity().name()).beginArray("certificates");
        for (X509Certificate certificate : tls.certificates()) {
            try {
                json.string(Base64.getEncoder().encodeToString(certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IOException("a certificate of the origin cannot be encoded", e);
            }
        }
        json.endArray().endObject();
    }

    private void hop(String name, HttpHop hop) throws IOException {
        json.beginObject(name).field("version", hop.version());
        if (hop.streamId().isPresent()) {
            json.field("stream", hop.streamId().getAsInt());
        }
        if (hop.priority().isPresent()) {
            priority(hop.priority().get());
        }
        if (hop.reset().isPresent()) {
            StreamReset reset = hop.reset().get();
            json.beginObject("reset").field("code", reset.code());
            json.field("byPeer", reset.byPeer()).endObject();
        }
        json.endObject();
    }

    private void priority(StreamPriority priority) throws IOException {
        json.beginObject("priority");
        if (priority.field().isPresent()) {
            json.field("field", priority.field().get());
        }
        if (priority.dependency().isPresent()) {
            StreamPriority.Dependency on = priority.dependency().get();
            json.beginObject("dependency").field("stream", on.streamId());
            json.field("weight", on.weight()).field("exclusive", on.exclusive()).endObject();
        }
        json.endObject();
    }

    private void messages(Exchange exchange) throws IOException {
        request("request", exchange.request());
        if (!exchange.informational().isEmpty()) {
            json.beginArray("informational");
            for (InformationalResponse interim : exchange.informational()) {
                json.beginObject().field("status", interim.status()).field("reason", interim.reason());
                headers("headers", interim.headers());
                json.endObject();
            }
            json.endArray();
        }
        if (exchange.response().isPresent()) {
            response("response", exchange.response().get());
        }
        if (exchange.upgradedTo().isPresent()) {
            json.field("upgradedTo", exchange.upgradedTo().get()).beginArray("webSocketMessages");
            for (WebSocketMessage message : exchange.webSocketMessages()) {
                webSocketMessage(message);
            }
            json.endArray();
        }
    }

    private void rules(Exchange exchange) throws IOException {
        if (!exchange.rules().isEmpty()) {
            json.beginArray("rules");
            for (String rule : exchange.rules()) {
                json.string(rule);
            }
            json.endArray();
        }
        if (exchange.sentRequest().isPresent()) {
            request("sentRequest", exchange.sentRequest().get());
        }
        if (exchange.originResponse().isPresent()) {
            response("originResponse", exchange.originResponse().get());
        }
    }

    private void request(String name, CapturedRequest request) throws IOException {
        json.beginObject(name).field("method", request.method()).field("target", request.target());
        json.field("version", request.httpVersion());
        if (request.origin().isPresent()) {
            HttpOrigin origin = request.origin().get();
            json.beginObject("origin").field("scheme", origin.scheme()).field("host", origin.host());
            json.field("port", origin.port()).endObject();
        }
        headers("headers", request.headers());
        BodyJson.write(json, request.body());
        trailers(request.trailers());
        json.endObject();
    }

    private void response(String name, CapturedResponse response) throws IOException {
        json.beginObject(name).field("status", response.status()).field("reason", response.reason());
        json.field("version", response.httpVersion());
        headers("headers", response.headers());
        BodyJson.write(json, response.body());
        trailers(response.trailers());
        json.endObject();
    }

    private void trailers(HeaderList trailers) throws IOException {
        if (!trailers.isEmpty()) {
            headers("trailers", trailers);
        }
    }

    private void headers(String name, HeaderList headers) throws IOException {
        json.beginArray(name);
        for (Header header : headers) {
            json.beginArray().string(header.name()).string(header.value()).endArray();
        }
        json.endArray();
    }

    private void webSocketMessage(WebSocketMessage message) throws IOException {
        json.beginObject().field("direction", message.direction().name());
        json.field("type", message.type().name()).field("at", message.at().toString());
        json.field("length", message.length());
        if (message.truncated()) {
            json.field("truncated", true);
        }
        if (message.payloadSize() > 0) {
            BodyJson.writeBytes(json, message.payload());
        }
        json.endObject();
    }

    private void timings(Timings timings) throws IOException {
        json.beginObject("timings").field("blocked", timings.blockedNanos()).field("dns", timings.dnsNanos());
        json.field("connect", timings.connectNanos()).field("tls", timings.tlsNanos());
        json.field("send", timings.sendNanos()).field("wait", timings.waitNanos());
        json.field("receive", timings.receiveNanos()).endObject();
    }

    private void sizes(WireSizes sizes) throws IOException {
        json.beginObject("sizes").field("requestHead", sizes.requestHead()).field("requestBody", sizes.requestBody());
        json.field("responseHead", sizes.responseHead()).field("responseBody", sizes.responseBody());
        json.endObject();
    }

    private void outcome(Outcome outcome) throws IOException {
        json.beginObject("outcome").field("status", outcome.status().name());
        json.field("side", outcome.side().name()).field("bytes", outcome.bytes());
        json.field("detail", outcome.detail()).endObject();
    }
}
