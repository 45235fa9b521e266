package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.testkit.http2.HeaderBlock;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import org.junit.jupiter.api.Test;

/** CONNECT on a stream, which isn't offered: its HEADERS frame leaves the stream open (RFC 9113 section 8.5). */
class Http2ConnectTest {
    private static final byte[] CONNECT =
            HeaderBlock.of(":method", "CONNECT", ":authority", "a.test:443").bytes();

    @Test
    void aClientThatGoesOnWithTheTunnelIsToldThatItIsNotOpened() throws Exception {
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start();
                RawHttp2Client client =
                        Http2Way.ON_THE_PROXY_PORT.client(proxy, "a.test").open()) {
            client.send(headers(1, END_HEADERS, CONNECT), data(1, 0, (byte) 0x16));
            client.awaitEnd(1);

            assertThat(client.status(1)).isEqualTo(501);
            Exchange refused = proxy.history().single(ExchangeFilter.method("CONNECT"));
            assertThat(refused.error()).contains("a tunnel is not opened on a stream: use HTTP/1.1 for CONNECT");
            assertThat(refused.request().body().isComplete()).isTrue();
        }
    }

    @Test
    void oneThatSaysHowMuchContentItHasIsMalformed() throws Exception {
        byte[] withContent = HeaderBlock.of(":method", "CONNECT", ":authority", "a.test:443", "content-length", "1")
                .bytes();
        try (CaptureProxy proxy = CaptureProxy.builder().port(0).start();
                RawHttp2Client client =
                        Http2Way.ON_THE_PROXY_PORT.client(proxy, "a.test").open()) {
            client.send(headers(1, END_HEADERS, withContent));
            client.awaitEnd(1);

            assertThat(client.status(1)).isEqualTo(400);
        }
    }

    @Test
    void credentialsAreAskedForFirst() throws Exception {
        try (CaptureProxy proxy =
                        CaptureProxy.builder().port(0).credentials("ann", "pw").start();
                RawHttp2Client client =
                        Http2Way.ON_THE_PROXY_PORT.client(proxy, "a.test").open()) {
            client.send(headers(1, END_HEADERS, CONNECT));
            client.awaitEnd(1);

            assertThat(client.status(1)).isEqualTo(407);
        }
    }
}
