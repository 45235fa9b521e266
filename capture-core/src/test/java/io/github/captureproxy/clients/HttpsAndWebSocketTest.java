package io.github.captureproxy.clients;

import static io.github.captureproxy.exchange.WebSocketMessage.Direction.RECEIVED;
import static io.github.captureproxy.exchange.WebSocketMessage.Direction.SENT;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.TestTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTPS through tunnels, and WebSockets inside and outside of them, by real clients. */
class HttpsAndWebSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RecordingOrigin plain;
    private RecordingOrigin secure;
    private TestTls tls;
    private CaptureProxy proxy;

    @BeforeEach
    void start() throws Exception {
        tls = TestTls.create();
        plain = RecordingOrigin.start();
        secure = RecordingOrigin.start(tls);
        proxy = CaptureProxy.builder()
                .port(0)
                .mapHost("origin.test", "127.0.0.1")
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        plain.close();
        secure.close();
    }

    @Test
    void theJdksClientSpeaksHttpsThroughATunnel() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .proxy(proxy.proxySelector())
                .sslContext(tls.context())
                .build();

        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create("https://origin.test:" + secure.port() + "/last"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo("hello");
        checkTunnel();
    }

    @Test
    void okHttpSpeaksHttpsThroughATunnel() throws Exception {
        OkHttpClient client = OkHttpClients.through(proxy)
                .sslSocketFactory(tls.context().getSocketFactory(), tls.trustManager())
                .build();
        try (Response response = client.newCall(new Request.Builder()
                        .url("https://origin.test:" + secure.port() + "/last")
                        .build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo("hello");
        } finally {
            OkHttpClients.close(client);
        }
        checkTunnel();
    }

    private void checkTunnel() {
        Eventually.holds(
                "the tunnel has ended", () -> !proxy.history().tunnels().isEmpty());
        Tunnel tunnel = proxy.history().tunnels().get(0);
        assertThat(tunnel.host()).isEqualTo("origin.test");
        assertThat(tunnel.port()).isEqualTo(secure.port());
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.NOT_CONFIGURED);
        assertThat(tunnel.serverName()).contains("origin.test");
        assertThat(tunnel.fingerprint()).isPresent();
        assertThat(tunnel.bytesSent()).isGreaterThan(100);
        assertThat(tunnel.bytesReceived()).isGreaterThan(100);
        assertThat(proxy.history().snapshot()).isEmpty();
        assertThat(secure.received()).hasSize(1);
    }

    @Test
    void theJdksWebSocketInsideATunnelIsCaptured() throws Exception {
        LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newBuilder()
                .proxy(proxy.proxySelector())
                .build()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + plain.authority() + "/ws"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        texts.add(data.toString());
                        from.request(1);
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
        socket.sendText("grüß dich", true).get(10, TimeUnit.SECONDS);
        assertThat(texts.poll(10, TimeUnit.SECONDS)).isEqualTo("grüß dich");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);

        Exchange exchange = proxy.history().await(path("/ws"), PATIENCE);
        assertThat(exchange.tunnelId()).isPresent();
        checkMessages(exchange);
    }

    @Test
    void okHttpsWebSocketIsCaptured() throws Exception {
        OkHttpClient client = OkHttpClients.through(proxy).build();
        LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        try {
            okhttp3.WebSocket socket = client.newWebSocket(
                    new Request.Builder()
                            .url("ws://" + plain.authority() + "/ws")
                            .build(),
                    new WebSocketListener() {
                        @Override
                        public void onMessage(okhttp3.WebSocket from, String text) {
                            texts.add(text);
                        }
                    });
            socket.send("grüß dich");
            assertThat(texts.poll(10, TimeUnit.SECONDS)).isEqualTo("grüß dich");
            socket.close(1000, "bye");
            checkMessages(proxy.history().await(path("/ws"), PATIENCE));
        } finally {
            OkHttpClients.close(client);
        }
    }

    private static void checkMessages(Exchange exchange) {
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.UPGRADED);
        assertThat(exchange.response().orElseThrow().status()).isEqualTo(101);
        assertThat(exchange.upgradedTo()).contains("websocket");
        List<WebSocketMessage> texts = exchange.webSocketMessages().stream()
                .filter(message -> message.type() == WebSocketMessage.Type.TEXT)
                .toList();
        assertThat(texts).extracting(WebSocketMessage::text).containsExactly("grüß dich", "grüß dich");
        assertThat(texts).extracting(WebSocketMessage::direction).containsExactly(SENT, RECEIVED);
        assertThat(exchange.webSocketMessages())
                .filteredOn(message -> message.type() == WebSocketMessage.Type.CLOSE)
                .hasSize(2);
    }
}
