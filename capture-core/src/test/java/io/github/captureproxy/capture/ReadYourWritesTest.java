package io.github.captureproxy.capture;

import static io.github.captureproxy.history.ExchangeFilter.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Once a client has what ends a response, however that is ended, the exchange is in History. */
class ReadYourWritesTest extends ProxyTest {
    private static final int TIMES = 50;

    /**
     * A way to end a response.
     *
     * @param method the request's method
     * @param response what the origin sends before it closes
     * @param got the last of what the client gets
     */
    private record Ending(String method, String response, String got) {}

    static Stream<Ending> endings() {
        return Stream.of(
                new Ending("GET", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", "body"),
                new Ending("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "Content-Length: 0\r\n\r\n"),
                new Ending("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "Content-Length: 9\r\n\r\n"),
                new Ending("GET", "HTTP/1.1 204 No Content\r\n\r\n", "204 No Content\r\n\r\n"),
                new Ending("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "9\r\n\r\n"),
                new Ending(
                        "GET",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
                        "0\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void theRecordIsThereBeforeTheEnd(Ending ending) throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy);
        RawSocket server = null;
        for (int i = 1; i <= TIMES; i++) {
            client.send(ending.method() + " http://" + origin.authority() + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
            server = server == null ? accept() : server;
            server.readHead();
            server.send(ending.response());
            readUntil(client, ending.got());

            assertThat(proxy.history().size()).isEqualTo(i);
        }
        assertThat(proxy.history().snapshot())
                .allMatch(exchange -> exchange.outcome().status() == Outcome.Status.COMPLETED);
    }

    private static void readUntil(RawSocket client, String end) throws IOException {
        StringBuilder got = new StringBuilder(client.readHead());
        while (!got.toString().endsWith(end)) {
            got.append(client.read(1));
        }
    }

    @Test
    void theRecordIsThereBeforeTheEndOfTheStream() throws IOException {
        CaptureProxy proxy = start();
        for (int i = 1; i <= TIMES; i++) {
            try (RawSocket client = RawSocket.connect(proxy.address())) {
                client.send("GET http://" + origin.authority() + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
                try (RawSocket server = origin.accept()) {
                    server.readHead();
                    server.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                }
                client.readToEnd();
            }
            assertThat(proxy.history().size()).isEqualTo(i);
        }
    }

    @Test
    void theRecordIsThereBeforeAReset() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy).send("GET http://" + origin.authority() + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut");
        client.readHead();
        client.read(3);
        server.close();

        assertThat(client.endsByReset()).isTrue();
        assertThat(proxy.history().single(any()).outcome().status()).isEqualTo(Outcome.Status.ORIGIN_ABORTED);
    }

    @Test
    void theRecordOfARefusedRequestIsThereBeforeTheAnswer() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy).send("GET http://" + origin.authority() + "/ HTTP/1.1\r\n\r\n");
        client.readHead();

        assertThat(proxy.history().single(any()).outcome().status()).isEqualTo(Outcome.Status.MALFORMED_REQUEST);
    }

    @Test
    void aResponseBeforeItsRequestEndsIsRecordedThen() throws IOException {
        CaptureProxy proxy = start();
        RawSocket client = connect(proxy)
                .send("POST http://" + origin.authority() + "/ HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf.");
        RawSocket server = accept();
        server.readHead();
        server.read(5);
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        client.readHead();
        client.read(2);

        assertThat(proxy.history().single(any()).request().body().isComplete()).isFalse();
        assertThat(proxy.history().single(any()).request().body().text()).isEqualTo("half.");
        assertThat(proxy.history().single(any()).outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
        Socket open = client.send("done!").socket();
        assertThat(server.read(5)).isEqualTo("done!");
        assertThat(open.isClosed()).isFalse();
        assertThat(proxy.history().size()).isEqualTo(1);
    }
}
