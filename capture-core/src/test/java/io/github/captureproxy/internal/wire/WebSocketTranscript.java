package io.github.captureproxy.internal.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a reader of WebSocket frames says. */
class WebSocketTranscript implements WebSocketFrames.Sink {

    final List<WebSocketPayload> messages = new ArrayList<>();
    final List<String> lines = new ArrayList<>();

    /** One line a message: opcode, length, text; then {@code broken} and the reason. */
    static List<String> of(byte[] bytes, int split, WebSocketFrames frames) {
        WebSocketTranscript transcript = new WebSocketTranscript();
        frames.feed(ByteBuffer.wrap(bytes, 0, split), transcript);
        frames.feed(ByteBuffer.wrap(bytes, split, bytes.length - split), transcript);
        frames.close();
        return transcript.lines;
    }

    @Override
    public void message(WebSocketPayload message) {
        messages.add(message);
        lines.add(message.opcode() + " " + message.length() + " " + Wire.text(message.bytes()));
    }

    @Override
    public void broken(String why) {
        lines.add("broken: " + why);
    }
}
