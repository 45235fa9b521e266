package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.testkit.RawSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any other upgrade becomes a raw relay; HTTP/2 is not negotiated by one. */
class UpgradeTest {
    private TunnelRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private RawSocket send(String fields) throws Exception {
        String authority = rig.origin.authority();
        return rig.client()
                .send("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n" + fields + "\r\n");
    }

    private String head(String fields) {
        return "GET / HTTP/1.1\r\nHost: " + rig.origin.authority() + "\r\n" + fields + "\r\n";
    }

    @Test
    void relaysAnyOtherProtocolRaw() throws Exception {
        String switching = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
        RawSocket client = send("Connection: Upgrade\r\nUpgrade: tcp\r\n");
        RawSocket server = rig.accept();
        assertThat(server.readHead()).isEqualTo(head("Connection: Upgrade\r\nUpgrade: tcp\r\n"));
        server.send(switching + "\u0000first");
        assertThat(client.readHead()).isEqualTo(switching);
        assertThat(client.read(6)).isEqualTo("\u0000first");
        client.send("\u00ff\u0001").halfClose();
        assertThat(server.readToEnd()).isEqualTo("\u00ff\u0001");
        server.send("late").close();
        assertThat(client.readToEnd()).isEqualTo("late");
        Exchange exchange = rig.exchange();
        assertThat(exchange.upgradedTo()).contains("tcp");
        assertThat(exchange.outcome().status()).isEqualTo(Status.UPGRADED);
        assertThat(exchange.webSocketMessages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nConnection: Upgrade, HTTP2-Settings\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: H2C\r\nHTTP2-Settings: AAMAAABk\r\n",
                "Connection: upgrade\r\nUpgrade: TLS/1.0, HTTP/1.1\r\n"
            })
    void doesNotPassAnUpgradeOfHttpOn(String fields) throws Exception {
        RawSocket client = send(fields + "Accept: */*\r\n");
        RawSocket server = rig.accept();
        assertThat(server.readHead()).isEqualTo(head("Accept: */*\r\n"));
        server.send("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upgrade: websocket\r\n", "Connection: Upgrade\r\nUpgrade: h2c\r\n"})
    void refusesASwitchThatNobodyAskedFor(String fields) throws Exception {
        RawSocket client = send(fields);
        RawSocket server = rig.accept();
        server.readHead();
        server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
        assertThat(server.endsByReset()).isTrue();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.MALFORMED_RESPONSE);
    }

    @Test
    void refusesASwitchInTheMiddleOfARequest() throws Exception {
        String authority = rig.origin.authority();
        RawSocket client = rig.client()
                .send("POST http://" + authority + "/ HTTP/1.1\r\nHost: " + authority
                        + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 5\r\n\r\nab");
        RawSocket server = rig.accept();
        server.readHead();
        server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
    }
}
