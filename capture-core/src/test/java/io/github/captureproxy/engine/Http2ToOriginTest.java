package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.http2.Http2Frame.ACK;
import static io.github.captureproxy.testkit.http2.Http2Frame.DATA;
import static io.github.captureproxy.testkit.http2.Http2Frame.ENABLE_PUSH;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.GOAWAY;
import static io.github.captureproxy.testkit.http2.Http2Frame.HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.HEADER_TABLE_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.INITIAL_WINDOW_SIZE;
import static io.github.captureproxy.testkit.http2.Http2Frame.MAX_CONCURRENT_STREAMS;
import static io.github.captureproxy.testkit.http2.Http2Frame.PING;
import static io.github.captureproxy.testkit.http2.Http2Frame.RST_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.SETTINGS;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.ping;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.testkit.http2.ErrorCode;
import io.github.captureproxy.testkit.http2.HeaderBlock;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import io.github.captureproxy.testkit.http2.RawHttp2Origin;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** To the origin the proxy is a client that keeps to what the origin has set, and hands on what its own client does. */
class Http2ToOriginTest {
    private RawHttp2Origin origin;
    private CaptureProxy proxy;
    private RawHttp2Client client;

    @BeforeEach
    void start() throws IOException {
        origin = new RawHttp2Origin();
        proxy = CaptureProxy.builder().port(0).ioThreads(1).start();
        client = Http2Way.IN_A_TUNNEL.client(proxy, origin.authority());
        client.send(RawHttp2Client.PREFACE);
        client.send(settings());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        origin.close();
    }

    @Test
    void beginsWithSettingsThatRefusePushes() throws IOException {
        client.sendGet(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            assertThat(server.next().orElseThrow().is(SETTINGS)).isTrue();
            assertThat(server.peerSetting(ENABLE_PUSH, 1)).isZero();
        }
    }

    @Test
    void contentInAnAnswerToHeadIsNamedAsTheReasonAndNoLength() throws IOException {
        client.send(headers(1, WHOLE, client.head("HEAD", "/").bytes()));
        try (RawHttp2Connection server = origin.accept()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            server.send(
                    headers(
                            stream,
                            END_HEADERS,
                            HeaderBlock.of(":status", "200").bytes()),
                    data(stream, END_STREAM, (byte) 1));
            client.awaitEnd(1);
        }
        assertThat(proxy.history().single(ExchangeFilter.any()).error().orElseThrow())
                .contains("content where there is to be none");
    }

    @Test
    void answersThePingsOfTheOrigin() throws IOException {
        client.sendGet(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            server.send(ping(0, 5));
            assertThat(server.readUntil(it -> it.type() == PING && it.has(ACK)).integerAt(4))
                    .isEqualTo(5);
        }
    }

    @Test
    void sendsNoMoreOfABodyThanTheOriginsWindow() throws IOException {
        client.sendPost(1, "/");
        try (RawHttp2Connection server = origin.accept(INITIAL_WINDOW_SIZE, 1)) {
            int stream = requestBehindAcknowledgement(server);
            client.send(data(1, 0, (byte) 1, (byte) 2), data(1, END_STREAM, (byte) 3));
            for (byte each = 1; each <= 3; each++) {
                assertThat(server.readUntil(it -> it.type() == DATA && it.payload().length > 0)
                                .payload())
                        .containsExactly(each);
                server.send(ping(0, each));
                server.readUntil(Http2ToOriginTest::isQuiet);
                server.send(windowUpdate(stream, 1));
            }
        }
    }

    /** Reads up to the head of the request and the acknowledgement of the settings, in whichever order they come. */
    private static int requestBehindAcknowledgement(RawHttp2Connection server) throws IOException {
        Http2Frame first = server.readUntil(it -> it.type() == HEADERS || isAcknowledgement(it));
        Http2Frame second = server.readUntil(it -> it.type() == HEADERS || isAcknowledgement(it));
        return first.stream() + second.stream();
    }

    private static boolean isAcknowledgement(Http2Frame frame) {
        return frame.type() == SETTINGS && frame.has(ACK);
    }

    /** Tells whether a PING was answered; nothing of a request may come until then, but its end. */
    private static boolean isQuiet(Http2Frame frame) {
        boolean request = frame.type() == HEADERS || frame.type() == DATA && frame.payload().length > 0;
        assertThat(request).as("%s", frame).isFalse();
        return frame.type() == PING && frame.has(ACK);
    }

    @Test
    void opensNoMoreStreamsThanTheOriginAllows() throws IOException {
        client.sendGet(1, "/");
        try (RawHttp2Connection server = origin.accept(MAX_CONCURRENT_STREAMS, 1)) {
            int first = requestBehindAcknowledgement(server);
            client.sendGet(3, "/");
            assertNothingPasses(server);
            answer(server, first);
            client.awaitEnd(1);
            answer(server, RawHttp2Origin.awaitRequest(server));
            client.awaitEnd(3);
            assertThat(client.status(3)).isEqualTo(200);
        }
    }

