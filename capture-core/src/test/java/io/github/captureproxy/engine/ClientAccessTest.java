package io.github.captureproxy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.rules.RequestMatcher;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.spi.ClientAccess;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that lets clients in while its proxy runs, by a page of its own */
class ClientAccessTest {
    private final AtomicBoolean open = new AtomicBoolean();

    /** Lets clients in by a form, and shows on its other page what it was asked. */
    private Optional<OwnPage> page(OwnPage.Request request) {
        boolean form = request.message().method().equals("POST");
        if (form) {
            open.set(request.message().body().form().get(0).value().equals("sesame"));
            return Optional.of(new OwnPage(303, "text/plain", Map.of("Location", "/"), new byte[0]));
        }
        return request.path().equals("/")
                ? Optional.of(new OwnPage(
                        "text/plain",
                        Map.of(),
                        ("allowed " + request.allowed() + " " + request.proxy()).getBytes(UTF_8)))
                : Optional.empty();
    }

    private TunnelRig rig() throws IOException {
        return new TunnelRig(this::options);
    }

    private CaptureProxyBuilder options(CaptureProxyBuilder options) {
        return options.clientAccess(client -> open.get()).ownPages(this::page);
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    private static String answer(TunnelRig rig, String request) throws IOException {
        return rig.client().send(request).halfClose().readToEnd();
    }

    @Test
    void isToldWhereToAskUntilItIsLetIn() throws Exception {
        try (TunnelRig rig = rig()) {
            String where = "open http://127.0.0.1:" + rig.proxy.port() + "/ on it";
            assertThat(answer(rig, get("http://" + rig.origin.authority() + "/")))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("this device may not use the proxy yet", where);
            assertThat(answer(rig, TunnelRig.connect(rig.origin.authority())))
                    .startsWith("HTTP/1.1 403 ")
                    .contains(where);

            open.set(true);
            RawSocket client = rig.client().send(get("http://" + rig.origin.authority() + "/"));
            rig.accept().send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
        }
    }

    @Test
    void seesTheProgramsPageAndIsLetInByItsForm() throws Exception {
        try (TunnelRig rig = rig()) {
            String own = "127.0.0.1:" + rig.proxy.port();
            assertThat(answer(rig, get("/"))).startsWith("HTTP/1.1 200 ").endsWith("allowed false " + own);
            String form = "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 11\r\n\r\ncode=sesame";
            assertThat(answer(rig, form)).startsWith("HTTP/1.1 303 ").contains("Location: /\r\n");
            assertThat(answer(rig, get("http://" + own + "/"))).endsWith("allowed true " + own);
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.ANSWERED_BY_PROXY);
            assertThat(rig.exchange().outcome().detail()).isEqualTo("by the rule \"page at the proxy's own address\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /none, 404", "DELETE /none, 405", "HEAD /none, 404"})
    void getsNoPageThatTheProgramDoesNotHave(String line, int status) throws Exception {
        try (TunnelRig rig = rig()) {
            assertThat(answer(rig, line + " HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 16385", "Transfer-Encoding: chunked"})
    void canSendShortFormsAlone(String framing) throws Exception {
        try (TunnelRig rig = rig()) {
            assertThat(answer(rig, "POST / HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void getsTheInterceptorsPagesWhereTheProgramHasNone() throws Exception {
        TestTls tls = TestTls.create();
        try (TlsRig rig = new TlsRig(tls, options -> options.clientAccess(client -> open.get()))) {
            assertThat(answer(rig.tunnels, get("/")))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("X-Secure: false");
            assertThat(answer(rig.tunnels, get("http://own.test/"))).startsWith("HTTP/1.1 200 ");
            assertThat(answer(rig.tunnels, TunnelRig.connect("own.test:443"))).startsWith("HTTP/1.1 403 ");
        }
        try (TlsRig rig = new TlsRig(tls, options -> options.ownPages(request -> Optional.empty()))) {
            assertThat(answer(rig.tunnels, get("/")))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("X-Secure: false");
            assertThat(answer(rig.tunnels, get("/none"))).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void losesATunnelsInsideWhenItIsTakenBack() throws Exception {
        open.set(true);
        try (TunnelRig rig = rig()) {
            RawSocket client = rig.client().send(TunnelRig.connect(rig.origin.authority()));
            RawSocket server = rig.accept();
            client.readHead();
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            server.readHead();
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");

            open.set(false);
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readHead())
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void needsNoProgramWhereItsNetworkIsAllowed() throws Exception {
        try (TunnelRig rig = new TunnelRig(
                options -> options(options).allowClients("127.0.0.0/8").bind("0.0.0.0"))) {
            assertThat(answer(rig, get("/"))).contains("allowed true");
        }
    }

    @Test
    void isRefusedWithoutPagesWhereNoProgramDecides() throws Exception {
        try (TunnelRig rig =
                new TunnelRig(options -> options.allowClients("192.0.2.1").ownPages(this::page))) {
            assertThat(answer(rig, get("/"))).startsWith("HTTP/1.1 403 ");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isNotLetInByAProgramThatFails(boolean withError) throws Exception {
        ClientAccess broken = client -> {
            if (withError) {
                throw new AssertionError("the test wants it");
            }
            throw new IllegalStateException("the test wants it");
        };
        try (TunnelRig rig = new TunnelRig(options -> options.clientAccess(broken))) {
            assertThat(answer(rig, get("http://h/")))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("could not be decided");
        }
    }

    @Test
    void seesThePageWhateverRulesThereAre() throws Exception {
        try (TunnelRig rig = new TunnelRig(options ->
                options(options).rule(TrafficRule.on(RequestMatcher.any()).answer(418)))) {
            assertThat(answer(rig, get("/"))).contains("allowed false");
            open.set(true);
            assertThat(answer(rig, get("/"))).startsWith("HTTP/1.1 418 ");
        }
    }

    @Test
    void hasNoPagesOnAReverseProxy() throws Exception {
        open.set(true);
        try (TunnelRig rig = new TunnelRig(options -> options(options).forwardTo(URI.create("http://127.0.0.1:1")))) {
            assertThat(answer(rig, get("/"))).startsWith("HTTP/1.1 502 ");
        }
    }
}
