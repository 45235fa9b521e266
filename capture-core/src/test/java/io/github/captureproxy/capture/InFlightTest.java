package io.github.captureproxy.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.InFlightExchange.WaitingFor;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What has not ended says what it waits for. */
class InFlightTest extends ProxyTest {
    private static final int MANY = 50_000_000;

    @Test
    void nothingIsInFlightWhereNothingHappens() throws IOException {
        CaptureProxy proxy = start();
        pass(proxy, Script.get(origin, "/"), Script.ok("", ""));

        assertThat(proxy.history().inFlight()).isEmpty();
        assertThat(proxy.counts().exchangesOpen()).isZero();
    }

    @Test
    void anExchangeWaitsForTheHeadOfTheResponse() throws IOException {
        CaptureProxy proxy = start();
        connect(proxy).send(Script.get(origin, "/slow?q=secret"));
        accept().readHead();

        InFlightExchange waiting = only(proxy);
        assertThat(waiting.waitingFor()).isEqualTo(WaitingFor.RESPONSE_HEAD);
        assertThat(waiting.request().path()).isEqualTo("/slow");
        assertThat(waiting.elapsed()).isPositive();
        assertThat(waiting.client().listener()).isEqualTo("default");
        assertThat(waiting.summary())
                .contains("/slow")
                .contains("RESPONSE_HEAD")
                .doesNotContain("secret");
        assertThat(proxy.counts().exchangesOpen()).isEqualTo(1);
    }

    @Test
    void anExchangeWaitsForTheClientsBody() throws IOException {
        CaptureProxy proxy = start();
        connect(proxy).send(Script.request(origin, "POST", "/", "Content-Length: 10\r\n", "half."));
        RawSocket server = accept();
        server.readHead();
        server.read(5);

        assertThat(only(proxy).waitingFor()).isEqualTo(WaitingFor.REQUEST_BODY);
    }

    @Test
    void anExchangeWaitsForTheBodyOfTheResponse() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy).send(Script.get(origin, "/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf.");
        client.readHead();
        client.read(5);

        assertThat(only(proxy).waitingFor()).isEqualTo(WaitingFor.RESPONSE_BODY);
    }

    @Test
    void anExchangeWaitsForTheClientToRead() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy).send(Script.get(origin, "/"));
        RawSocket server = accept();
        server.readHead();
        Thread sender = new Thread(() -> sendMuch(server, "HTTP/1.1 200 OK\r\nContent-Length: " + MANY + "\r\n\r\n"));
        sender.start();

        Eventually.holds("the exchange waits for its client", () -> only(proxy).waitingFor() == WaitingFor.CLIENT_READ);
        client.readHead();
        assertThat(client.read(MANY)).hasSize(MANY);
    }

    @Test
    void anExchangeWaitsForTheOriginToRead() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy);
        Thread sender = new Thread(
                () -> sendMuch(client, Script.request(origin, "POST", "/", "Content-Length: " + MANY + "\r\n", "")));
        sender.start();
        RawSocket server = accept();

        Eventually.holds("the exchange waits for its origin", () -> only(proxy).waitingFor() == WaitingFor.ORIGIN_READ);
        server.readHead();
        assertThat(server.read(MANY)).hasSize(MANY);
        Eventually.holds("it waits for the response", () -> only(proxy).waitingFor() == WaitingFor.RESPONSE_HEAD);
    }

    @Test
    void anExchangeWaitsForTheAddressesOfAHost() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CaptureProxy proxy = start(builder().resolver(host -> {
            asked.countDown();
            awaitQuietly(answered);
            return List.of(InetAddress.getLoopbackAddress());
        }));
        RawSocket client = connect(proxy)
                .send("GET http://slow.test:" + origin.port() + "/ HTTP/1.1\r\nHost: slow.test\r\n"
                        + "Connection: close\r\n\r\n");
        asked.await();

        assertThat(only(proxy).waitingFor()).isEqualTo(WaitingFor.NAME_RESOLUTION);
        answered.countDown();
        RawSocket server = accept();
        server.readHead();
        server.send(Script.ok("", ""));
        client.readToEnd();
    }

    @Test
    void anExchangeWaitsForAConnectionThatIsBeingMade() throws Exception {
        try (ServerSocketChannel full =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
                SocketChannel first = SocketChannel.open();
                SocketChannel second = SocketChannel.open();
                SocketChannel third = SocketChannel.open()) {
            for (SocketChannel filling : List.of(first, second, third)) {
                filling.configureBlocking(false);
                filling.connect(full.getLocalAddress());
            }
            CaptureProxy proxy = start();
            connect(proxy)
                    .send("GET http://127.0.0.1:" + full.socket().getLocalPort() + "/ HTTP/1.1\r\nHost: x\r\n\r\n");

            Eventually.holds(
                    "the exchange waits for a connection",
                    () -> proxy.history().inFlight().stream().anyMatch(it -> it.waitingFor() == WaitingFor.CONNECT));
        }
    }

    @Test
    void anExchangeWaitsForAPlaceUnderTheLimit() throws IOException {
        CaptureProxy proxy = start(builder().maxConnectionsPerOrigin(1));
        RawSocket first = connect(proxy).send(Script.get(origin, "/1"));
        RawSocket server = accept();
        server.readHead();
        RawSocket second = connect(proxy).send(Script.get(origin, "/2"));

        Eventually.holds("both are in flight", () -> proxy.history().inFlight().size() == 2);
        assertThat(proxy.history().inFlight())
                .extracting(InFlightExchange::waitingFor)
                .containsExactly(WaitingFor.RESPONSE_HEAD, WaitingFor.CONNECTION_SLOT);
        server.send(Script.ok("Connection: close\r\n", ""));
        first.readToEnd();
        RawSocket next = accept();
        next.readHead();
        next.send(Script.ok("", ""));
        assertThat(second.readToEnd()).contains(" 200 ");
    }

    @Test
    void anOpenTunnelWaitsForItsClose() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy)
                .send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        client.readHead();

        assertThat(only(proxy).waitingFor()).isEqualTo(WaitingFor.CLOSE);
        assertThat(only(proxy).request().method()).isEqualTo("CONNECT");
        assertThat(proxy.history().isEmpty()).isTrue();
    }

    @Test
    void anOpenWebSocketWaitsForItsClose() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy)
                .send("GET http://" + origin.authority() + "/ws HTTP/1.1\r\nHost: x\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        client.readHead();
        server.send("\u0081\u0001x");
        client.read(3);

        assertThat(only(proxy).waitingFor()).isEqualTo(WaitingFor.CLOSE);
    }

    private static InFlightExchange only(CaptureProxy proxy) {
        List<InFlightExchange> all = proxy.history().inFlight();
        assertThat(all).hasSizeLessThanOrEqualTo(1);
        return all.isEmpty() ? NONE : all.get(0);
    }

    private static final InFlightExchange NONE =
            new InFlightExchange(0, null, null, Optional.empty(), null, null, null, Optional.empty(), "");

    private static void sendMuch(RawSocket to, String head) {
        try {
            to.send(head);
            to.send("x".repeat(MANY).getBytes(US_ASCII));
        } catch (SocketException e) { // the test is over
            return;
        } catch (IOException e) {
            throw new AssertionError("the socket broke", e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) { // the proxy was closed
            Thread.currentThread().interrupt();
        }
    }
}
