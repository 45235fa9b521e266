package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Whatever ends an exchange, it is recorded once and told to listeners once (design: promise 3). */
class OnceTest extends WireTest {
    private final List<Exchange> heard = new CopyOnWriteArrayList<>();

    @Override
    CaptureProxyBuilder options() {
        return super.options().listener(heard::add);
    }

    @Test
    void everyEndCountsOnce() throws Exception {
        RawSocket completed = clientSending(get("/completed"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        completed.readHead();
        completed.reset();
        letProxyRead();
        server.close();

        RawSocket cut = clientSending(get("/cut"));
        server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na");
        cut.readHead();
        server.reset();
        cut.endsByReset();

        RawSocket gone = clientSending(request("POST", "/gone", "a", "Content-Length: 3"));
        server = accept();
        server.readHead();
        gone.reset();
        server.endsByReset();

        clientSending(get("/refused", "A : b")).readToEnd();
        RawSocket early = clientSending(request("POST", "/early", "a", "Content-Length: 3"));
        server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        early.readHead();
        early.reset();
        server.endsByReset();
        letProxyRead();
        clientSending(get("/open"));
        accept().readHead();
        proxy.close();

        assertThat(exchanges())
                .extracting(exchange ->
                        exchange.request().path() + " " + exchange.outcome().status())
                .containsExactly(
                        "/completed " + Outcome.Status.COMPLETED,
                        "/cut " + Outcome.Status.ORIGIN_ABORTED,
                        "/gone " + Outcome.Status.CLIENT_ABORTED,
                        "/refused " + Outcome.Status.MALFORMED_REQUEST,
                        "/early " + Outcome.Status.COMPLETED,
                        "/open " + Outcome.Status.PROXY_CLOSED);
        assertThat(heard.stream().filter(exchange -> exchange.request().path().length() > 1))
                .containsExactlyElementsOf(exchanges());
        assertThat(heard).extracting(Exchange::id).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsRecordedBetweenPauseAndResume() throws IOException {
        RawSocket client = client();
        RawSocket server = null;
        for (String path : List.of("/1", "/2", "/3")) {
            if (path.equals("/2")) {
                proxy.pause();
            } else {
                proxy.resume();
            }
            client.send(get(path));
            server = server == null ? accept() : server;
            assertThat(server.readHead()).isEqualTo(forwarded("GET", path));
            server.send(response("200 OK", path));
            client.readHead();
            assertThat(client.read(2)).isEqualTo(path);
        }
        assertThat(exchanges())
                .extracting(exchange -> exchange.request().path())
                .containsExactly("/1", "/3");
    }
}