    @Test
    void waitsAsLongAsTheOriginAllowsNoStream() throws IOException {
        client.sendGet(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            answer(server, requestBehindAcknowledgement(server));
            client.awaitEnd(1);
            server.send(settings(MAX_CONCURRENT_STREAMS, 0));
            server.readUntil(Http2ToOriginTest::isAcknowledgement);
            client.sendGet(3, "/");
            assertNothingPasses(server);
            server.send(settings(MAX_CONCURRENT_STREAMS, 1));
            answer(server, RawHttp2Origin.awaitRequest(server));
            client.awaitEnd(3);
            assertThat(client.status(3)).isEqualTo(200);
        }
    }

    /** The proxy has read what the client sent before it answers the client's PING. */
    private void assertNothingPasses(RawHttp2Connection server) throws IOException {
        client.send(ping(0, 1));
        client.readUntil(it -> it.type() == PING && it.has(ACK));
        server.send(ping(0, 2));
        server.readUntil(Http2ToOriginTest::isQuiet);
    }

    private static void answer(RawHttp2Connection server, int stream) throws IOException {
        server.send(headers(stream, WHOLE, HeaderBlock.of(":status", "200").bytes()));
    }

    @Test
    void usesNoTableThatTheOriginDoesNotKeep() throws IOException {
        client.sendGet(1, "/one");
        try (RawHttp2Connection server = origin.accept(HEADER_TABLE_SIZE, 0)) {
            answer(server, requestBehindAcknowledgement(server));
            client.awaitEnd(1);
            server.limitTable(0);
            for (int stream = 3; stream <= 5; stream += 2) {
                client.sendGet(stream, "/more");
                int received = RawHttp2Origin.awaitRequest(server);
                assertThat(server.field(received, ":path")).contains("/more");
                answer(server, received);
                client.awaitEnd(stream);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "INTERNAL_ERROR", "NO_ERROR"})
    void theCodeOfAClientsResetPassesOn(ErrorCode code) throws IOException {
        client.sendPost(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            client.send(Http2Frame.reset(1, code));
            Http2Frame reset = server.readUntil(it -> it.type() == RST_STREAM);
            assertThat(reset.stream()).isEqualTo(stream);
            assertThat(reset.integerAt(0)).isEqualTo(code.code());
        }
    }

    @Test
    void trailersPassOn() throws IOException {
        client.sendPost(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            client.send(
                    data(1, 0, (byte) 1),
                    headers(1, WHOLE, HeaderBlock.of("x-a", "b").bytes()));
            server.readUntil(it -> it.type() == HEADERS && it.ends(stream));
            assertThat(server.field(stream, "x-a")).contains("b");
        }
    }

    @Test
    void aResponseThatComesBeforeTheRequestHasEndedPasses() throws IOException {
        client.sendPost(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            server.send(
                    headers(
                            stream,
                            END_HEADERS,
                            HeaderBlock.of(":status", "413").bytes()),
                    data(stream, END_STREAM, (byte) 1),
                    Http2Frame.reset(stream, ErrorCode.NO_ERROR));
            client.awaitEnd(1);
            assertThat(client.status(1)).isEqualTo(413);
        }
    }

    /** Clients of HTTP/2 take the length for a broken promise (RFC 9113 section 8.1.1). */
    @Test
    void thePromiseOfContentThatThereCannotBeDoesNotPass() throws IOException {
        client.sendGet(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            HeaderBlock head = HeaderBlock.of(":status", "204", "content-length", "7", "x-a", "b");
            server.send(headers(RawHttp2Origin.awaitRequest(server), WHOLE, head.bytes()));
            client.awaitEnd(1);
            assertThat(client.status(1)).isEqualTo(204);
            assertThat(client.field(1, "x-a")).contains("b");
            assertThat(client.field(1, "content-length")).isEmpty();
        }
    }

    @Test
    void aProxyThatClosesSaysGoodbyeToBothSides() throws IOException {
        client.sendGet(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            answer(server, RawHttp2Origin.awaitRequest(server));
            client.awaitEnd(1);
            proxy.close();
            assertThat(client.readUntil(it -> it.type() == GOAWAY).integerAt(4)).isZero();
            assertThat(server.readUntil(it -> it.type() == GOAWAY).integerAt(4)).isZero();
        }
    }

    @Test
    void theEndThatTheFarEndOfATunnelAnnouncesPassesOn() throws IOException {
        client.sendGet(1, "/");
        try (RawHttp2Connection server = origin.accept()) {
            int stream = RawHttp2Origin.awaitRequest(server);
            server.send(Http2Frame.goAway(stream, ErrorCode.NO_ERROR));
            assertThat(client.readUntil(it -> it.type() == GOAWAY).integerAt(0)).isEqualTo(1);
            answer(server, stream);
            client.awaitEnd(1);
            assertThat(client.status(1)).isEqualTo(200);
        }
    }
}
