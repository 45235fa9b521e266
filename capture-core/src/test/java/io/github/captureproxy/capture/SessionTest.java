package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static io.github.captureproxy.history.ExchangeFilter.requestJsonAt;
import static io.github.captureproxy.history.ExchangeFilter.responseJsonAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.export.Export;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over one proxy and its traffic. */
class SessionTest {
    private static RecordingOrigin origin;
    private static CaptureProxy proxy;

    @BeforeAll
    static void start() throws IOException {
        origin = RecordingOrigin.start();
        proxy = CaptureProxy.builder()
                .port(0)
                .listen("app", "127.0.0.1", 0)
                .listen("web", "127.0.0.1", 0)
                .start();
    }

    @AfterAll
    static void close() throws IOException {
        proxy.close();
        origin.close();
    }

    @Test
    void anExchangeIsThereWhenTheClientHasItsResponseThoughTheFilterReadsItsBody() throws IOException {
        try (CaptureSession session = proxy.session("orders")
                        .label("app")
                        .filter(requestJsonAt("/even", true).and(responseJsonAt("/even", true)))
                        .start();
                RawSocket client = connect("app")) {
            for (int i = 0; i < 2_000; i++) {
                post(client, "{\"id\":" + i + ",\"even\":" + (i % 2 == 0) + "}");
                assertThat(session.history().size()).isEqualTo(i / 2 + 1);
            }
            assertThat(session.history().last(requestJsonAt("/id", 1_998))).isPresent();
            assertThat(session.counts().leftOut()).containsEntry("request JSON has /even = true", 1_000L);
            assertThat(session.counts().dropped()).isZero();
        }
    }

