package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import org.junit.jupiter.api.Test;

/** An origin that has said all it has to say still takes the rest of the request. */
class HalfClosedOriginTest extends WireTest {
    @Test
    void theUploadGoesOnBehindAResponseOfKnownLength() throws Exception {
        RawSocket client = clientSending(request("POST", "/", "ab", "Content-Length: 6"));
        RawSocket server = accept();
        server.readHead();
        server.read(2);
        server.send(response("200 OK", "early")).halfClose();
        client.readHead();
        client.read(5);
        letProxyRead();
        client.send("cd");
        assertThat(server.read(2)).isEqualTo("cd");
        client.send("ef");
        assertThat(server.read(2)).isEqualTo("ef");
        assertThat(server.readToEnd()).isEmpty();
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }

    @Test
    void anOriginThatTakesNoMoreEndsTheExchange() throws Exception {
        RawSocket client = clientSending(request("POST", "/", "ab", "Content-Length: 600000"));
        RawSocket server = accept();
        server.readHead();
        server.read(2);
        server.send(response("200 OK", "early"));
        client.readHead();
        client.read(5);
        server.reset();
        client.send(new byte[1 << 18]);
        assertThat(client.readToEnd()).isEmpty();
        assertThat(proxy.history().inFlight()).isEmpty();
    }
}
