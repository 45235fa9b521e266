package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.ExchangeFilter;
import java.util.List;
import java.util.Locale;

/**
 * What is listed. A tunnel, or a handshake that failed in one, counts as its CONNECT request, so that a filter by host or
 * client finds it, too.
 */
final class Listed {
    private static final String CONNECT = "CONNECT";

    private final List<String> methods;
    private final String urlPart;
    private final ExchangeFilter filter;

    /** By methods in any case, none for all; by a part of the URL, which may be empty; and by a filter. */
    Listed(List<String> methods, String urlPart, ExchangeFilter filter) {
        this.methods =
                methods.stream().map(method -> method.toUpperCase(Locale.ROOT)).toList();
        this.urlPart = urlPart;
        this.filter = filter;
    }

    /** A list without a line. */
    static Listed nothing() {
        return new Listed(List.of(), "", ExchangeFilter.any().not());
    }

    boolean has(Exchange exchange) {
        String url = urlPart.isEmpty() ? "" : exchange.request().url();
        return matches(exchange.request().method(), url) && filter.matches(exchange);
    }

    boolean has(Tunnel tunnel) {
        return matches(CONNECT, Lines.target(tunnel))
                && filter.matches(connect(tunnel.id(), tunnel.client(), tunnel.host(), tunnel.port()));
    }

    boolean has(TlsFailure failure) {
        return matches(CONNECT, Lines.target(failure))
                && filter.matches(connect(failure.tunnelId(), failure.client(), failure.host(), failure.port()));
    }

    private boolean matches(String method, String url) {
        return (methods.isEmpty() || methods.contains(method.toUpperCase(Locale.ROOT))) && url.contains(urlPart);
    }

    private static Exchange connect(long id, ClientInfo client, String host, int port) {
        HttpOrigin origin = new HttpOrigin("https", host, port);
        CapturedRequest request = new CapturedRequest(
                CONNECT,
                host + ":" + port,
                "HTTP/1.1",
                origin,
                HeaderList.empty(),
                CapturedBody.empty(),
                HeaderList.empty());
        return Exchange.builder(id, client, request).build();
    }
}
