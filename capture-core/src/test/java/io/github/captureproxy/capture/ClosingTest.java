package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.Leaks;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A closed proxy leaves records, and nothing else. */
class ClosingTest extends ProxyTest {
    @Test
    void whatIsInFlightIsRecordedAndCutInAWayThatShows() throws IOException {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        CaptureProxy proxy = start(builder().listener(heard::add));
        RawSocket client = connect(proxy).send(Script.get(origin, "/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        client.readHead();
        client.read(9);

        proxy.close();

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.PROXY_CLOSED);
        assertThat(exchange.outcome().side()).isEqualTo(Outcome.Side.PROXY);
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("half");
        assertThat(heard).containsExactly(exchange);
        assertThat(client.endsByReset()).isTrue();
        assertThat(proxy.history().inFlight()).isEmpty();
    }

    @Test
    void aBodyUntilTheCloseDoesNotLookWhole() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy).send(Script.get(origin, "/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n\r\nhalf");
        client.readHead();
        client.read(4);

        proxy.close();

        assertThat(client.endsByReset()).isTrue();
    }

    @Test
    void aClientThatIsBetweenTwoRequestsIsClosedInAnOrderlyWay() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy)
                .send("GET http://" + origin.authority() + "/ HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send(Script.ok("", "whole"));
        client.readHead();
        client.read(5);

        Eventually.holds("the exchange is done with", () -> proxy.counts().exchangesOpen() == 0);
        proxy.close();

        assertThat(client.endsByReset()).isFalse();
    }

    @Test
    void openTunnelsAreRecordedAndClosed() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy)
                .send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        client.readHead();
        RawSocket server = accept();
        server.send("hi");
        client.read(2);

        proxy.close();

        assertThat(proxy.history().tunnels()).hasSize(1);
        assertThat(proxy.history().tunnels().get(0).outcome().status()).isEqualTo(Outcome.Status.PROXY_CLOSED);
        assertThat(proxy.history().tunnels().get(0).bytesReceived()).isEqualTo(2);
    }

    @Test
    void aWebSocketIsRecordedWithItsMessages() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy)
                .send("GET http://" + origin.authority() + "/ws HTTP/1.1\r\nHost: x\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        client.readHead();
        server.send("\u0081\u0002hi");
        client.read(4);

        proxy.close();

        Exchange exchange = proxy.history().single(any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.PROXY_CLOSED);
        assertThat(exchange.upgradedTo()).contains("websocket");
        assertThat(exchange.webSocketMessages()).hasSize(1);
    }

    @Test
    void aSecondCloseDoesNothingAndThePortIsFreeAgain() throws IOException {
        CaptureProxy proxy = start();
        int port = proxy.port();
        pass(proxy, Script.get(origin, "/"), Script.ok("", ""));
        proxy.close();
        proxy.close();

        assertThatThrownBy(() -> RawSocket.connect(proxy.address())).isInstanceOf(IOException.class);
        CaptureProxy again = start(CaptureProxy.builder().port(port));
        assertThat(pass(again, Script.get(origin, "/"), Script.ok("", ""))
                        .outcome()
                        .isSuccess())
                .isTrue();
    }

    @Test
    void manyProxiesLiveSideBySideAndLeaveNothing() throws IOException {
        Leaks leaks = Leaks.since();
        List<CaptureProxy> proxies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            proxies.add(builder().start());
        }
        for (int i = 0; i < 20; i++) {
            pass(proxies.get(i), Script.get(origin, "/" + i), Script.ok("", ""));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(proxies.get(i).history().single(any()).request().path()).isEqualTo("/" + i);
            proxies.get(i).close();
        }

        assertThat(leaks.now()).noneMatch(it -> it.startsWith("thread"));
    }
}
