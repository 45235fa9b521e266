package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.Http2Frame.DATA;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ends of the kit, without a proxy between them. */
class AnsweringHttp2OriginTest {
    private AnsweringHttp2Origin origin;
    private RawHttp2Client client;

    @BeforeEach
    void start() throws IOException {
        origin = AnsweringHttp2Origin.start();
        client = new RawHttp2Client(connect(origin), "http", origin.authority());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        origin.close();
    }

    @Test
    void answersAGet() throws IOException {
        client.open().sendCompressedGet(1, "/a");
        assertThat(client.readUntil(it -> it.type() == DATA).payload())
                .asString()
                .isEqualTo("hello");
        assertThat(client.status(1)).isEqualTo(200);
        assertThat(origin.whole()).containsExactly("/a");
    }

    @Test
    void takesARequestForWholeAtItsEndOnly() throws IOException {
        client.open().sendPost(1, "/a");
        client.sendGet(3, "/b");
        client.awaitEnd(3);
        assertThat(origin.whole()).containsExactly("/b");
        client.send(data(1, 0, new byte[10_000]), data(1, END_STREAM));
        client.awaitEnd(1);
        assertThat(origin.whole()).containsExactly("/b", "/a");
    }

    @Test
    void sendsNoMoreThanTheWindow() throws IOException {
        client.open(INITIAL_WINDOW_SIZE, 10_000).sendGet(1, "/big/100000");
        int received = 0;
        while (received < 100_000) {
            int size = client.readUntil(it -> it.type() == DATA).payload().length;
            assertThat(size).isPositive().isLessThanOrEqualTo(10_000);
            received += size;
            client.send(windowUpdate(1, size), windowUpdate(0, size));
        }
        assertThat(received).isEqualTo(100_000);
        assertThat(origin.sent()).isEqualTo(100_000);
    }

    @Test
    void speaksHttp2InTls() throws Exception {
        TestTls tls = TestTls.create();
        try (AnsweringHttp2Origin secure = AnsweringHttp2Origin.start(tls.context());
                RawHttp2Client other = new RawHttp2Client(
                        connect(secure).secureAsClientOf(tls.context(), "origin.test", "h2"), "https", "origin.test")) {
            other.open().sendGet(1, "/a");
            other.awaitEnd(1);
            assertThat(other.status(1)).isEqualTo(200);
        }
    }

    private static RawSocket connect(AnsweringHttp2Origin origin) throws IOException {
        String authority = origin.authority();
        int port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));
        return RawSocket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    }

    @Test
    void answersNothingOnHold() throws IOException {
        client.open().sendGet(1, "/hold");
        client.sendGet(3, "/b");
        client.awaitEnd(3);
        assertThat(client.status(1)).isZero();
        assertThat(origin.whole()).containsExactly("/hold", "/b");
    }
}
