package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.OriginTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The origin's half of an exchange, as the relay sees it: a connection, or a stream of one. For one worker thread. */
interface OriginSide {
    /** Takes an exchange on. */
    void begin(ExchangeRelay exchange);

    /**
     * Sends what was taken of a request: its head if it has not been sent, content, and its end.
     *
     * @return true if the buffer was kept
     */
    boolean send(OutgoingRequest request, ByteBuffer buffer) throws IOException;

    /** Sends the head and what has come in while there was no connection. */
    void sendStashed(OutgoingRequest request) throws IOException;

    /** The origin has taken all that it was sent. */
    boolean isDrained();

    /**
     * Others can follow an exchange both messages of which have come in whole.
     *
     * @param persistent whether an HTTP/1.1 connection may go on after such a response (RFC 9112 section 9.3)
     */
    boolean isReusable(boolean persistent);

    /** Asks for more of the response, or for nothing. */
    void reading(boolean on);

    /** What its TLS handshake showed; null if it is plain. */
    @Nullable
    OriginTls tls();

    InetSocketAddress remoteAddress();

    /** A response's content comes without framing, and its end is told, as in HTTP/2. */
    default boolean givesContentAlone() {
        return false;
    }

    /** It is the far end of a tunnel, and no other can stand in for it. */
    boolean isInTunnel();

    /** It has carried an exchange before, so that its end may be news of the past. */
    boolean wasUsed();

    /** No byte of a response has come since the request was sent. */
    boolean isUnanswered();

    /** The response has ended while the request goes on. */
    void responseDone();

    /** The exchange is over, and all went well: others may follow. */
    void keep();

    /** The exchange is over, and the rest of its request is not sent. */
    void close();

    /** The exchange is cut short: the origin must not take a cut request for a whole one. */
    void reset(long code);
}
