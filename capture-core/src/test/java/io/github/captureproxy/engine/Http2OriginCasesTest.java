package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.GOAWAY;
import static io.github.captureproxy.testkit.http2.Http2Frame.RST_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.Eventually;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.AnsweringHttp2Origin;
import io.github.captureproxy.testkit.http2.ErrorCode;
import io.github.captureproxy.testkit.http2.HeaderBlock;
import io.github.captureproxy.testkit.http2.Http2Case;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import io.github.captureproxy.testkit.http2.RawHttp2Origin;
import io.github.captureproxy.testkit.http2.Reaction;
import java.io.IOException;
import java.net.SocketException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an origin does wrong by RFC 9113 never looks like a whole response to the client, the origin is told, and
 * connections to other origins live on.
 */
class Http2OriginCasesTest {
    private RawHttp2Origin origin;
    private AnsweringHttp2Origin healthy;
    private CaptureProxy proxy;
    private RawHttp2Client neighbour;
    private RawHttp2Client client;

    @BeforeEach
    void start() throws IOException {
        origin = new RawHttp2Origin();
        healthy = AnsweringHttp2Origin.start();
        proxy = CaptureProxy.builder().port(0).ioThreads(1).start();
        neighbour = Http2Way.IN_A_TUNNEL.client(proxy, healthy.authority()).open();
        client = Http2Way.IN_A_TUNNEL.client(proxy, origin.authority());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        neighbour.close();
        proxy.close();
        healthy.close();
        origin.close();
    }

    static Stream<Http2OriginCase> cases() {
        return Http2OriginCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aSpoiledResponseNeverLooksWhole(Http2OriginCase each) throws IOException {
        try (RawHttp2Connection server = request()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            Thread answering = Background.run(() -> answer(each, server, stream));
            assertReaction(Reaction.spoiled(1));
            assertTold(each, server, stream);
            Eventually.holds("all is sent or the proxy has hung up", () -> !answering.isAlive());
        }
        assertNeighbourIsServed();
    }

    /** Sends a GET, and takes the connection on which the proxy is about to send it on. */
    private RawHttp2Connection request(int... settings) throws IOException {
        client.send(RawHttp2Client.PREFACE);
        client.send(settings(), headers(1, WHOLE, client.get("/spoiled")));
        return origin.accept(settings);
    }

    private static void answer(Http2OriginCase each, RawHttp2Connection server, int stream) throws IOException {
        try {
            each.answer().to(server, stream);
        } catch (SocketException e) {
            // the proxy hung up while there was more to send
        }
    }

    private void assertReaction(Reaction reaction) throws IOException {
        new Http2Case("the client", it -> {}, reaction).check(client);
    }

    private static void assertTold(Http2OriginCase each, RawHttp2Connection server, int stream) throws IOException {
        Optional<Http2Frame> told = server.next();
        while (told.isPresent() && told.get().type() != GOAWAY && !isReset(told.get(), stream)) {
            told = server.next();
        }
        if (told.isPresent()) {
            int code = told.get().integerAt(told.get().type() == GOAWAY ? 4 : 0);
            assertThat(each.told()).contains(ErrorCode.values()[code]);
        }
    }

    private static boolean isReset(Http2Frame frame, int stream) {
        return frame.type() == RST_STREAM && frame.stream() == stream;
    }

    private void assertNeighbourIsServed() throws IOException {
        int stream = neighbour.nextStream();
        neighbour.sendGet(stream, "/neighbour");
        neighbour.awaitEnd(stream);
        assertThat(neighbour.status(stream)).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_ERROR", "REFUSED_STREAM", "HTTP_1_1_REQUIRED"})
    void theCodeOfAResetPassesOn(ErrorCode code) throws IOException {
        try (RawHttp2Connection server = request()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            server.send(
                    headers(stream, END_HEADERS, Http2OriginCase.ok().bytes()),
                    data(stream, 0, (byte) 1),
                    Http2Frame.reset(stream, code));
            assertReaction(Reaction.resetBehindHead(1, code));
        }
    }

    @Test
    void anOriginThatHangsUpWithinABodySpoilsTheResponse() throws IOException {
        try (RawHttp2Connection server = request()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            server.send(headers(stream, END_HEADERS, Http2OriginCase.ok().bytes()), data(stream, 0, (byte) 1));
        }
        assertReaction(Reaction.spoiled(1));
        assertNeighbourIsServed();
    }

    @Test
    void anOriginThatSpeaksHttp11SpoilsTheResponse() throws IOException {
        client.send(RawHttp2Client.PREFACE);
        client.send(settings(), headers(1, WHOLE, client.get("/spoiled")));
        try (RawSocket server = origin.acceptSocket()) {
            server.readBytes(RawHttp2Client.PREFACE.length);
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            assertReaction(Reaction.spoiled(1));
        }
        assertNeighbourIsServed();
    }

    @Test
    void whatFollowsAWholeResponseSpoilsNothingOfIt() throws IOException {
        try (RawHttp2Connection server = request()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            server.send(
                    headers(stream, END_HEADERS, Http2OriginCase.ok().bytes()),
                    data(stream, END_STREAM, (byte) 1),
                    data(stream, END_STREAM, (byte) 2));
            client.awaitEnd(1);
            assertThat(client.status(1)).isEqualTo(200);
        }
        assertNeighbourIsServed();
    }

    @Test
    void oddButRightFramesPass() throws IOException {
        try (RawHttp2Connection server = request(Http2Frame.MAX_CONCURRENT_STREAMS, 1)) {
            int stream = RawHttp2Origin.awaitRequest(server);
            byte[] hints = HeaderBlock.of(":status", "103", "link", "</a>").bytes();
            byte[] trailers = HeaderBlock.of("x-a", "b").bytes();
            server.send(
                    Http2Frame.frame(Http2Frame.UNKNOWN, 0xff, stream, new byte[5]),
                    headers(stream, END_HEADERS, hints),
                    headers(stream, 0, Http2OriginCase.ok().bytes()),
                    Http2Frame.continuation(stream, END_HEADERS),
                    Http2Frame.priority(stream, 0),
                    data(stream, Http2Frame.PADDED, Http2Frame.padded(9, "hello".getBytes(ISO_8859_1), 9)),
                    data(stream, 0),
                    headers(stream, WHOLE, trailers));
            assertThat(client.readUntil(it -> it.type() == Http2Frame.HEADERS).stream())
                    .isEqualTo(1);
            assertThat(client.status(1)).isEqualTo(103);
            assertThat(client.readUntil(it -> it.type() == Http2Frame.DATA && it.payload().length > 0)
                            .payload())
                    .asString()
                    .contains("hello");
            client.awaitEnd(1);
            assertThat(client.field(1, "x-a")).contains("b");
        }
    }
}
