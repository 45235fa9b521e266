package io.github.captureproxy.examples.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Timings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a request that is sent again gets from the browser's last ones. */
class BrowserIdentityTest {
    private final BrowserIdentity identity = new BrowserIdentity();
    private long id;

    @Test
    void theCookiesAreThoseThatTheBrowserHasNow() {
        identity.onExchange(set("sid=new; Path=/"));

        assertThat(fields(request("GET", "/orders", "Cookie", "sid=old", "Accept", "*/*")))
                .containsExactly("Cookie: sid=new", "Accept: */*");
    }

    @Test
    void aUrlWithRawCharactersKeepsNoCookieFromBeingFound() {
        identity.onExchange(set("sid=new; Path=/"));

        assertThat(fields(request("GET", "/orders/a|b?f={a|b}", "Cookie", "sid=old")))
                .containsExactly("Cookie: sid=new");
    }

    @Test
    void cookiesThatAreGoneAreNotSent() {
        identity.onExchange(set("sid=new; Path=/"));
        identity.onExchange(set("sid=; Path=/; Max-Age=0"));

        assertThat(fields(request("GET", "/orders", "Cookie", "sid=old"))).isEmpty();
    }

    @Test
    void fieldsOfTheBrowserAreThoseOfItsLastRequestForTheHost() {
        identity.onExchange(
                browser("GET", "/", "User-Agent", "Fox/1", "Sec-CH-UA", "\"Fox\"", "Accept-Language", "de"));
        identity.onExchange(browser("GET", "/b", "User-Agent", "Fox/2", "Accept-Language", "en"));

        assertThat(fields(request("POST", "/c", "user-agent", "curl", "Sec-CH-UA", "\"Old\"", "X-Own", "1")))
                .containsExactly("User-Agent: Fox/2", "Accept-Language: en", "X-Own: 1");
    }

    @Test
    void fieldsOfARequestComeFromOneLikeItAlone() {
        identity.onExchange(browser("POST", "/orders", "Origin", "https://shop.test", "Sec-Fetch-Mode", "cors"));
        identity.onExchange(browser("GET", "/", "Sec-Fetch-Mode", "navigate"));

        assertThat(fields(request("POST", "/orders"))).contains("Origin: https://shop.test", "Sec-Fetch-Mode: cors");
        assertThat(fields(request("PUT", "/orders", "Origin", "https://own.test")))
                .containsExactly("Origin: https://own.test");
    }

    @Test
    void aHandshakesOwnFieldsStay() {
        identity.onExchange(browser("GET", "/", "Sec-WebSocket-Key", "other", "User-Agent", "Fox/1"));

        assertThat(fields(request("GET", "/", "Sec-WebSocket-Key", "own"))).contains("Sec-WebSocket-Key: own");
    }

    @Test
    void otherClientsAndOtherHostsDontCount() {
        identity.onExchange(exchange("default", "shop.test", "GET", "/", "User-Agent", "curl"));
        identity.onExchange(exchange("browser", "other.test", "GET", "/", "User-Agent", "Fox/1"));

        assertThat(fields(request("GET", "/", "User-Agent", "own"))).containsExactly("User-Agent: own");
    }

    private List<String> fields(Exchange exchange) {
        return identity.applyTo(exchange).request().headers().stream()
                .map(field -> field.name() + ": " + field.value())
                .toList();
    }

    private Exchange set(String cookie) {
        Exchange exchange = browser("GET", "/login");
        CapturedResponse response = new CapturedResponse(
                200, "OK", "HTTP/1.1", HeaderList.of("Set-Cookie", cookie), CapturedBody.empty(), HeaderList.empty());
        return exchange.toBuilder().response(response).build();
    }

    private Exchange browser(String method, String path, String... fields) {
        return exchange(BrowserSession.LABEL, "shop.test", method, path, fields);
    }

    private Exchange request(String method, String path, String... fields) {
        return exchange("default", "shop.test", method, path, fields);
    }

    private Exchange exchange(String label, String host, String method, String path, String... fields) {
        CapturedRequest request = new CapturedRequest(
                method,
                path,
                "HTTP/1.1",
                new HttpOrigin("https", host, 443),
                HeaderList.of(fields),
                CapturedBody.empty(),
                HeaderList.empty());
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return Exchange.builder(++id, new ClientInfo(address, 1, label, Optional.empty()), request)
                .timings(Instant.now(), Timings.NONE)
                .build();
    }
}
