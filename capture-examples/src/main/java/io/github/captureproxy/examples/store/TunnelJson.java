package io.github.captureproxy.examples.store;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tunnels as JSON, with all that is known of them. */
final class TunnelJson {
    /** Escapes let halves of surrogate pairs through, too. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private TunnelJson() {}

    static byte[] write(Tunnel tunnel) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", tunnel.id());
        client(json.putObject("client"), tunnel.client());
        json.put("host", tunnel.host()).put("port", tunnel.port());
        json.put("route", tunnel.route().kind().name())
                .put("nextHop", tunnel.route().nextHop());
        json.put("reason", tunnel.reason().name()).put("reasonDetail", tunnel.reasonDetail());
        tunnel.serverName().ifPresent(name -> json.put("serverName", name));
        tunnel.alpn().forEach(json.putArray("alpn")::add);
        tunnel.fingerprint().ifPresent(print -> json.put("fingerprint", print));
        json.put("startedAt", tunnel.startedAt().toString());
        json.put("duration", tunnel.duration().toString());
        json.put("bytesSent", tunnel.bytesSent()).put("bytesReceived", tunnel.bytesReceived());
        json.putObject("outcome")
                .put("status", tunnel.outcome().status().name())
                .put("side", tunnel.outcome().side().name())
                .put("bytes", tunnel.outcome().bytes())
                .put("detail", tunnel.outcome().detail());
        return MAPPER.writeValueAsBytes(json);
    }

    private static void client(ObjectNode json, ClientInfo client) throws IOException {
        InetAddress address = client.address().getAddress();
        json.put("host", client.address().getHostString());
        if (address != null) {
            json.put("ip", address.getAddress());
        }
        json.put("port", client.address().getPort()).put("connection", client.connection());
        json.put("listener", client.listener());
        client.user().ifPresent(user -> json.put("user", user));
    }

    static Tunnel read(byte[] bytes) throws IOException {
        JsonNode json = MAPPER.readTree(bytes);
        JsonNode outcome = json.path("outcome");
        List<String> alpn = new ArrayList<>();
        json.path("alpn").forEach(protocol -> alpn.add(protocol.asText()));
        return new Tunnel(
                json.path("id").asLong(),
                client(json.path("client")),
                json.path("host").asText(),
                json.path("port").asInt(),
                new Route(
                        Route.Kind.valueOf(json.path("route").asText()),
                        json.path("nextHop").asText()),
                Tunnel.Reason.valueOf(json.path("reason").asText()),
                json.path("reasonDetail").asText(),
                text(json, "serverName"),
                alpn,
                text(json, "fingerprint"),
                Instant.parse(json.path("startedAt").asText()),
                Duration.parse(json.path("duration").asText()),
                json.path("bytesSent").asLong(),
                json.path("bytesReceived").asLong(),
                new Outcome(
                        Outcome.Status.valueOf(outcome.path("status").asText()),
                        Outcome.Side.valueOf(outcome.path("side").asText()),
                        outcome.path("bytes").asLong(),
                        outcome.path("detail").asText()));
    }

    private static ClientInfo client(JsonNode json) throws IOException {
        String host = json.path("host").asText();
        int port = json.path("port").asInt();
        InetSocketAddress address = json.has("ip")
                ? new InetSocketAddress(address(host, json.path("ip").binaryValue()), port)
                : InetSocketAddress.createUnresolved(host, port);
        return new ClientInfo(
                address, json.path("connection").asLong(), json.path("listener").asText(), text(json, "user"));
    }

    /** With the name that it was made with, unless that is the address itself. */
    private static InetAddress address(String host, byte[] ip) throws IOException {
        InetAddress bare = InetAddress.getByAddress(ip);
        return bare.getHostAddress().equals(host) ? bare : InetAddress.getByAddress(host, ip);
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.has(name) ? Optional.of(json.path(name).asText()) : Optional.empty();
    }
}
