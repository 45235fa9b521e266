package io.github.captureproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.history.ListenerCounts;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.testkit.Script;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What listeners hear, when, and on which threads. */
class ListenerDeliveryTest extends ProxyTest {
    @Test
    void aListenerHearsEachExchangeOnceBetweenItsStartAndItsClose() throws IOException {
        List<String> calls = new CopyOnWriteArrayList<>();
        CaptureProxy proxy = start(builder().listener(new ExchangeListener() {
            @Override
            public void onStart() {
                calls.add("start");
            }

            @Override
            public void onRequest(InFlightExchange request) {
                calls.add("request " + request.id());
            }

            @Override
            public void onExchange(Exchange exchange) {
                calls.add("exchange " + exchange.id());
            }

            @Override
            public void onClose() {
                calls.add("close");
            }
        }));
        pass(proxy, Script.get(origin, "/1"), Script.ok("", ""));
        pass(proxy, Script.get(origin, "/2"), Script.ok("", ""));
        proxy.close();
        proxy.close();

        assertThat(calls).containsExactly("start", "request 1", "exchange 1", "request 2", "exchange 2", "close");
    }

    @Test
    void aRequestThatIsRefusedIsHeardAsARequestToo() throws IOException {
        List<String> calls = new CopyOnWriteArrayList<>();
        CaptureProxy proxy = start(builder().credentials("ann", "pw").listener(new ExchangeListener() {
            @Override
            public void onRequest(InFlightExchange request) {
                calls.add("request " + request.id());
            }

            @Override
            public void onExchange(Exchange exchange) {
                calls.add("exchange " + exchange.id());
            }
        }));
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            assertThat(client.send(Script.get(origin, "/")).readToEnd()).contains(" 407 ");
        }
        proxy.close();

