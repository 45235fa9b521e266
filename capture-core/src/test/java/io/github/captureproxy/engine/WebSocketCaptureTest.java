package io.github.captureproxy.engine;

import static io.github.captureproxy.engine.WebSocketRig.deflated;
import static io.github.captureproxy.engine.WebSocketRig.frame;
import static io.github.captureproxy.engine.WebSocketRig.masked;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WebSocketMessage.Direction;
import java.time.Instant;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of a WebSocket are recorded whole, as they were meant, and told to listeners as they pass. */
class WebSocketCaptureTest {
    private static final int CAP = 1 << 20;

    private TunnelRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig(options -> options.maxWebSocketMessages(3));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void tellsDirectionTypeTimeAndPayload() throws Exception {
        Instant before = Instant.now();
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        ends.client().send(masked(WebSocketRig.TEXT, "hello"));
        WebSocketMessage sent = rig.message();
        ends.server().send(frame(WebSocketRig.BINARY, "\u0000\u00ff"));
        WebSocketMessage received = rig.message();
        assertThat(sent.direction()).isEqualTo(Direction.SENT);
        assertThat(sent.type()).isEqualTo(WebSocketMessage.Type.TEXT);
        assertThat(sent.text()).isEqualTo("hello");
        assertThat(sent.length()).isEqualTo(5);
        assertThat(sent.truncated()).isFalse();
        assertThat(sent.at()).isBetween(before, Instant.now());
        assertThat(received.direction()).isEqualTo(Direction.RECEIVED);
        assertThat(received.type()).isEqualTo(WebSocketMessage.Type.BINARY);
        assertThat(received.payload()).containsExactly(0, 0xff);
        assertThat(end(ends).webSocketMessages()).containsExactly(sent, received);
    }

    @Test
    void putsFragmentsTogetherAroundControlFrames() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        ends.server().send(frame(WebSocketRig.TEXT_BEGINS, "a") + frame(WebSocketRig.PING, "!"));
        assertThat(rig.message().type()).isEqualTo(WebSocketMessage.Type.PING);
        ends.client().send(masked(WebSocketRig.PONG, "!"));
        assertThat(rig.message().type()).isEqualTo(WebSocketMessage.Type.PONG);
        ends.server().send(frame(WebSocketRig.GOES_ON, "b") + frame(WebSocketRig.GOES_ON | WebSocketRig.LAST, "c"));
        assertThat(rig.message().text()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; client_max_window_bits=15"
            })
    void inflatesForTheRecordAlone(String extensions) throws Exception {
        boolean takeover = !extensions.contains("no_context_takeover");
        TunnelRig.Ends ends = WebSocketRig.open(rig, extensions);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        for (int i = 0; i < 2; i++) {
            String compressed = deflated(deflater, "hello hello hello");
            String sent = masked(WebSocketRig.TEXT | WebSocketRig.DEFLATED, compressed);
            ends.client().send(sent);
            assertThat(ends.server().read(sent.length())).isEqualTo(sent);
            assertThat(rig.message().text()).isEqualTo("hello hello hello");
            if (!takeover) {
                deflater.reset();
            }
        }
        deflater.end();
    }

    @Test
    void cutsAPayloadBeyondTheCapAndSaysSo() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        String large = frame(WebSocketRig.BINARY, "x".repeat(CAP + 10));
        ends.server().send(large);
        assertThat(ends.client().read(large.length())).isEqualTo(large);
        WebSocketMessage message = rig.message();
        assertThat(message.payload()).hasSize(CAP);
        assertThat(message.truncated()).isTrue();
        assertThat(message.length()).isEqualTo(CAP + 10);
    }

    @Test
    void keepsTheLatestMessagesUpToTheLimit() throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        for (int i = 1; i <= 5; i++) {
            ends.server().send(frame(WebSocketRig.TEXT, "m" + i));
            assertThat(rig.message().text()).isEqualTo("m" + i);
        }
        assertThat(end(ends).webSocketMessages())
                .extracting(WebSocketMessage::text)
                .containsExactly("m3", "m4", "m5");
    }

    @Test
    void keepsNoMessagesWhereTheLimitIsNone() throws Exception {
        try (TunnelRig none = new TunnelRig(options -> options.maxWebSocketMessages(0))) {
            TunnelRig.Ends ends = WebSocketRig.open(none, "");
            ends.server().send(frame(WebSocketRig.TEXT, "m"));
            assertThat(none.message().text()).isEqualTo("m");
            ends.server().close();
            ends.client().readToEnd();
            ends.client().close();
            assertThat(none.exchange().webSocketMessages()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00f1\u0001x", "\u0089\u007e\u0001\u0000", "\u0080\u0001x", "\u00c1\u0001x"})
    void stopsReadingAtABrokenFrameAndRelaysOn(String broken) throws Exception {
        TunnelRig.Ends ends = WebSocketRig.open(rig, "");
        ends.server().send(frame(WebSocketRig.TEXT, "good") + broken + frame(WebSocketRig.TEXT, "unread"));
        String expected = frame(WebSocketRig.TEXT, "good") + broken + frame(WebSocketRig.TEXT, "unread");
        assertThat(ends.client().read(expected.length())).isEqualTo(expected);
        ends.client().send(masked(WebSocketRig.TEXT, "still read"));
        assertThat(rig.message().text()).isEqualTo("good");
        assertThat(rig.message().text()).isEqualTo("still read");
        Exchange exchange = end(ends);
        assertThat(exchange.outcome().status()).isEqualTo(Status.UPGRADED);
        assertThat(exchange.outcome().detail()).startsWith("messages received could not be read on: ");
    }

    private Exchange end(TunnelRig.Ends ends) throws Exception {
        ends.client().halfClose();
        ends.server().readToEnd();
        ends.server().close();
        ends.client().readToEnd();
        return rig.exchange();
    }
}
