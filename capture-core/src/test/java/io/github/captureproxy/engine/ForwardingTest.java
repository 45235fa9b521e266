package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes in at one side comes out at the other, byte for byte, and is in History by then. */
class ForwardingTest {
    private RawOrigin origin;
    private CaptureProxy proxy;

    @BeforeEach
    void start() throws IOException {
        origin = new RawOrigin();
        proxy = CaptureProxy.builder().port(0).start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        origin.close();
    }

    @Test
    void forwardsAnAbsoluteFormRequestInOriginFormWithItsFieldsUnchanged() throws IOException {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("GET http://" + origin.authority() + "/a%2Fb?x={1}|2 HTTP/1.1\r\nhOsT: " + origin.authority()
                    + "\r\nX-B: 2\r\nx-a: \u00e9\r\nX-B: 1\r\n\r\n");
            try (RawSocket server = origin.accept()) {
                assertThat(server.readHead())
                        .isEqualTo("GET /a%2Fb?x={1}|2 HTTP/1.1\r\nhOsT: " + origin.authority()
                                + "\r\nX-B: 2\r\nx-a: \u00e9\r\nX-B: 1\r\n\r\n");
                server.send("HTTP/1.1 201 Made it\r\nx-Y: 1\r\nContent-Length: 3\r\n\r\nabc");
            }
            assertThat(client.readHead()).isEqualTo("HTTP/1.1 201 Made it\r\nx-Y: 1\r\nContent-Length: 3\r\n\r\n");
            assertThat(client.read(3)).isEqualTo("abc");
        }
        Exchange exchange = proxy.history().single(ExchangeFilter.any());
        assertThat(exchange.outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        assertThat(exchange.request().url()).isEqualTo("http://" + origin.authority() + "/a%2Fb?x={1}|2");
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("abc");
    }
}
