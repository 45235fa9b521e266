package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.wire.HopByHop;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The client's half of an exchange, as the relay sees it. */
public interface ClientSide {
    /**
     * The connection to the client, whose thread the exchange lives on. What is sent goes by the other methods.
     *
     * @return the channel
     */
    Channel channel();

    /**
     * Sets when the relay's {@link ExchangeRelay#deadlinePassed} is to be called.
     *
     * @param nanoTime a value of {@link System#nanoTime}, or 0 for none
     */
    void deadline(long nanoTime);

    /** The origin takes nothing more for now: the request is not to be read on. */
    void pauseRequest();

    /**
     * Tells if the client has taken all that it was sent.
     *
     * @return true if nothing is kept for it
     */
    boolean isDrained();

    /**
     * Sends an interim response.
     *
     * @param head its head
     * @param hopByHop what stays behind
     * @param via the name to add to {@code Via}; empty for none
     * @throws IOException if the client is gone
     */
    void informational(ResponseHead head, HopByHop hopByHop, String via) throws IOException;

    /**
     * Sends what was taken of a response: its head if it has not been sent, content, and its end.
     *
     * @param response the response
     * @param buffer the one that it was taken from
     * @param via the name to add to {@code Via}; empty for none
     * @return true if the buffer was kept
     * @throws IOException if the client is gone
     */
    boolean respond(IncomingResponse response, ByteBuffer buffer, String via) throws IOException;

    /**
     * Tells if the client's connection can carry a stream's end with its code.
     *
     * @return true for HTTP/2
     */
    default boolean hasStreams() {
        return false;
    }

    /**
     * Tells if it takes a response's content without framing, and is told of its end.
     *
     * @return true where something else delimits it, as HTTP/2 does
     */
    default boolean takesContentAlone() {
        return hasStreams();
    }

    /** The origin has taken what it was sent: the request may be read on. */
    void resumeRequest();

    /**
     * Nothing of the response had been sent: the client is to be told what failed. The exchange is recorded by this.
     *
     * @param failure what failed
     */
    void answer(Failure failure);

    /**
     * The response has been handed over, and the relay is done.
     *
     * @param keepAlive true if the connection can carry another exchange
     */
    void exchangeEnded(boolean keepAlive);

    /**
     * The connection to an origin that this client's streams go on, as those of one connection would.
     *
     * @return the connection; null if there is none yet, or the client has no streams
     */
    default @Nullable Http2Origin http2Origin() {
        return null;
    }

    /**
     * Sets the connection that further streams go on.
     *
     * @param origin the connection
     */
    default void http2Origin(Http2Origin origin) {
        // each exchange of HTTP/1 may take any
    }

    /**
     * The response cannot be ended: the client must see that it is cut short.
     *
     * @param code why, in a code of HTTP/2
     */
    void abort(long code);

    /**
     * The origin has switched protocols.
     *
     * @param relay the exchange
     * @param head the 101's head
     * @param origin the connection to the origin, which the callee takes over
     * @param toSend what the client is to get of it
     */
    void upgraded(ExchangeRelay relay, ResponseHead head, OriginConnection origin, Switch toSend);

    /**
     * What a client gets when its connection leaves HTTP.
     *
     * @param response the 101; holds until the end of the event that it came with
     * @param early what the origin has sent behind it, in the protocol that is spoken from now on
     */
    record Switch(ByteBuffer response, byte[] early) {}

    /**
     * The connection to the origin is bound to this client from now on: it has been authenticated as a whole
     * (RFC 4559 section 6), or it is the inside of a tunnel. Where streams share the client's connection, no such
     * binding can be told from it: the connection then ends with its exchange.
     *
     * @param origin the connection
     */
    void pin(OriginConnection origin);
}
