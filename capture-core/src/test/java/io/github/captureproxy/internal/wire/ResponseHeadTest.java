package io.github.captureproxy.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {
    private static ResponseHead ofType(String line) throws MalformedMessageException {
        return Wire.response("HTTP/1.1 200 OK", "Server: a", line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/event-stream",
                "content-type:Text/Event-Stream",
                "Content-Type: \t text/event-stream \t ",
                "Content-Type: text/event-stream;charset=utf-8",
                "Content-Type: text/event-stream \t; charset=utf-8"
            })
    void eventStreamsAreKnownByTheirMediaType(String line) throws MalformedMessageException {
        assertThat(ofType(line).isEventStream()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/event-streams",
                "Content-Type: text/event",
                "Content-Type: text/html; a=text/event-stream",
                "Content-Type: text/event-stream, text/html",
                "Content-Type:",
                "Content-Type: ;",
                "X-Type: text/event-stream"
            })
    void otherContentIsNone(String line) throws MalformedMessageException {
        assertThat(ofType(line).isEventStream()).isFalse();
    }
}
