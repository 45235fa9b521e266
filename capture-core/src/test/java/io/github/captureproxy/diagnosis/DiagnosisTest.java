package io.github.captureproxy.diagnosis;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static io.github.captureproxy.history.ExchangeFilter.method;
import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that are not seen, and what the proxy says of them. */
class DiagnosisTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private RawOrigin origin;

    @BeforeEach
    void listen() throws IOException {
        origin = closedAtEnd(new RawOrigin());
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T closedAtEnd(T resource) {
        opened.push(resource);
        return resource;
    }

    private static CaptureProxyBuilder builder() {
        return CaptureProxy.builder().port(0);
    }

    private CaptureProxy start(CaptureProxyBuilder builder) {
        return closedAtEnd(builder.start());
    }

    private void call(CaptureProxy proxy, String path) throws IOException {
        Script.run(proxy, origin, Script.get(origin, path), Script.ok("", "hi"));
    }

    private static Finding suspect(Diagnosis diagnosis, Topic topic, String part) {
        Optional<Finding> found = diagnosis.suspects().stream()
                .filter(finding -> finding.topic() == topic && finding.text().contains(part))
                .findFirst();
        assertThat(found).as("%s \"%s\" in %s", topic, part, diagnosis).isPresent();
        return found.get();
    }

    private static boolean suspects(Diagnosis diagnosis, Topic topic) {
        return diagnosis.suspects().stream().anyMatch(finding -> finding.topic() == topic);
    }

    @Test
    void nobodyHasConnected() {
        CaptureProxy proxy = start(builder());

        Diagnosis diagnosis = proxy.diagnose();

        Finding first = diagnosis.suspects().get(0);
        assertThat(first.text()).contains("No client has ever connected to 127.0.0.1:" + proxy.port());
        assertThat(first.advice()).contains("proxySelector()", "-x http://127.0.0.1:" + proxy.port());
        assertThat(diagnosis.clients()).isEmpty();
        assertThat(diagnosis.toString()).contains("What can explain a missing call:\n   * No client", "\n     -> ");
    }

    @Test
    void whenAllIsWellNothingOfTheProxyIsSuspected() throws IOException {
        CaptureProxy proxy = start(builder());
        call(proxy, "/orders?secret=s3cret");

        Diagnosis diagnosis = proxy.diagnose();

        assertThat(diagnosis.suspects()).isEmpty();
        assertThat(diagnosis.clients()).hasSize(1);
        assertThat(diagnosis.clients().get(0).connections()).isEqualTo(1);
        assertThat(diagnosis.toString())
                .contains(
                        "Nothing explains a missing call",
                        "1 connection came in, from 127.0.0.1",
                        "1 exchange and 0 tunnels")
                .doesNotContain("s3cret");
    }

    @Test
    void theCallsOfAHostAreNamedAndTheNearestIfThereAreNone() throws IOException {
        CaptureProxy proxy = start(builder());
        call(proxy, "/orders?secret=s3cret");
        String base = "http://" + origin.authority();

        assertThat(proxy.diagnose(URI.create(base + "/orders")).toString())
                .contains("History holds 1 call to " + base + "/orders", "#1 GET " + base + "/orders")
                .doesNotContain("s3cret");
        Finding near = suspect(proxy.diagnose(URI.create(base + "/payments")), Topic.TARGET, "holds no call to");
        assertThat(near.text()).contains("/orders");
        suspect(proxy.diagnose(URI.create("https://api.example.com/")), Topic.TARGET, "Nothing for api.example.com");
        assertThatThrownBy(() -> proxy.diagnose(URI.create("/orders"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPauseIsToldOfAndWhatPassedDuringIt() throws IOException {
        CaptureProxy proxy = start(builder().startPaused());
        call(proxy, "/a");

        Finding paused = suspect(proxy.diagnose(), Topic.RECORDING, "Recording is paused");
        assertThat(paused.text()).contains("1 exchange or tunnel has passed unseen");
        assertThat(paused.advice()).contains("resume()");
        proxy.resume();
        call(proxy, "/b");
        suspect(proxy.diagnose(), Topic.RECORDING, "1 exchange or tunnel has passed unseen while recording was paused");
        assertThat(proxy.counts().unseen()).isEqualTo(1);
    }

    @Test
    void whatSessionsLeaveOutIsToldOf() throws IOException {
        CaptureProxy proxy = start(builder());
        try (CaptureSession session = proxy.session("checkout")
                .filter(path("/pay").and(method("GET")))
                .start()) {
            call(proxy, "/pay");
            assertThat(session.counts().exchanges()).isEqualTo(1);
            assertThat(suspects(proxy.diagnose(), Topic.SESSIONS)).isFalse();

            call(proxy, "/orders?secret=s3cret");
            session.pause();
            assertThat(session.counts().leftOutInAll()).isEqualTo(1);
            Finding found = suspect(proxy.diagnose(), Topic.SESSIONS, "The session checkout has left out 1 of 2");
            assertThat(found.text()).endsWith("by its filter: 1 as not: path is /pay.");
            suspect(proxy.diagnose(), Topic.SESSIONS, "checkout is paused");
        }
        assertThat(suspects(proxy.diagnose(), Topic.SESSIONS)).isFalse();
    }

    @Test
    void aFilterThatHangsDoesNotHangTheDiagnosis() throws IOException {
        CaptureProxy proxy = start(builder());
        CountDownLatch never = new CountDownLatch(1);
        try (CaptureSession session = proxy.session("stuck")
                .filter(exchange -> {
                    try {
                        return never.await(1, TimeUnit.HOURS);
                    } catch (InterruptedException e) {
                        return false;
                    }
                })
                .start()) {
            call(proxy, "/a");
            Eventually.holds("the filter is found out", () -> suspects(proxy.diagnose(), Topic.SESSIONS));

            suspect(proxy.diagnose(), Topic.SESSIONS, "The session stuck takes nothing in: its filter has been in one");
            never.countDown();
            assertThat(session.history().size()).isEqualTo(1);
        }
    }

    @Test
    void whatHistoryForgotIsToldOf() throws IOException {
        CaptureProxy proxy = start(builder().history(new HistoryLimits(1, 1 << 20, Optional.empty(), 1)));
        call(proxy, "/a");
        call(proxy, "/b");
        proxy.history().clear();

        Diagnosis diagnosis = proxy.diagnose();

        assertThat(suspect(diagnosis, Topic.HISTORY, "forgotten 1 of 2 exchanges")
                        .text())
                .contains("1 by number");
        assertThat(diagnosis.toString()).contains("1 exchange was taken out of History by clear()");
    }

    @Test
    void anExchangeThatHasNotEndedIsToldOf() throws IOException {
        CaptureProxy proxy = start(builder());
        RawSocket client = closedAtEnd(RawSocket.connect(proxy.address()));
        client.send(Script.get(origin, "/slow"));
        closedAtEnd(origin.accept()).readHead();

        suspect(proxy.diagnose(), Topic.IN_FLIGHT, "/slow");
        suspect(
                proxy.diagnose(URI.create("http://" + origin.authority())),
                Topic.IN_FLIGHT,
                "Under way to it now: GET");
    }

    @Test
    void tlsThatPassesThroughIsToldOfWithTheRemedy() throws Exception {
        CaptureProxy proxy = start(builder());
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            try (RawSocket server = origin.accept()) {
                client.readHead();
                client.send(hello());
                server.read(5);
                suspect(proxy.diagnose(), Topic.TUNNELS, "1 open tunnel carried TLS");
                URI inside = URI.create("https://" + origin.authority());
                assertThat(suspect(proxy.diagnose(inside), Topic.IN_FLIGHT, "CONNECT")
                                .advice())
                        .contains("TlsInterception");
            }
        }
        proxy.history().awaitTunnel(tunnel -> true, LONG);

        Finding tunnel = suspect(proxy.diagnose(), Topic.TUNNELS, "1 tunnel carried TLS");
        assertThat(tunnel.text()).contains("NOT_CONFIGURED", origin.authority());
        assertThat(tunnel.advice()).contains("TlsInterception");
        suspect(proxy.diagnose(URI.create("https://" + origin.authority() + "/x")), Topic.TUNNELS, "NOT_CONFIGURED");
        assertThat(proxy.counts().tunnelReasons()).isEqualTo(Map.of(Tunnel.Reason.NOT_CONFIGURED, 1L));
    }

    private static byte[] hello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("example.com", 443);
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    @Test
    void strangersOnThePortAreToldApart() throws Exception {
        CaptureProxy proxy = start(builder());
        try (RawSocket tls = RawSocket.connect(proxy.address())) {
            tls.send(hello()).readToAnyEnd();
        }
        try (RawSocket socks = RawSocket.connect(proxy.address())) {
            socks.send("\u0005\u0001\u0000 and more\r\n").readToAnyEnd();
        }
        RawSocket.connect(proxy.address()).close();
        Eventually.holds("the silent one is counted", () -> proxy.counts().connectionsSilent() == 1);

        Diagnosis diagnosis = proxy.diagnose();

        assertThat(suspect(diagnosis, Topic.PORT, "1 connection began with TLS").advice())
                .contains("http://127.0.0.1:" + proxy.port());
        suspect(diagnosis, Topic.PORT, "1 connection began with something that is not HTTP");
        assertThat(diagnosis.toString()).contains("1 connection ended without a byte");
        assertThat(proxy.counts().connectionsWithTls()).isEqualTo(1);
        assertThat(proxy.counts().connectionsNotHttp()).isEqualTo(1);
    }

    @Test
    void connectionsThatSpeakHttpAreNoStrangers() throws IOException {
        CaptureProxy proxy = start(builder());
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").readToEnd();
        }
        call(proxy, "/");

        assertThat(proxy.counts().connectionsSilent()).isZero();
        assertThat(proxy.counts().connectionsNotHttp()).isZero();
    }

    @Test
    void whoIsRefusedIsToldOf() throws IOException {
        CaptureProxy proxy = start(builder().allowClients("192.0.2.1"));
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(Script.get(origin, "/")).readToEnd();
        }

        suspect(proxy.diagnose(), Topic.ACCESS, "1 request was refused: this client's address may not use the proxy");
    }

    @Test
    void aListenerThatThrowsIsToldOf() throws IOException {
        CaptureProxy proxy = builder()
                .listener(exchange -> {
                    throw new IllegalStateException("broken on purpose");
                })
                .start();
        call(proxy, "/");
        proxy.close();

        suspect(proxy.diagnose(), Topic.LISTENERS, "has thrown in 1 call");
        suspect(proxy.diagnose(), Topic.PORT, "is closed");
    }

    @Test
    void anAddressThatNobodyUsesIsNamed() throws IOException {
        CaptureProxy proxy = start(builder().listen("phone", "127.0.0.1", 0));
        call(proxy, "/");

        assertThat(proxy.diagnose().toString()).contains("No client has ever connected to the address \"phone\"");
    }

    @Test
    void aReverseProxyIsReachedByItsOwnUri() {
        CaptureProxy proxy = start(builder().forwardTo(URI.create("http://localhost:1")));

        assertThat(suspect(proxy.diagnose(), Topic.PORT, "No client").advice()).contains("proxy.uri()");
        assertThat(suspects(proxy.diagnose(), Topic.JVM)).isFalse();
    }

    @Test
    void theJvmsOwnClientsPassALocalServerByTheirDefault() throws IOException {
        CaptureProxy proxy = start(builder());
        try (RecordingOrigin server = RecordingOrigin.start()) {
            withProperties(Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", "" + proxy.port()), () -> {
                URI local = URI.create("http://localhost:" + server.port() + "/");
                HttpURLConnection call = (HttpURLConnection) local.toURL().openConnection();
                assertThat(call.getResponseCode()).isEqualTo(200);
                assertThat(proxy.history().find(any())).isEmpty();

                Diagnosis diagnosis = proxy.diagnose();
                assertThat(suspect(diagnosis, Topic.JVM, "past the proxy").advice())
                        .contains("-Dhttp.nonProxyHosts= ");
                suspect(diagnosis, Topic.JVM, "leads http here, and https: straight");
                suspect(proxy.diagnose(local), Topic.JVM, "It is on this machine");
                System.setProperty("http.nonProxyHosts", "");
                ((HttpURLConnection) local.toURL().openConnection()).getResponseCode();
                assertThat(proxy.history().find(any())).hasSize(1);
                assertThat(proxy.diagnose().toString()).doesNotContain("past the proxy");
                assertThat(suspects(proxy.diagnose(local), Topic.JVM)).isTrue(); // https still
            });
        }
    }

    @Test
    void aPropertyThatNamesAnotherPortIsToldOf() throws IOException {
        CaptureProxy proxy = start(builder());
        withProperties(
                Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", "9", "http.nonProxyHosts", "*.corp"), () -> {
                    Finding other = suspect(proxy.diagnose(), Topic.JVM, "name 127.0.0.1:9, and this proxy listens on");
                    assertThat(other.advice()).contains("Set http.proxyPort to " + proxy.port());
                });
    }

    private interface Body {
        void run() throws IOException;
    }

    /** Tests of one JVM run one after the other, so nobody else meets these. */
    private static void withProperties(Map<String, String> properties, Body body) throws IOException {
        Map<String, String> before = new TreeMap<>();
        for (String name : new String[] {"http.proxyHost", "http.proxyPort", "http.nonProxyHosts"}) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(value -> before.put(name, value));
            System.clearProperty(name);
        }
        try {
            properties.forEach(System::setProperty);
            body.run();
        } finally {
            for (String name : new String[] {"http.proxyHost", "http.proxyPort", "http.nonProxyHosts"}) {
                System.clearProperty(name);
            }
            before.forEach(System::setProperty);
        }
    }
}
