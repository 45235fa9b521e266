package io.github.captureproxy.engine;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.engine.TestInterceptor.EngineSetting;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.spi.TlsInterceptor;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tunnels that are looked into: TLS on both sides, HTTP in between. */
class InterceptionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<TlsFailure> failures = new LinkedBlockingQueue<>();
    private static TestTls tls;
    private TestInterceptor interceptor;
    private RecordingOrigin origin;
    private CaptureProxy proxy;

    @BeforeAll
    static void makeKey() throws Exception {
        tls = TestTls.create();
    }

    @BeforeEach
    void start() throws Exception {
        interceptor = new TestInterceptor(tls);
        origin = RecordingOrigin.start(tls);
        proxy = CaptureProxy.builder()
                .port(0)
                .mapHost("origin.test", "127.0.0.1")
                .tls(interceptor)
                .listener(new ExchangeListener() {
                    @Override
                    public void onExchange(Exchange exchange) {
                        // History has it
                    }

                    @Override
                    public void onTlsFailure(TlsFailure failure) {
                        failures.add(failure);
                    }
                })
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        origin.close();
    }

    private HttpClient client(SSLContext context, String... protocols) {
        SSLParameters parameters = new SSLParameters();
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        return HttpClient.newBuilder()
                .proxy(proxy.proxySelector())
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://origin.test:" + origin.port() + path))
                .timeout(PATIENCE);
    }

    @Test
    void noIoThreadMakesTheKeysOfAHandshake() throws Exception {
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        EngineSetting noted = engine -> {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setAlgorithmConstraints(new NotedConstraints(threads));
            engine.setSSLParameters(parameters);
        };
        interceptor.originSetting = noted;
        interceptor.clientSetting = noted;

        client(tls.context()).send(request("/hello").build(), BodyHandlers.ofString());

        assertThat(threads).isNotEmpty().allMatch(name -> name.contains("-tls-"));
    }

    /** Permits all; the engine asks while it chooses what it makes keys for. */
    private record NotedConstraints(Queue<String> threads) implements AlgorithmConstraints {
        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
            return threads.add(Thread.currentThread().getName());
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return threads.add(Thread.currentThread().getName());
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
            return threads.add(Thread.currentThread().getName());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anExchangeInsideIsRecordedWithItsUrlAndTheTlsOfBothSides(String version) throws Exception {
        HttpClient client = client(tls.context(), version);

        String body =
                client.send(request("/hello").build(), BodyHandlers.ofString()).body();

        assertThat(body).isEqualTo("hello");
        Exchange exchange = proxy.history().single(path("/hello"));
        assertThat(exchange.request().url()).isEqualTo("https://origin.test:" + origin.port() + "/hello");
        assertThat(exchange.tunnelReason()).contains(Tunnel.Reason.INTERCEPTED);
        assertThat(exchange.clientTls().orElseThrow().version()).isEqualTo(version);
        assertThat(exchange.clientTls().orElseThrow().serverName()).contains("origin.test");
        assertThat(exchange.originTls().orElseThrow().certificates()).hasSize(1);
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }

    @Test
    void aLargeBodyEachWayArrivesWhole() throws Exception {
        byte[] big = RecordingOrigin.big();
        HttpClient client = client(tls.context());

        byte[] response = client.send(
                        request("/echo").POST(BodyPublishers.ofByteArray(big)).build(), BodyHandlers.ofByteArray())
                .body();

        assertThat(response).isEqualTo(big);
    }

    @Test
    void aSecondTunnelToAKnownOriginSharesItsConnection() throws Exception {
        for (int i = 0; i < 3; i++) {
            client(tls.context()).send(request("/hello").build(), BodyHandlers.ofString());
        }

        assertThat(interceptor.clientHandshakes).hasValue(3);
        assertThat(interceptor.originHandshakes.get()).isLessThan(3);
    }

    @Test
    void aTunnelThatIsPassedThroughShowsTheOriginsOwnBytes() throws Exception {
        interceptor.passThrough =
                Optional.of(new TlsInterceptor.Decision.PassThrough(Tunnel.Reason.HSTS, "as the test wants it"));

        String body = client(tls.context())
                .send(request("/last").build(), BodyHandlers.ofString())
                .body();

        assertThat(body).isEqualTo("hello");
        Tunnel tunnel = proxy.history().awaitTunnel(any -> true, PATIENCE);
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.HSTS);
        assertThat(tunnel.reasonDetail()).isEqualTo("as the test wants it");
        assertThat(proxy.history().snapshot()).isEmpty();
    }

    @Test
    void anOriginThatIsRefusedIsPassedThroughOnAFreshConnection() throws Exception {
        interceptor.originRefusal = Optional.of(Tunnel.Reason.ORIGIN_CERTIFICATE_INVALID);

        String body = client(tls.context())
                .send(request("/last").build(), BodyHandlers.ofString())
                .body();

        assertThat(body).isEqualTo("hello");
        Tunnel tunnel = proxy.history().awaitTunnel(any -> true, PATIENCE);
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.ORIGIN_CERTIFICATE_INVALID);
        TlsFailure failure = failures.poll(20, TimeUnit.SECONDS);
        assertThat(failure.side()).isEqualTo(Outcome.Side.ORIGIN);
        assertThat(failure.tunnelId()).isEqualTo(tunnel.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatDoesNotKnowTheCertificateIsToldOf(String version) throws Exception {
        HttpClient stranger = client(SSLContext.getDefault(), version);

        assertThatThrownBy(() -> stranger.send(request("/hello").build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);

        Tunnel tunnel = proxy.history().awaitTunnel(any -> true, PATIENCE);
        assertThat(tunnel.outcome().status()).isEqualTo(Outcome.Status.TLS_FAILED);
        TlsFailure failure = failures.poll(20, TimeUnit.SECONDS);
        assertThat(failure.side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(failure.phase()).isIn(TlsFailure.Phase.CERTIFICATE, TlsFailure.Phase.FINISHED);
        assertThat(proxy.history().snapshot()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theAlertOfAClientIsRead(String version) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(proxy.address());
            String target = "origin.test:" + origin.port();
            socket.getOutputStream()
                    .write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n").getBytes(US_ASCII));
            byte[] established = "HTTP/1.1 200 Connection Established\r\n\r\n".getBytes(US_ASCII);
            assertThat(socket.getInputStream().readNBytes(established.length)).isEqualTo(established);
            SSLSocketFactory stranger = SSLContext.getDefault().getSocketFactory();
            try (SSLSocket secure = (SSLSocket) stranger.createSocket(socket, "origin.test", origin.port(), true)) {
                secure.setEnabledProtocols(new String[] {version});
                assertThatThrownBy(secure::startHandshake).isInstanceOf(SSLException.class);
            }
        }

        TlsFailure failure = failures.poll(20, TimeUnit.SECONDS);
        assertThat(failure.alert()).contains("certificate_unknown");
        assertThat(failure.phase()).isEqualTo(TlsFailure.Phase.CERTIFICATE);
    }

    @Test
    void theOwnHostAnswersInsideTlsAndInPlainHttp() throws Exception {
        HttpClient trusting = client(tls.context());
        HttpRequest plain =
                HttpRequest.newBuilder(URI.create("http://own.test/")).build();

        var viaProxy = trusting.send(plain, BodyHandlers.ofString());
        var direct = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(proxy.uri().resolve("/")).build(), BodyHandlers.ofString());

        assertThat(viaProxy.body()).isEqualTo("127.0.0.1:" + proxy.port());
        assertThat(direct.body()).isEqualTo("127.0.0.1:" + proxy.port());
        assertThat(direct.headers().firstValue("x-secure")).contains("false");
        assertThat(proxy.history().snapshot())
                .hasSize(2)
                .allSatisfy(exchange ->
                        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.ANSWERED_BY_PROXY));
    }
}
