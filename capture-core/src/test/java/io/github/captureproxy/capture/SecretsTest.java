package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that end up in logs hold no secrets, and stay lines. */
class SecretsTest extends ProxyTest {
    private static final String SECRET = "s3cret";

    @Test
    void toStringNamesNoFieldNoQueryAndNoBody() throws IOException {
        Exchange exchange = pass(
                start(),
                Script.request(
                        origin,
                        "POST",
                        "/path?token=" + SECRET,
                        "Authorization: Bearer " + SECRET + "\r\nCookie: id=" + SECRET + "\r\nContent-Length: 6\r\n",
                        SECRET),
                Script.ok("Set-Cookie: id=" + SECRET + "\r\nContent-Type: text/plain\r\n", SECRET));

        assertThat(exchange.request().headers().first("authorization")).contains("Bearer " + SECRET);
        for (String text : new String[] {
            exchange.toString(),
            exchange.request().toString(),
            exchange.response().orElseThrow().toString(),
            exchange.request().body().toString()
        }) {
            assertThat(text).doesNotContain(SECRET).doesNotContain("\n");
        }
        assertThat(exchange.toString()).contains("#1 POST http://" + origin.authority() + "/path", "200", "6 B");
    }

    @Test
    void summaryIsOneLineWithTheWholeUrl() throws IOException {
        Exchange exchange =
                pass(start(), Script.get(origin, "/path?q=1"), Script.ok("Content-Type: application/json\r\n", "{}"));

        assertThat(exchange.summary())
                .startsWith("GET http://" + origin.authority() + "/path?q=1 -> 200 application/json 2 B ")
                .endsWith(" ms")
                .doesNotContain("\n");
    }

    @Test
    void summaryDoesNotSteerATerminal() throws IOException {
        Exchange exchange = pass(start(), Script.get(origin, "/a"), Script.ok("Content-Type: text/x\u009b31m\r\n", ""));

        assertThat(exchange.response().orElseThrow().headers().first("content-type"))
                .contains("text/x\u009b31m");
        assertThat(exchange.summary()).contains("text/x?31m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET http://me:%s@%s/", "CONNECT me:%s@%s"})
    void userInformationOfAUrlIsNowhereInALine(String line) throws IOException {
        CaptureProxy proxy = start();
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(String.format(line, SECRET, origin.authority()) + " HTTP/1.1\r\nHost: " + origin.authority()
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(client.readToEnd()).doesNotContain(SECRET);
        }

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.toString()).doesNotContain(SECRET);
        assertThat(exchange.outcome().toString()).doesNotContain(SECRET);
        assertThat(catchThrowable(() -> proxy.history().single(path("/other"))))
                .hasMessageContaining("captured: 1")
                .message()
                .doesNotContain(SECRET);
    }

    @Test
    void credentialsForTheProxyAreInNoLineAndNotSentOn() throws IOException {
        String login = Base64.getEncoder().encodeToString(("ann:" + SECRET).getBytes(UTF_8));
        CaptureProxy proxy = start(builder().credentials("ann", SECRET));
        String seen;
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(Script.request(origin, "GET", "/", "Proxy-Authorization: Basic " + login + "\r\n", ""));
            try (RawSocket server = origin.accept()) {
                seen = server.readHead();
                server.send(Script.ok("", ""));
            }
            client.readToEnd();
        }

        assertThat(seen).doesNotContainIgnoringCase("proxy-auth").doesNotContain(login);
        assertThat(proxy.history().single(any()).toString())
                .doesNotContain(SECRET)
                .doesNotContain(login);
    }

    @Test
    void credentialsForAnUpstreamProxyAreInNoLine() throws IOException {
        CaptureProxy proxy =
                start(builder().upstreamProxy(URI.create("http://me:" + SECRET + "@" + origin.authority())));
        String login = Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(UTF_8));

        Exchange exchange = pass(
                proxy,
                "GET http://elsewhere.test/ HTTP/1.1\r\nHost: elsewhere.test\r\nConnection: close\r\n\r\n",
                Script.ok("", ""));

        String all = exchange + " " + exchange.summary() + exchange.route()
                + exchange.request().headers() + proxy;
        assertThat(all).doesNotContain(SECRET).doesNotContain(login);
    }
}
