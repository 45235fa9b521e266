package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.http2.Http2Frame.DATA;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.http2.AnsweringHttp2Origin;
import io.github.captureproxy.testkit.http2.Http2Case;
import io.github.captureproxy.testkit.http2.Http2Floods;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that sends too much of something loses its connection; others, on the same I/O thread, are served on. */
class Http2FloodTest {
    /** So small that what a client does not read soon waits in the proxy. */
    private static final int SMALL_BUFFER = 4_096;

    private static final int STREAMS = 50;
    private static final int LARGE = 10_000_000;

    /** The window that a stream starts with. */
    private static final int WINDOW = 65_536;

    private AnsweringHttp2Origin origin;
    private CaptureProxy proxy;

    @BeforeEach
    void start() throws IOException {
        origin = AnsweringHttp2Origin.start();
        proxy = CaptureProxy.builder().port(0).ioThreads(1).start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        origin.close();
    }

    static Stream<Arguments> floods() {
        return Stream.of(Http2Way.values()).flatMap(way -> Http2Floods.all().map(flood -> Arguments.of(way, flood)));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("floods")
    void aFloodEndsItsOwnConnectionAlone(Http2Way way, Http2Case flood) throws IOException {
        try (RawHttp2Client neighbour = way.client(proxy, origin.authority()).open();
                RawHttp2Client client = way.client(proxy, origin.authority(), SMALL_BUFFER)) {
            assertServed(neighbour);
            Thread sending = Background.run(() -> send(flood, client));
            Eventually.holds("all is sent or the proxy has hung up", () -> !sending.isAlive());
            flood.check(client);
            assertServed(neighbour);
        }
        try (RawHttp2Client next = way.client(proxy, origin.authority()).open()) {
            assertServed(next);
        }
    }

    private static void send(Http2Case flood, RawHttp2Client client) throws IOException {
        try {
            flood.conversation().run(client);
        } catch (SocketException e) {
            // the proxy has hung up: what it said is read afterwards
        }
    }

    private static void assertServed(RawHttp2Client client) throws IOException {
        int stream = client.nextStream();
        client.sendGet(stream, "/neighbour");
        client.awaitEnd(stream);
        assertThat(client.status(stream)).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void manyLargeResponsesThroughWindowsOfOneByteFillNoMemory(Http2Way way) throws IOException {
        try (RawHttp2Client neighbour = way.client(proxy, origin.authority()).open();
                RawHttp2Client client = way.client(proxy, origin.authority()).open(INITIAL_WINDOW_SIZE, 1)) {
            for (int i = 0; i < STREAMS; i++) {
                client.sendGet(2 * i + 1, "/big/" + LARGE);
            }
            for (int i = 0; i < 3 * STREAMS; i++) {
                int stream = client.readUntil(it -> it.type() == DATA).stream();
                client.send(windowUpdate(stream, 1));
            }
            assertServed(neighbour);
            assertThat(origin.sent()).isLessThanOrEqualTo((long) STREAMS * WINDOW + WINDOW);
        }
    }
}
