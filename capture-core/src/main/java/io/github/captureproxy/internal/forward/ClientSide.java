package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.wire.ResponseHead;
import java.nio.ByteBuffer;

/** The client's half of an exchange, as the relay sees it. */
public interface ClientSide {
    /**
     * The connection to the client.
     *
     * @return the channel
     */
    Channel channel();

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

    /** The response cannot be ended: the client must see that it is cut short. */
    void abort();

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
     * (RFC 4559 section 6), or it is the inside of a tunnel.
     *
     * @param origin the connection
     */
    void pin(OriginConnection origin);
}
