package io.github.captureproxy.tls;

import io.github.captureproxy.spi.ClientHello;
import io.github.captureproxy.spi.TunnelTarget;
import io.github.captureproxy.tls.TunnelFacts.Protocols;
import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.memory.Client;
import io.github.captureproxy.tls.internal.memory.OriginMemory;
import java.util.List;
import java.util.Optional;

/**
 * A tunnel as decisions see it.
 *
 * @param tunnel the tunnel itself
 * @param client who opened it
 * @param name its one name: SNI, else CONNECT's host; in comparable form
 * @param targetHost CONNECT's host in comparable form
 * @param origin what verdicts on its origin are kept by
 * @param protocols what the client offers by ALPN
 * @param serverName the SNI as the client sent it
 * @param ja4 the JA4 fingerprint of the client's hello
 */
record TunnelView(
        TunnelTarget tunnel,
        Client client,
        String name,
        String targetHost,
        OriginMemory.Key origin,
        Protocols protocols,
        Optional<String> serverName,
        String ja4) {
    static final String HTTP_2 = "h2";

    static TunnelView of(TunnelTarget tunnel, ClientHello hello, Optional<String> fixedName) {
        String host = HostName.normalized(tunnel.host());
        String name = fixedName.orElseGet(
                () -> hello.serverName().map(HostName::normalized).orElse(host));
        List<String> offered = hello.applicationProtocols();
        List<String> alpn = offered.stream().filter(TunnelView::isHttp).toList();
        return new TunnelView(
                tunnel,
                Client.of(tunnel.client(), hello.fingerprint()),
                name,
                host,
                new OriginMemory.Key(host, tunnel.port(), tunnel.route(), name, alpn),
                protocols(offered, alpn),
                hello.serverName(),
                hello.ja4());
    }

    /** What is offered to the origin: of the client's offer, what can be spoken here. */
    List<String> alpn() {
        return origin.alpn();
    }

    private static boolean isHttp(String protocol) {
        return protocol.equals(HTTP_2) || protocol.equals("http/1.1") || protocol.equals("http/1.0");
    }

    private static Protocols protocols(List<String> offered, List<String> http) {
        if (offered.isEmpty()) {
            return Protocols.NONE;
        }
        return http.isEmpty() ? Protocols.NO_HTTP : Protocols.HTTP;
    }

    /**
     * What the client is to agree on: what the origin chose, wherever the client offers that. Else the proxy translates
     * between the two, as there is no other way for them to meet.
     *
     * @param ofOrigin what the origin chose; empty if nothing
     * @return a protocol that the client offers; empty for none
     */
    String protocolFor(String ofOrigin) {
        List<String> offered = alpn();
        if (offered.isEmpty() || offered.contains(ofOrigin)) {
            return offered.isEmpty() ? "" : ofOrigin;
        }
        boolean needsOne = !ofOrigin.isEmpty() || offered.equals(List.of(HTTP_2));
        return needsOne ? offered.get(0) : "";
    }
}
