package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.Tunnel.Reason;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CONNECT may say, on which connection it may come, and what it is answered when no tunnel comes of it. */
class TunnelOpeningTest {
    @Test
    void reachesAnIpv6Literal() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "there is no IPv6 loopback");
        try (ServerSocket server = new ServerSocket(0, 1, loopback);
                TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client().send(TunnelRig.connect("[::1]:" + server.getLocalPort()));
            try (Socket accepted = server.accept()) {
                assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
            }
            client.close();
            assertThat(rig.ended().host()).isEqualTo("::1");
        }
    }

    @Test
    void asksTheResolverForANameAndTakesThePortAsGiven() throws Exception {
        try (TunnelRig rig = new TunnelRig(options ->
                options.resolver(host -> host.equals("some.test") ? List.of(TunnelRig.LOOPBACK) : List.of()))) {
            RawSocket client = rig.client().send(TunnelRig.connect("Some.Test:" + rig.origin.port()));
            rig.accept().close();
            assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
            client.close();
            assertThat(rig.ended().host()).isEqualTo("some.test");
        }
    }

    @Test
    void opensBehindAnExchangeOnTheSameConnection() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client().send(get(rig));
            answer(rig.accept());
            assertThat(client.readHead() + client.read(2)).endsWith("ok");
            client.send(TunnelRig.connect(rig.origin.authority()));
            RawSocket server = rig.accept();
            assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
            client.send("\u0001x");
            assertThat(server.read(2)).isEqualTo("\u0001x");
        }
    }

    @Test
    void waitsForTheExchangeThatItWasPipelinedBehind() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client().send(get(rig) + TunnelRig.connect(rig.origin.authority()) + "\u0001x");
            answer(rig.accept());
            assertThat(client.readHead() + client.read(2)).endsWith("ok");
            RawSocket server = rig.accept();
            assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
            assertThat(server.read(2)).isEqualTo("\u0001x");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "Proxy-Connection: close", "Connection: keep-alive", "X: y"})
    void opensWhateverItsFieldsSayOfTheConnection(String field) throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            String authority = rig.origin.authority();
            RawSocket client = rig.client()
                    .send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + field + "\r\n\r\n");
            RawSocket server = rig.accept();
            assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
            client.send("\u0001x").halfClose();
            assertThat(server.readToEnd()).isEqualTo("\u0001x");
        }
    }

    @Test
    void opensForAnHttp10Client() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client().send("CONNECT " + rig.origin.authority() + " HTTP/1.0\r\n\r\n");
            RawSocket server = rig.accept();
            assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
            server.send("hi");
            assertThat(client.read(2)).isEqualTo("hi");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5", "Transfer-Encoding: chunked"})
    void refusesConnectWithABodyAsItIsAmbiguousWhereTheTunnelBegins(String field) throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            String authority = rig.origin.authority();
            RawSocket client = rig.client()
                    .send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + field
                            + "\r\n\r\nhello");
            assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
        }
    }

    @Test
    void takesALengthOfZeroForNoBody() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            String authority = rig.origin.authority();
            RawSocket client = rig.client()
                    .send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority
                            + "\r\nContent-Length: 0\r\n\r\n\u0001x");
            assertThat(rig.accept().read(2)).isEqualTo("\u0001x");
            assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "host:",
                ":443",
                "host:0",
                "host:65536",
                "host:http",
                "host:443/",
                "http://host:443",
                "u@host:443",
                "[::1:443",
                "::1:443",
                "host:+443"
            })
    void refusesAMalformedAuthority(String authority) throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client().send("CONNECT " + authority + " HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
            Exchange exchange = rig.exchange();
            assertThat(exchange.outcome().status()).isEqualTo(Status.MALFORMED_REQUEST);
            assertThat(exchange.request().method()).isEqualTo("CONNECT");
        }
    }

    @Test
    void refusesAPortThatIsNotAllowed() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.connectPorts(443, 8443))) {
            RawSocket client = rig.client().send(TunnelRig.connect(rig.origin.authority()));
            assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.FORBIDDEN);
        }
    }

    @Test
    void answers502ForATargetThatRefuses() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client();
            RawOrigin gone = new RawOrigin(); // behind all that could be given its port once it is free
            gone.close();
            client.send(TunnelRig.connect(gone.authority()));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("could not connect to 127.0.0.1");
            assertNotOpened(rig, Status.CONNECT_FAILED);
        }
    }

    @Test
    void answers502ForAnUnknownHost() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.resolver(host -> {
            throw new UnknownHostException(host);
        }))) {
            RawSocket client = rig.client().send(TunnelRig.connect("nowhere.test:443"));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("nowhere.test");
            assertNotOpened(rig, Status.UNKNOWN_HOST);
        }
    }

    @Test
    void answers504ForATargetThatDoesNotAnswer() throws Exception {
        try (FullBacklog full = new FullBacklog();
                TunnelRig rig = new TunnelRig(options -> options.connectTimeout(Duration.ofMillis(200)))) {
            RawSocket client = rig.client().send(TunnelRig.connect(full.authority()));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 504 ");
            assertNotOpened(rig, Status.TIMED_OUT);
        }
    }

    @Test
    void recordsAClientThatLeavesBeforeTheTunnelIsOpen() throws Exception {
        try (FullBacklog full = new FullBacklog();
                TunnelRig rig = new TunnelRig()) {
            rig.client().send(TunnelRig.connect(full.authority())).reset();
            assertNotOpened(rig, Status.CLIENT_ABORTED);
        }
    }

    /** Whether the proxy hears of that before, while or after it answers is a matter of time, so it is tried often. */
    @Test
    void countsNoBytesForAClientThatLeavesAsTheTunnelOpens() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            for (int i = 0; i < 50; i++) {
                RawSocket client = rig.client().send(TunnelRig.connect(rig.origin.authority()));
                try (RawSocket server = rig.origin.accept()) {
                    client.reset();
                    Tunnel tunnel = rig.ended();
                    assertThat(tunnel.bytesSent()).isZero();
                    assertThat(tunnel.bytesReceived()).isZero();
                    assertThat(server.readToAnyEnd()).isEmpty();
                }
            }
        }
    }

    private static void assertNotOpened(TunnelRig rig, Status status) throws InterruptedException {
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.reason()).isEqualTo(Reason.NOT_OPENED);
        assertThat(tunnel.outcome().status()).isEqualTo(status);
        assertThat(tunnel.route()).isEqualTo(Route.NONE);
        assertThat(rig.proxy.counts().tunnelsOpen()).isZero();
    }

    private static String get(TunnelRig rig) {
        return "GET http://" + rig.origin.authority() + "/ HTTP/1.1\r\nHost: " + rig.origin.authority() + "\r\n\r\n";
    }

    private static void answer(RawSocket server) throws IOException {
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    /** A port at which a connection is neither made nor refused: its queue is full. */
    private static final class FullBacklog implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, TunnelRig.LOOPBACK);
        private final List<Socket> waiting = new ArrayList<>();

        FullBacklog() throws IOException {
            while (fits()) {
                assertThat(waiting.size()).isLessThan(100);
            }
        }

        private boolean fits() throws IOException {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 100);
                return true;
            } catch (SocketTimeoutException e) { // the queue is full
                return false;
            }
        }

        String authority() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            server.close();
        }
    }
}
