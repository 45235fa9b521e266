package io.github.captureproxy.testkit.http2;

import static io.github.captureproxy.testkit.http2.ErrorCode.CANCEL;
import static io.github.captureproxy.testkit.http2.ErrorCode.ENHANCE_YOUR_CALM;
import static io.github.captureproxy.testkit.http2.ErrorCode.PROTOCOL_ERROR;
import static io.github.captureproxy.testkit.http2.Http2Frame.END_STREAM;
import static io.github.captureproxy.testkit.http2.Http2Frame.WHOLE;
import static io.github.captureproxy.testkit.http2.Http2Frame.continuation;
import static io.github.captureproxy.testkit.http2.Http2Frame.data;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;
import static io.github.captureproxy.testkit.http2.Http2Frame.ping;
import static io.github.captureproxy.testkit.http2.Http2Frame.priority;
import static io.github.captureproxy.testkit.http2.Http2Frame.reset;
import static io.github.captureproxy.testkit.http2.Http2Frame.settings;
import static io.github.captureproxy.testkit.http2.Http2Frame.windowUpdate;
import static io.github.captureproxy.testkit.http2.Reaction.closes;
import static io.github.captureproxy.testkit.http2.Reaction.connectionError;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * Right frames in a number that no one needs (RFC 9113, section 10.5). None of these clients reads while it sends: a
 * test that runs them has to do so in a thread of its own, as a server need not read on either.
 */
public final class Http2Floods {
    private static final int FIRST = 1;

    /** How many frames go into one write. */
    private static final int BATCH = 100;

    private static final int MANY = 100_000;
    private static final int STREAMS = 5_000;

    private static final Reaction CALM = connectionError(ENHANCE_YOUR_CALM);
    private static final Reaction FAULT = connectionError(ENHANCE_YOUR_CALM, PROTOCOL_ERROR);

    /** A GOAWAY may not come through where the server's answers to the flood already wait to be read. */
    private static final Reaction LAST_WORD = FAULT.or(closes());

    private Http2Floods() {}

    /** A frame, the n-th of its kind. */
    private interface Numbered {
        Http2Frame[] frames(int n);
    }

    /** All of them. */
    public static Stream<Http2Case> all() {
        return Stream.of(streams(), blocks(), controls()).flatMap(it -> it);
    }

    private static Stream<Http2Case> streams() {
        return Stream.of(
                Http2Case.of(
                        "requests that are reset at once",
                        client -> {
                            byte[] get = client.get("/hold");
                            flood(client, STREAMS, n ->
                                    new Http2Frame[] {headers(2 * n + 1, WHOLE, get), reset(2 * n + 1, CANCEL)});
                        },
                        CALM),
                Http2Case.of(
                        "requests that make the server reset them",
                        client -> {
                            byte[] get = client.get("/hold");
                            flood(client, STREAMS, n ->
                                    new Http2Frame[] {headers(2 * n + 1, WHOLE, get), windowUpdate(2 * n + 1, 0)});
                        },
                        LAST_WORD),
                Http2Case.of(
                        "malformed requests",
                        client -> {
                            byte[] bad = client.head("GET", Http2Case.REFUSED)
                                    .with("connection", "close")
                                    .bytes();
                            flood(client, STREAMS, n -> new Http2Frame[] {headers(2 * n + 1, WHOLE, bad)});
                        },
                        LAST_WORD),
                Http2Case.of(
                        "empty DATA",
                        client -> {
                            client.sendPost(FIRST, "/hold");
                            flood(client, MANY, n -> new Http2Frame[] {data(FIRST, 0)});
                        },
                        FAULT));
    }

    private static Stream<Http2Case> blocks() {
        return Stream.of(
                Http2Case.of(
                        "CONTINUATION without end",
                        client -> {
                            byte[] field =
                                    HeaderBlock.of("x-a", "b".repeat(100)).bytes();
                            client.send(headers(FIRST, END_STREAM, client.get(Http2Case.REFUSED)));
                            flood(client, MANY, n -> new Http2Frame[] {continuation(FIRST, 0, field)});
                        },
                        FAULT),
                Http2Case.of(
                        "empty CONTINUATION without end",
                        client -> {
                            client.send(headers(FIRST, END_STREAM, client.get(Http2Case.REFUSED)));
                            flood(client, MANY, n -> new Http2Frame[] {continuation(FIRST, 0)});
                        },
                        FAULT));
    }

    private static Stream<Http2Case> controls() {
        return Stream.of(
                control("SETTINGS", MANY, settings(), LAST_WORD),
                control("PING", 10 * MANY, ping(0, 1), LAST_WORD),
                control("PRIORITY", MANY, priority(FIRST, 3), CALM),
                control("WINDOW_UPDATE", MANY, windowUpdate(0, 1), CALM));
    }

    private static Http2Case control(String name, int times, Http2Frame frame, Reaction reaction) {
        return Http2Case.of(name, client -> flood(client, times, n -> new Http2Frame[] {frame}), reaction);
    }

    private static void flood(RawHttp2Client client, int times, Numbered unit) throws IOException {
        for (int n = 0; n < times; n += BATCH) {
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            for (int i = n; i < n + BATCH; i++) {
                for (Http2Frame frame : unit.frames(i)) {
                    batch.writeBytes(frame.bytes());
                }
            }
            client.send(batch.toByteArray());
        }
    }
}
