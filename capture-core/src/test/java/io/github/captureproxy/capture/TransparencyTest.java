package io.github.captureproxy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.spi.BodySelector;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is recorded, and whoever listens: no byte on any wire depends on it. */
class TransparencyTest extends ProxyTest {
    private static final String BODY = "0123456789".repeat(30_000);

    private static final List<String> REQUESTS = List.of(
            "POST http://%s/a HTTP/1.1\r\nHost: %s\r\nx-A: 1\r\nX-a: 2\r\nContent-Length: 300000\r\n\r\n" + BODY,
            "PUT http://%s/b?c=%%20 HTTP/1.1\r\nhost: %s\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\nT: 1\r\n\r\n",
            "GET http://%s/d HTTP/1.1\r\nHost: %s\r\nCookie: a=b\r\n\r\n");

    private static final List<String> RESPONSES = List.of(
            "HTTP/1.1 200 Fine\r\nSet-Cookie: a\r\nSet-cookie: b\r\nContent-Type: image/png\r\nContent-Length: 300000\r\n\r\n"
                    + BODY,
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nxyz\r\n0\r\nT: 2\r\n\r\n",
            "HTTP/1.1 404 No\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnot!");

    @TempDir
    Path folder;

    @Test
    void noByteDependsOnWhatIsRecorded() throws IOException {
        List<String> plain = talk(builder().startPaused());

        assertThat(talk(builder())).isEqualTo(plain);
        assertThat(talk(builder().captureBodies(BodySelector.none()))).isEqualTo(plain);
        assertThat(talk(builder().captureBodies(BodySelector.withoutMedia()).bodyDigests(true)))
                .isEqualTo(plain);
        assertThat(talk(builder().maxBodyBytes(7).captureBudget(100))).isEqualTo(plain);
        assertThat(talk(builder().spillTo(folder).spillThreshold(10))).isEqualTo(plain);
        assertThat(talk(builder()
                        .listener(
                                exchange ->
                                        exchange.response().orElseThrow().body().bytes(),
                                exchange -> {
                                    throw new AssertionError("on purpose");
                                })))
                .isEqualTo(plain);
        assertThat(plain).hasSize(2 * REQUESTS.size());
        assertThat(plain.get(0)).endsWith("\r\nContent-Length: 300000\r\n\r\n" + BODY);
    }

    /** What the origin and the client get. */
    private List<String> talk(CaptureProxyBuilder builder) throws IOException {
        List<String> got = new ArrayList<>();
        try (CaptureProxy proxy = builder.start();
                RawSocket client = RawSocket.connect(proxy.address())) {
            client.send(request(0));
            try (RawSocket server = origin.accept()) {
                for (int i = 0; i < REQUESTS.size(); i++) {
                    if (i > 0) {
                        client.send(request(i));
                    }
                    String forwarded = request(i).replaceFirst("http://" + origin.authority(), "");
                    got.add(server.read(forwarded.length()));
                    server.send(RESPONSES.get(i));
                    got.add(client.read(RESPONSES.get(i).length()));
                }
            }
        }
        return got;
    }

    private String request(int i) {
        return String.format(REQUESTS.get(i), origin.authority(), origin.authority());
    }
}
