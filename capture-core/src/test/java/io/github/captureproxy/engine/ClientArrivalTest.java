package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.ClientArrival;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that looks at its clients when they connect. */
@Timeout(60)
class ClientArrivalTest {
    private final Queue<ClientInfo> arrived = new ConcurrentLinkedQueue<>();
    private RecordingOrigin origin;

    @BeforeEach
    void start() throws IOException {
        origin = RecordingOrigin.start();
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    private CaptureProxy proxy(ClientArrival arrival) {
        return CaptureProxy.builder().port(0).clientArrival(arrival).start();
    }

    private String head(RawSocket client) throws IOException {
        String request = "HEAD " + origin.url("/") + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n";
        return client.send(request).readHead();
    }

    @Test
    void eachConnectionIsLookedAtOnce() throws Exception {
        try (CaptureProxy proxy = proxy(arrived::add)) {
            for (int i = 0; i < 3; i++) {
                try (RawSocket client = RawSocket.connect(proxy.address())) {
                    assertThat(head(client)).startsWith("HTTP/1.1 200");
                    assertThat(head(client)).startsWith("HTTP/1.1 200");
                }
            }
            assertThat(proxy.history().snapshot().stream().map(Exchange::client).distinct())
                    .containsAll(arrived)
                    .hasSize(3);
        }
        assertThat(arrived).doesNotHaveDuplicates();
    }

    @Test
    void whatItThrowsKeepsNobodyOut() throws Exception {
        ClientArrival arrival = client -> {
            arrived.add(client);
            throw new IllegalStateException("no such client");
        };
        try (CaptureProxy proxy = proxy(arrival);
                RawSocket client = RawSocket.connect(proxy.address())) {
            assertThat(head(client)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whoeverConnectsWhileTheProxyClosesMeetsNoDefect() throws Exception {
        for (int i = 0; i < 20; i++) {
            CaptureProxy proxy = proxy(arrived::add);
            InetSocketAddress address = proxy.address();
            AtomicBoolean closed = new AtomicBoolean();
            Thread clients = new Thread(() -> {
                while (!closed.get()) {
                    try (RawSocket client = RawSocket.connect(address)) {
                        client.send("GET");
                    } catch (IOException e) { // it has closed
                        return;
                    }
                }
            });
            clients.start();
            proxy.close();
            closed.set(true);
            clients.join();
        }
    }

    @Test
    void oneThatDoesNotReturnKeepsNobodyOut() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ClientArrival arrival = client -> {
            try {
                never.await();
            } catch (InterruptedException e) { // the proxy closes
                arrived.add(client);
            }
        };
        try (CaptureProxy proxy = proxy(arrival)) {
            for (int i = 0; i < 4; i++) { // more than there are threads
                try (RawSocket client = RawSocket.connect(proxy.address())) {
                    assertThat(head(client)).startsWith("HTTP/1.1 200");
                }
            }
        }
        assertThat(arrived).as("those that were being looked at").hasSizeLessThanOrEqualTo(2);
    }
}
