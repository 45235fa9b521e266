package io.github.captureproxy.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Exchanges that never happened. */
final class Samples {
    static final ClientInfo CLIENT =
            new ClientInfo(new InetSocketAddress("10.1.2.3", 50_000), 1, "app", Optional.of("ann"));

    private Samples() {}

    static Exchange get(String target) {
        return Exchange.builder(1, CLIENT, request("GET", target, HeaderList.empty(), ""))
                .build();
    }

    static Exchange post(String contentType, String body) {
        return Exchange.builder(1, CLIENT, request("POST", "/", HeaderList.of("Content-Type", contentType), body))
                .build();
    }

    static Exchange answered(String target, HeaderList headers, String body) {
        return answered(target, 200, headers, CapturedBody.of(body.getBytes(UTF_8), headers));
    }

    static Exchange answered(String target, int status, HeaderList headers, CapturedBody body) {
        return Exchange.builder(1, CLIENT, request("GET", target, HeaderList.empty(), ""))
                .response(new CapturedResponse(status, "", "HTTP/1.1", headers, body, HeaderList.empty()))
                .build();
    }

    static CapturedRequest request(String method, String target, HeaderList headers, String body) {
        return new CapturedRequest(
                method,
                target,
                "HTTP/1.1",
                new HttpOrigin("https", "shop.example", 8443),
                headers,
                CapturedBody.of(body.getBytes(UTF_8), headers),
                HeaderList.empty());
    }
}
