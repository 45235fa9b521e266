package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.http2.Http2Frame.ACK;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.PING;
import static io.github.captureproxy.testkit.http2.Http2Frame.RST_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.ping;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.ErrorCode;
import io.github.captureproxy.testkit.http2.HeaderBlock;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import io.github.captureproxy.testkit.http2.RawHttp2Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What one exchange does to those beside it, where they share a connection or an origin. */
class Http2NeighboursTest {
    private static final byte[] PIECE = new byte[16_384];
    private static final int WINDOW = 1 << 30;

    @Test
    void aRequestThatWasAnsweredIsNotSentAgainWhateverItsResetSays() throws IOException {
        try (RawHttp2Origin origin = new RawHttp2Origin();
                CaptureProxy proxy = CaptureProxy.builder().port(0).start();
                RawHttp2Client client = Http2Way.ON_THE_PROXY_PORT.client(proxy, origin.authority())) {
            client.send(RawHttp2Client.PREFACE);
            client.send(Http2Frame.settings());
            client.sendGet(1, "/");
            try (RawHttp2Connection server = origin.accept()) {
                int stream = RawHttp2Origin.awaitRequest(server);
                server.send(
                        headers(
                                stream,
                                END_HEADERS,
                                HeaderBlock.of(":status", "200").bytes()),
                        Http2Frame.reset(stream, ErrorCode.REFUSED_STREAM));
                assertThat(client.awaitEnd(1).type()).isEqualTo(RST_STREAM);
                server.send(ping(0, 1));
                Http2Frame next = server.readUntil(it -> it.type() == HEADERS || it.type() == PING && it.has(ACK));
                assertThat(next.type()).isEqualTo(PING);
            }
        }
    }

    @Test
    void aClientOfHttp1SpeaksItWithAPlainOriginThoughAnotherSpeaksHttp2() throws IOException {
        try (RawHttp2Origin origin = new RawHttp2Origin();
                CaptureProxy proxy = CaptureProxy.builder().port(0).ioThreads(1).start();
                RawHttp2Client client = Http2Way.ON_THE_PROXY_PORT.client(proxy, origin.authority());
                RawSocket plain = RawSocket.connect(proxy.address())) {
            client.send(RawHttp2Client.PREFACE);
            client.send(Http2Frame.settings());
            client.sendGet(1, "/");
            try (RawHttp2Connection server = origin.accept()) {
                RawHttp2Origin.awaitRequest(server);
                plain.send("POST http://" + origin.authority() + "/ HTTP/1.1\r\nHost: " + origin.authority()
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n");
                try (RawSocket second = origin.acceptSocket()) {
                    assertThat(second.readHead()).startsWith("POST / HTTP/1.1\r\n");
                    second.readThrough("1\r\na\r\n0\r\n\r\n");
                    second.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    assertThat(plain.readHead()).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    @Test
    void theDeadlineOfOneStreamIsNotThatOfTheOthersWhileTheClientIsSlow() throws Exception {
        try (RawHttp2Origin origin = new RawHttp2Origin();
                RawOrigin silent = new RawOrigin();
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .ioThreads(1)
                        .firstByteTimeout(Duration.ofMillis(300))
                        .start();
                RawHttp2Client client = Http2Way.IN_A_TUNNEL.client(proxy, origin.authority(), 65_536);
                RawSocket plain = RawSocket.connect(proxy.address())) {
            client.send(RawHttp2Client.PREFACE);
            client.send(Http2Frame.settings(INITIAL_WINDOW_SIZE, WINDOW), windowUpdate(0, WINDOW));
            client.sendGet(1, "/large");
            try (RawHttp2Connection server = origin.accept()) {
                int large = RawHttp2Origin.awaitRequest(server);
                server.send(headers(
                        large, END_HEADERS, HeaderBlock.of(":status", "200").bytes()));
                Future<Void> sending = TlsRig.beside(() -> {
                    int allowed = 0;
                    while (true) {
                        Http2Frame more =
                                server.readUntil(it -> it.type() == Http2Frame.WINDOW_UPDATE && it.stream() == large);
                        allowed += more.integerAt(0);
                        fill(server, large, allowed / PIECE.length);
                        allowed %= PIECE.length;
                    }
                });
                fill(server, large, 3);
                client.readUntil(it -> it.type() == Http2Frame.DATA);
                client.sendGet(3, "/silent");
                // Answered later than the time for stream 3 is up, as it is asked later.
                assertThat(plain.send("GET http://" + silent.authority() + "/ HTTP/1.1\r\nHost: x\r\n\r\n")
                                .readHead())
                        .startsWith("HTTP/1.1 504");
                client.awaitEnd(3);
                assertThat(client.status(3)).isEqualTo(504);
                client.readUntil(it -> it.type() == Http2Frame.DATA && it.stream() == 1);
                assertThat(sending).isNotDone();
            }
        }
    }

    private static void fill(RawHttp2Connection server, int stream, int pieces) throws IOException {
        for (int i = 0; i < pieces; i++) {
            server.send(data(stream, 0, PIECE));
        }
    }
}
