package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.exchange.WebSocketMessage.Direction;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.wire.FieldName;
import io.github.captureproxy.internal.wire.Fields;
import io.github.captureproxy.internal.wire.ResponseHead;
import io.github.captureproxy.internal.wire.WebSocketExtensions;
import io.github.captureproxy.internal.wire.WebSocketFrames;
import io.github.captureproxy.internal.wire.WebSocketOpcode;
import io.github.captureproxy.internal.wire.WebSocketPayload;
import io.github.captureproxy.internal.wire.WebSocketSender;
import io.github.captureproxy.spi.BodySelector;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the messages of both directions of a WebSocket for the record. */
final class WebSocketWatch {
    private final ExchangeRecorder recorder;
    private final WebSocketFrames sent;
    private final WebSocketFrames received;
    private final Set<Direction> closed = EnumSet.noneOf(Direction.class);
    private String problem = "";

    WebSocketWatch(ExchangeRecorder recorder, ResponseHead head) {
        this.recorder = recorder;
        WebSocketExtensions extensions = WebSocketExtensions.parse(values(head.fields()));
        this.sent = new WebSocketFrames(
                recorder.maxMessageBytes(BodySelector.Direction.REQUEST), extensions, WebSocketSender.CLIENT);
        this.received = new WebSocketFrames(
                recorder.maxMessageBytes(BodySelector.Direction.RESPONSE), extensions, WebSocketSender.SERVER);
    }

    private static List<String> values(Fields fields) {
        List<String> values = new ArrayList<>();
        int i = fields.indexOf(FieldName.SEC_WEBSOCKET_EXTENSIONS);
        while (i >= 0) {
            values.add(fields.value(i));
            i = fields.indexOf(FieldName.SEC_WEBSOCKET_EXTENSIONS, i + 1);
        }
        return values;
    }

    void sent(ByteBuffer buffer, int from, int length) {
        sent.feed(buffer.duplicate().limit(from + length).position(from), new Sink(Direction.SENT));
    }

    void received(ByteBuffer buffer, int from, int length) {
        received.feed(buffer.duplicate().limit(from + length).position(from), new Sink(Direction.RECEIVED));
    }

    /** A close frame has passed in both directions: closed cleanly (RFC 6455 section 7.1.4). */
    boolean isClosed() {
        return closed.size() == Direction.values().length;
    }

    /** What kept messages from being read; empty if nothing did. */
    String problem() {
        return problem;
    }

    void close() {
        sent.close();
        received.close();
    }

    /** Turns what was read into messages of the record. */
    private final class Sink implements WebSocketFrames.Sink {
        private final Direction direction;

        Sink(Direction direction) {
            this.direction = direction;
        }

        @Override
        public void message(WebSocketPayload payload) {
            if (payload.opcode() == WebSocketOpcode.CLOSE) {
                closed.add(direction);
            }
            recorder.message(new WebSocketMessage(
                    direction, type(payload), Instant.now(), payload.bytes(), payload.truncated(), payload.length()));
        }

        @Override
        public void broken(String why) {
            if (problem.isEmpty()) {
                problem = "messages " + (direction == Direction.SENT ? "sent" : "received") + " could not be read on: "
                        + why;
            }
        }
    }

    private static WebSocketMessage.Type type(WebSocketPayload payload) {
        return switch (payload.opcode()) {
            case TEXT -> WebSocketMessage.Type.TEXT;
            case BINARY -> WebSocketMessage.Type.BINARY;
            case CLOSE -> WebSocketMessage.Type.CLOSE;
            case PING -> WebSocketMessage.Type.PING;
            case PONG -> WebSocketMessage.Type.PONG;
        };
    }
}
