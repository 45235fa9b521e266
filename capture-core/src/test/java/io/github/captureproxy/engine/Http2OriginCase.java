package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.http2.Http2Frame.END_HEADERS;
import static io.github.captureproxy.testkit.http2.Http2Frame.headers;

import io.github.captureproxy.testkit.http2.ErrorCode;
import io.github.captureproxy.testkit.http2.HeaderBlock;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Connection;
import java.io.IOException;
import java.util.Set;

/**
 * Something that an origin answers in place of a response.
 *
 * @param name the section of RFC 9113 that it breaks, and what it is
 * @param answer what the origin does once it has a whole GET, and has sent its settings
 * @param told the codes of RST_STREAM or GOAWAY of which the proxy is to tell the origin one, unless it hangs up
 */
record Http2OriginCase(String name, Answer answer, Set<ErrorCode> told) {
    /** Sends, on the connection and the stream of the request. */
    interface Answer {
        void to(RawHttp2Connection connection, int stream) throws IOException;
    }

    static Http2OriginCase of(String name, Answer answer, ErrorCode... told) {
        return new Http2OriginCase(name, answer, Set.of(told));
    }

    /** One whose head alone is wrong. */
    static Http2OriginCase head(String name, HeaderBlock head) {
        return frames(name, headers(1, END_HEADERS, head.bytes()), Http2Frame.data(1, Http2Frame.END_STREAM, (byte) 1));
    }

    /** One that breaks the rules of messages: the request has to have been the connection's first. */
    static Http2OriginCase frames(String name, Http2Frame... frames) {
        return of(name, (connection, stream) -> connection.send(frames), ErrorCode.PROTOCOL_ERROR);
    }

    /** The head of a response. */
    static HeaderBlock ok() {
        return HeaderBlock.of(":status", "200");
    }

    @Override
    public String toString() {
        return name;
    }
}
