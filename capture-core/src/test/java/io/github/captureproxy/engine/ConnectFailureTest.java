package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An origin that cannot be reached: its status for the client, a short text, and a record. */
class ConnectFailureTest extends WireTest {
    private static final InetAddress V4 = loopback(127, 0, 0, 1);
    private static final InetAddress V4_OTHER = loopback(127, 0, 0, 2);
    private static final InetAddress V6 = loopback(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static InetAddress loopback(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private String getFrom(String authority) {
        return "GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    }

    @Test
    void refusedBecomesA502() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, V4)) {
            port = closed.getLocalPort();
        }
        RawSocket client = clientSending(getFrom("127.0.0.1:" + port));
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                .endsWith("\r\n\r\nBad Gateway: could not connect to 127.0.0.1: connection refused\n");
        assertOutcome(Outcome.Status.CONNECT_FAILED, Outcome.Side.ORIGIN);
    }

    @Test
    void anUnknownHostBecomesA502() throws IOException {
        restart(options().resolver(host -> {
            throw new UnknownHostException("the resolver's own words");
        }));
        RawSocket client = clientSending(getFrom("no.example:81"));
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                .endsWith("\r\n\r\nBad Gateway: the host name no.example is unknown\n");
        assertOutcome(Outcome.Status.UNKNOWN_HOST, Outcome.Side.ORIGIN);
    }

    @ParameterizedTest
    @CsvSource({"true,the resolver failed for no.example", "false,the name no.example has no address"})
    void aResolverThatFailsBecomesA502(boolean fails, String detail) throws IOException {
        restart(options().resolver(host -> {
            if (fails) {
                throw new IllegalStateException("secret");
            }
            return List.of();
        }));
        RawSocket client = clientSending(getFrom("no.example"));
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                .endsWith(detail + "\n")
                .doesNotContain("secret");
        assertOutcome(Outcome.Status.UNKNOWN_HOST, Outcome.Side.ORIGIN);
    }

    @Test
    void aResolverThatFailsWithAnErrorBecomesA502AtOnce() throws IOException {
        restart(options().resolver(host -> {
            throw new AssertionError("secret");
        }));
        RawSocket client = clientSending(getFrom("no.example"));
        assertThat(client.readToEnd()).endsWith("Bad Gateway: the resolver failed for no.example\n");
        assertOutcome(Outcome.Status.UNKNOWN_HOST, Outcome.Side.ORIGIN);
    }

    @Test
    void anAddressThatDoesNotAnswerBecomesA504() throws Exception {
        restart(options().connectTimeout(Duration.ofMillis(300)));
        ServerSocket full = opened(new ServerSocket(0, 1, V4));
        for (int i = 0; i < 16; i++) { // past its backlog, the kernel answers no further connection
            SocketChannel filler = opened(SocketChannel.open());
            filler.configureBlocking(false);
            filler.connect(new InetSocketAddress(V4, full.getLocalPort()));
        }
        RawSocket client = clientSending(getFrom("127.0.0.1:" + full.getLocalPort()));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 504 Gateway Timeout\r\n");
        assertOutcome(Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN);
    }

    @Test
    void aNameThatIsNotResolvedInTimeBecomesA504() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        restart(options().connectTimeout(Duration.ofMillis(300)).resolver(host -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(V4);
        }));
        RawSocket client = clientSending(getFrom("slow.example:" + origin.port()));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 504 Gateway Timeout\r\n");
        assertOutcome(Outcome.Status.TIMED_OUT, Outcome.Side.ORIGIN);
        done.countDown();
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws IOException {
        restart(options().resolver(host -> List.of(V4_OTHER, V4)));
        clientSending(getFrom("two.example:" + origin.port()));
        assertThat(accept().readHead()).startsWith("GET / HTTP/1.1\r\nHost: two.example:" + origin.port());
    }

    @Test
    void theOtherFamilyIsTriedWhenOneRefuses() throws IOException {
        restart(options().resolver(host -> List.of(V6, V4)));
        RawSocket client = clientSending(getFrom("both.example:" + origin.port()));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        client.readHead();
        assertThat(recorded().remoteAddress().orElseThrow()).isEqualTo(origin.address());
    }

    @Test
    void anAddressLiteralOfEitherFamilyIsConnectedToWithoutTheResolver() throws IOException {
        restart(options().resolver(host -> {
            throw new UnknownHostException(host);
        }));
        try (ServerSocket server = new ServerSocket(0, 5, V6)) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            clientSending(getFrom("[::1]:" + server.getLocalPort()));
            server.accept().close();
        }
        clientSending(getFrom("127.0.0.1:" + origin.port()));
        assertThat(accept().readHead()).startsWith("GET / ");
    }

    @Test
    void theLastAddressSaysWhatFailedWhenAllDo() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, V4)) {
            port = closed.getLocalPort();
        }
        restart(options().resolver(host -> List.of(V6, V4, V4_OTHER)));
        RawSocket client = clientSending(getFrom("all.example:" + port));
        assertThat(client.readToEnd())
                .endsWith("\r\n\r\nBad Gateway: could not connect to all.example: connection refused\n");
        assertOutcome(Outcome.Status.CONNECT_FAILED, Outcome.Side.ORIGIN);
    }

    @Test
    void nothingOfAnUploadIsLostWhileItConnects() throws Exception {
        CountDownLatch resolve = new CountDownLatch(1);
        restart(options().resolver(host -> {
            try {
                resolve.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(V4);
        }));
        String head = "PUT http://slow.example:" + origin.port() + "/ HTTP/1.1\r\nHost: slow.example:" + origin.port()
                + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        RawSocket client = clientSending(head + "3\r\nabc\r\n");
        letProxyRead();
        client.send("3\r\ndef\r\n");
        letProxyRead();
        client.send("0\r\nA: 1\r\n\r\n");
        letProxyRead();
        resolve.countDown();
        RawSocket server = accept();
        server.readHead();
        assertThat(server.readThrough("\r\n\r\n")).isEqualTo("3\r\nabc\r\n3\r\ndef\r\n0\r\nA: 1\r\n\r\n");
    }

    private void assertOutcome(Outcome.Status status, Outcome.Side side) {
        assertThat(recorded().outcome().status()).isEqualTo(status);
        assertThat(recorded().outcome().side()).isEqualTo(side);
    }
}
