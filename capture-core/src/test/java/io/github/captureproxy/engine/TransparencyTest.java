package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.spi.BodySelector;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recording changes no byte on any wire, whatever is recorded and whoever listens (design: promise 1). */
class TransparencyTest {
    private static CaptureProxyBuilder builder() {
        return CaptureProxy.builder().port(0).ioThreads(1);
    }

    @Test
    void bothWiresLookTheSameWhateverIsRecorded() throws IOException {
        String plain = transcript(builder().startPaused());
        assertThat(plain).contains("X-Foo");
        assertThat(transcript(builder())).isEqualTo(plain);
        assertThat(transcript(builder().maxBodyBytes(2).bodyDigests(true))).isEqualTo(plain);
        assertThat(transcript(builder().captureBudget(0))).isEqualTo(plain);
        assertThat(transcript(builder().captureBodies(BodySelector.none()))).isEqualTo(plain);
        assertThat(transcript(builder().listener(exchange -> {}).listener(exchange -> {
                    throw new IllegalStateException("a listener that fails");
                })))
                .isEqualTo(plain);
    }

    /** All that passed both wires while a script ran, without the origin's port. */
    private static String transcript(CaptureProxyBuilder builder) throws IOException {
        List<String> seen = new ArrayList<>();
        try (CaptureProxy proxy = builder.start();
                RawOrigin origin = new RawOrigin();
                RawSocket client = RawSocket.connect(proxy.address())) {
            String url = "http://" + origin.authority();
            String host = "Host: " + origin.authority() + "\r\n";
            client.send("GET " + url + "/1 HTTP/1.1\r\n" + host + "Connection: x\r\nX: 1\r\nX-Foo: \u00e9\r\n\r\n"
                    + "POST " + url + "/2 HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n005;x\r\ndefgh\r\n0\r\nA: 1\r\n\r\n"
                    + "HEAD " + url + "/3 HTTP/1.1\r\n" + host + "\r\n");
            try (RawSocket server = origin.accept()) {
                seen.add(server.readHead());
                server.send(
                        "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\nKeep-Alive: 1\r\n\r\nhello");
                seen.add(client.readThrough("hello"));
                seen.add(server.readThrough("A: 1\r\n\r\n"));
                server.send("HTTP/1.0 200 Old\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc");
                seen.add(client.readThrough("abc"));
                seen.add(server.readHead());
                server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                seen.add(client.readHead());
                client.send("GET " + url + "/4 HTTP/1.1\r\n" + host + "\r\n");
                seen.add(server.readHead());
                server.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n");
                seen.add(client.readThrough("abcd\r\n"));
                server.send("0\r\nB: 2\r\n\r\n");
                seen.add(client.readThrough("B: 2\r\n\r\n"));
                client.send("GET " + url + "/5 HTTP/1.1\r\n" + host + "\r\n");
                seen.add(server.readHead());
                server.send("HTTP/1.1 200 OK\r\nSet-Cookie: a\r\n\r\nto the end")
                        .halfClose();
                seen.add(client.readToEnd());
            }
            return String.join("<>", seen).replace(origin.authority(), "origin");
        }
    }
}