        assertThat(calls).containsExactly("request 1", "exchange 1");
    }

    @Test
    void failedExchangesAreHeardToo() throws IOException {
        ExchangeListener listener = mock(ExchangeListener.class);
        CaptureProxy proxy = start(builder().listener(listener));
        origin.close();
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            assertThat(client.send(Script.get(origin, "/")).readToEnd()).contains(" 502 ");
            client.halfClose();
        }
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            assertThat(client.send("nonsense\r\n\r\n").readToEnd()).contains(" 400 ");
        }
        proxy.close();

        for (Exchange exchange : proxy.history().snapshot()) {
            verify(listener).onExchange(exchange);
        }
        assertThat(proxy.history().size()).isEqualTo(2);
    }

    @Test
    void eachListenerHasOneThreadAndOneCallAtATimeInTheOrderOfHistory() throws Exception {
        Watching one = new Watching();
        Watching other = new Watching();
        RecordingOrigin busy = closedAtEnd(RecordingOrigin.start());
        CaptureProxy proxy = start(builder().listener(one, other));
        ExecutorService clients = Executors.newFixedThreadPool(8);
        clients.invokeAll(Collections.nCopies(8, () -> callOften(proxy, busy)));
        clients.shutdown();
        proxy.close();

        for (Watching listener : List.of(one, other)) {
            assertThat(listener.exchanges).hasSize(400).doesNotHaveDuplicates();
            assertThat(listener.exchanges)
                    .containsExactlyInAnyOrderElementsOf(proxy.history().snapshot());
            assertThat(listener.threads).hasSize(1);
            assertThat(listener.mostAtOnce.get()).isEqualTo(1);
        }
        assertThat(one.threads).doesNotContainAnyElementsOf(other.threads);
        assertThat(one.threads.iterator().next()).matches("capture-proxy-[0-9]+-listener-1");
        assertThat(proxy.counts().listeners())
                .extracting(ListenerCounts::delivered, ListenerCounts::dropped, ListenerCounts::failed)
                .containsOnly(org.assertj.core.api.Assertions.tuple(400L, 0L, 0L));
    }

    private static Void callOften(CaptureProxy proxy, RecordingOrigin busy) throws IOException {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            for (int i = 0; i < 50; i++) {
                client.send("GET " + busy.url("/hello") + " HTTP/1.1\r\nHost: " + busy.authority() + "\r\n\r\n");
                client.readHead();
                client.read(5);
            }
        }
        return null;
    }

    @Test
    void aRequestIsHeardBeforeItsResponseAndHasTheIdOfItsExchange() throws Exception {
        LinkedBlockingQueue<InFlightExchange> requests = new LinkedBlockingQueue<>();
        CaptureProxy proxy = start(builder().listener(new ExchangeListener() {
            @Override
            public void onExchange(Exchange exchange) {
                // only requests are of interest
            }

            @Override
            public void onRequest(InFlightExchange request) {
                requests.add(request);
            }
        }));
        RawSocket client = connect(proxy).send(Script.get(origin, "/slow"));
        RawSocket server = accept();
        server.readHead();

        InFlightExchange request = requests.poll(10, TimeUnit.SECONDS);

        assertThat(request.request().path()).isEqualTo("/slow");
        assertThat(proxy.history().isEmpty()).isTrue();
        server.send(Script.ok("", ""));
        client.readToEnd();
        assertThat(proxy.history().snapshot()).extracting(Exchange::id).containsExactly(request.id());
    }

    @Test
    void tunnelsAreHeardWhenTheyClose() throws Exception {
        LinkedBlockingQueue<Tunnel> tunnels = new LinkedBlockingQueue<>();
        CaptureProxy proxy = start(builder().listener(new ExchangeListener() {
            @Override
            public void onExchange(Exchange exchange) {
                // only tunnels are of interest
            }

            @Override
            public void onTunnelClosed(Tunnel tunnel) {
                tunnels.add(tunnel);
            }
        }));
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            client.readHead();
            try (RawSocket server = origin.accept()) {
                server.send("hello");
                client.read(5);
                assertThat(tunnels).isEmpty();
            }
            assertThat(client.readToEnd()).isEmpty();
        }

        Tunnel tunnel = tunnels.poll(10, TimeUnit.SECONDS);

        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.SERVER_SPEAKS_FIRST);
        assertThat(tunnel.bytesReceived()).isEqualTo(5);
        assertThat(proxy.history().tunnels()).containsExactly(tunnel);
    }

    @Test
    void messagesOfAWebSocketAreHeardWhileItIsOpen() throws Exception {
        LinkedBlockingQueue<WebSocketMessage> messages = new LinkedBlockingQueue<>();
        CaptureProxy proxy = start(builder().listener(new ExchangeListener() {
            @Override
            public void onExchange(Exchange exchange) {
                // only messages are of interest
            }

            @Override
            public void onWebSocketMessage(long exchangeId, WebSocketMessage message) {
                messages.add(message);
            }
        }));
        RawSocket client = connect(proxy)
                .send("GET http://" + origin.authority() + "/ws HTTP/1.1\r\nHost: x\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        client.readHead();
        server.send("\u0081\u0002hi");
        assertThat(client.read(4)).isEqualTo("\u0081\u0002hi");

        WebSocketMessage message = messages.poll(10, TimeUnit.SECONDS);

        assertThat(message.text()).isEqualTo("hi");
        assertThat(message.direction()).isEqualTo(WebSocketMessage.Direction.RECEIVED);
        assertThat(proxy.history().isEmpty()).isTrue();
    }

    @Test
    void eventsOfAStreamAreHeardWhileItIsOpen() throws Exception {
        LinkedBlockingQueue<ServerSentEvent> events = new LinkedBlockingQueue<>();
        CaptureProxy proxy = start(builder().listener(new ExchangeListener() {
            @Override
            public void onExchange(Exchange exchange) {
                // only events are of interest
            }

            @Override
            public void onServerSentEvent(long exchangeId, ServerSentEvent event) {
                events.add(event);
            }
        }));
        connect(proxy).send("GET http://" + origin.authority() + "/events HTTP/1.1\r\nHost: x\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n");
        server.send("event: tick\nid: 7\nda");
        server.send("ta: one\n\n");

        ServerSentEvent event = events.poll(10, TimeUnit.SECONDS);

        assertThat(event).isEqualTo(new ServerSentEvent("tick", "one", "7", OptionalLong.empty(), false));
        assertThat(proxy.history().inFlight())
                .singleElement()
                .satisfies(open -> assertThat(
                                open.response().orElseThrow().headers().first("content-type"))
                        .contains("text/event-stream; charset=utf-8"));
    }

    /** Notes what it hears, and how. */
    private static final class Watching implements ExchangeListener {
        private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
        private final Set<String> threads = ConcurrentHashMap.newKeySet();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();

        @Override
        public void onExchange(Exchange exchange) {
            mostAtOnce.accumulateAndGet(now.incrementAndGet(), Math::max);
            threads.add(Thread.currentThread().getName());
            exchanges.add(exchange);
            now.decrementAndGet();
        }
    }
}