    @Test
    void sessionsOfDifferentAddressesDoNotMix() throws Exception {
        List<CompletableFuture<Void>> tests = new ArrayList<>();
        for (String label : List.of("app", "web", "default")) {
            tests.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 20; i++) {
                    try (CaptureSession session =
                                    proxy.session(label).label(label).start();
                            RawSocket client = connect(label)) {
                        get(client, "/" + label);
                        assertThat(session.history().single(any()).request().path())
                                .isEqualTo("/" + label);
                        get(client, "/" + label);
                        assertThat(session.history().find(path("/" + label))).hasSize(2);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }));
        }
        for (CompletableFuture<Void> test : tests) {
            test.join();
        }
        assertThat(proxy.sessions()).isEmpty();
    }

    @Test
    void aSessionHearsOfItsClientAlone() throws IOException {
        try (CaptureSession here = proxy.session("here").client("127.0.0.0/8").start();
                CaptureSession there =
                        proxy.session("there").client("10.0.0.0/8").start();
                RawSocket client = connect("app")) {
            get(client, "/client");

            assertThat(here.history().size()).isEqualTo(1);
            assertThat(there.history().isEmpty()).isTrue();
            assertThat(proxy.sessions()).containsExactly(here, there);
        }
    }

    @Test
    void aSessionHearsOfItsUserAlone() throws IOException {
        try (CaptureProxy guarded = CaptureProxy.builder()
                        .port(0)
                        .credentials("ann", "secret")
                        .start();
                CaptureSession ann = guarded.session("ann").user("ann").start();
                CaptureSession bob = guarded.session("bob").user("bob").start();
                RawSocket client = RawSocket.connect(guarded.address())) {
            String token = Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
            client.send("GET " + origin.url("/") + " HTTP/1.1\r\nHost: " + origin.authority()
                    + "\r\nProxy-Authorization: Basic " + token + "\r\n\r\n");
            client.readHead();

            assertThat(ann.history().size()).isEqualTo(1);
            assertThat(bob.history().isEmpty()).isTrue();
        }
    }

    @Test
    void aPauseLeavesOutWhatBeginsInIt() throws IOException {
        try (CaptureSession session = proxy.session("paused").label("app").start();
                RawSocket client = connect("app")) {
            get(client, "/1");
            session.pause();
            get(client, "/2");
            session.resume();
            get(client, "/3");

            assertThat(session.history().stream()
                            .map(exchange -> exchange.request().path()))
                    .containsExactly("/1", "/3");
            assertThat(session.totalTime()).isPositive();
        }
    }

    @Test
    void tunnelsBelongToASessionToo() throws Exception {
        try (CaptureSession session = proxy.session("tunnels").label("app").start()) {
            try (RawSocket client = connect("app")) {
                client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
                client.readHead();
                assertThat(session.history().inFlight())
                        .extracting(InFlightExchange::waitingFor)
                        .containsExactly(InFlightExchange.WaitingFor.CLOSE);
            }
            session.history().awaitTunnel(tunnel -> tunnel.port() == origin.port(), Duration.ofSeconds(20));
            session.history().awaitIdle(Duration.ZERO, Duration.ofSeconds(20));

            assertThat(session.counts().tunnels()).isEqualTo(1);
        }
    }

    @Test
    void aSessionEndsWithItsProxyAndHasWhatThatCutShort() throws IOException {
        CaptureSession session;
        try (CaptureProxy other = CaptureProxy.builder().port(0).start();
                RawSocket client = RawSocket.connect(other.address())) {
            session = other.session("to the end").start();
            client.send("POST " + origin.url("/echo") + " HTTP/1.1\r\nHost: " + origin.authority()
                    + "\r\nContent-Length: 9\r\n\r\nhalf");
            Eventually.holds(
                    "it is under way", () -> session.history().inFlight().size() == 1);
            other.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> other.session("late").start());
        }
        assertThat(session.state()).isEqualTo(CaptureSession.State.STOPPED);
        assertThat(session.history().single(path("/echo")).outcome().isSuccess())
                .isFalse();
    }

    @Test
    void whatASessionKeepsIsInItsFileWhileItRuns(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("calls.jsonl");
        try (CaptureSession session = proxy.session("file")
                        .label("web")
                        .filter(path("/kept"))
                        .to(Export.jsonLines(), file)
                        .start();
                RawSocket client = connect("web")) {
            get(client, "/kept");
            get(client, "/left");
            get(client, "/kept");
            Eventually.holds("both are in the file", () -> lines(file) >= 2);

            assertThat(session.problem()).isEmpty();
            session.stop();
            assertThat(session.counts().written()).isEqualTo(2);
        }
        assertThat(Files.readString(file)).contains("/kept").doesNotContain("/left");
    }

    @Test
    void aFileThatCannotBeWrittenIsToldOfAtTheStart(@TempDir Path folder) {
        Path nowhere = folder.resolve("missing/calls.jsonl");

        assertThatThrownBy(() ->
                        proxy.session("lost").to(Export.jsonLines(), nowhere).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("lost")
                .hasMessageContaining("calls.jsonl");
    }

    @Test
    void aBodyInAFileLastsAsLongAsOneOfItsHolders(@TempDir Path folder) throws IOException {
        try (CaptureProxy spilling = CaptureProxy.builder()
                        .port(0)
                        .spillTo(folder)
                        .spillThreshold(200_000)
                        .history(HistoryLimits.defaults().withMaxExchanges(0))
                        .start();
                CaptureSession session =
                        spilling.session("bodies").filter(path("/big")).start();
                CaptureSession other =
                        spilling.session("other").filter(path("/none")).start();
                RawSocket client = RawSocket.connect(spilling.address())) {
            client.send("GET " + origin.url("/big") + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            client.readHead();
            client.readBytes(RecordingOrigin.BIG);
            Exchange exchange = session.history().single(any());
            CapturedBody body = exchange.response().orElseThrow().body();

            assertThat(spilling.history().isEmpty()).isTrue();
            assertThat(other.history().isEmpty()).isTrue();
            assertThat(body.memoryBytes()).isZero();
            session.stop();
            assertThat(body.bytes()).isEqualTo(RecordingOrigin.big());
            session.close();
            session.history().clear();
            Eventually.holds("the file is gone", () -> files(folder) == 0);
        }
    }

    @Test
    void whatCannotBeBoundIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.session("x").label("wep"))
                .withMessageContaining("[default, app, web]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy.session("x").client("here"))
                .withMessageContaining("10.0.0.0/8");
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.session(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.session("x").user(""));
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains("/kept")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawSocket connect(String label) throws IOException {
        return RawSocket.connect(proxy.addresses().get(label));
    }

    private static void get(RawSocket client, String path) throws IOException {
        client.send("GET " + origin.url(path) + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        client.readHead();
        client.read("hello".length());
    }

    private static void post(RawSocket client, String json) throws IOException {
        client.send("POST " + origin.url("/echo") + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json);
        client.readHead();
        client.read(json.length());
    }
}
