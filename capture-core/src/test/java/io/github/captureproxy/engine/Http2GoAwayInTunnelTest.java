package io.github.captureproxy.engine;

import static io.github.captureproxy.engine.Http2Wire.END_HEADERS;
import static io.github.captureproxy.engine.Http2Wire.END_STREAM;
import static io.github.captureproxy.engine.Http2Wire.GOAWAY;
import static io.github.captureproxy.engine.Http2Wire.HEADERS;
import static io.github.captureproxy.engine.Http2Wire.RST_STREAM;
import static io.github.captureproxy.engine.Http2Wire.frame;
import static io.github.captureproxy.engine.Http2Wire.next;
import static io.github.captureproxy.engine.Http2Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An origin that says GOAWAY (RFC 9113 section 6.8) at the far end of a plain tunnel, which leads nowhere else: the
 * client has to know, so as to open another.
 */
class Http2GoAwayInTunnelTest {
    private static final String REFUSED_STREAM = "00000007";

    /** The status 200. */
    private static final String OK = "88";

    private TunnelRig rig;
    private TunnelRig.Ends ends;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
        ends = Http2Wire.open(rig);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private void ask(int stream) throws Exception {
        ends.client().send(frame(HEADERS, END_HEADERS | END_STREAM, stream, Http2Wire.GET));
    }

    @Test
    void isToldToTheClientAndTheOpenStreamsEnd() throws Exception {
        ask(1);
        next(ends.server(), 1);

        ends.server().send(frame(GOAWAY, 0, 0, "7fffffff00000000"));

        assertThat(next(ends.client(), 0)).isEqualTo(text(GOAWAY, 0, "0000000100000000"));
        ends.server().send(frame(HEADERS, END_HEADERS | END_STREAM, 1, OK));
        assertThat(next(ends.client(), 1)).startsWith(text(HEADERS, END_HEADERS | END_STREAM, ""));
        assertThat(ends.client().readToEnd()).isEmpty();
    }

    @Test
    void refusesTheStreamsThatCameTooLateForTheOrigin() throws Exception {
        ask(1);
        ask(3);
        next(ends.server(), 1);
        next(ends.server(), 3);

        ends.server().send(frame(GOAWAY, 0, 0, "0000000100000000"));

        assertThat(next(ends.client(), 3)).isEqualTo(text(RST_STREAM, 0, REFUSED_STREAM));
    }

    @Test
    void refusesTheStreamsThatTheClientOpenedBeforeItKnew() throws Exception {
        ask(1);
        next(ends.server(), 1);
        ends.server().send(frame(GOAWAY, 0, 0, "7fffffff00000000"));
        next(ends.client(), 0);

        ask(3);

        assertThat(next(ends.client(), 3)).isEqualTo(text(RST_STREAM, 0, REFUSED_STREAM));
    }
}
