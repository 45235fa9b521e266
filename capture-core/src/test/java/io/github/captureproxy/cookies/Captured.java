package io.github.captureproxy.cookies;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Timings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Exchanges with cookies, one a second. */
final class Captured {
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final CapturedCookies cookies = new CapturedCookies();
    private long id;

    CapturedCookies cookies() {
        return cookies;
    }

    Captured set(String url, String... setCookies) {
        return at(NOON.plusSeconds(id), url, "", setCookies);
    }

    Captured send(String url, String cookieField) {
        return at(NOON.plusSeconds(id), url, cookieField);
    }

    Captured at(Instant time, String url, String cookieField, String... setCookies) {
        id++;
        cookies.onExchange(exchange(id, time, url, cookieField, setCookies));
        return this;
    }

    static Exchange exchange(long id, Instant time, String url, String cookieField, String... setCookies) {
        URI uri = URI.create(url);
        HttpOrigin origin = Targets.origin(uri);
        HeaderList headers = cookieField.isEmpty() ? HeaderList.empty() : HeaderList.of("Cookie", cookieField);
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        CapturedRequest request = new CapturedRequest(
                "GET", target, "HTTP/1.1", origin, headers, CapturedBody.empty(), HeaderList.empty());
        List<Header> fields = new ArrayList<>();
        Arrays.stream(setCookies).forEach(value -> fields.add(new Header("Set-Cookie", value)));
        CapturedResponse response = new CapturedResponse(
                200, "OK", "HTTP/1.1", HeaderList.of(fields), CapturedBody.empty(), HeaderList.empty());
        ClientInfo client = new ClientInfo(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234), 1, "default", Optional.empty());
        return Exchange.builder(id, client, request)
                .response(response)
                .timings(time, Timings.NONE)
                .build();
    }
}
