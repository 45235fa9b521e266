package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.ClientInfo;

/**
 * Looks at a client when it connects, while its connection is sure to be there: to find its process, say. Given to the
 * builder's {@code clientArrival}. What comes of it is the program's to keep, by {@link ClientInfo#connection()}, which
 * each exchange and tunnel of the connection has.
 *
 * <p>Called at most once for each connection that the proxy takes, also for those of clients that may not use it, on one
 * of two threads of its own; nothing is read from the connection until it returns. A connection waits for a quarter of a
 * second at most, and then goes on; one that no thread was free for by then is not looked at. What it throws delays nobody
 * either: the first is logged, further ones are not. Interrupted when the proxy closes. Safe for any thread.
 */
@FunctionalInterface
public interface ClientArrival {
    /**
     * A client has connected.
     *
     * @param client what is known of it; no user yet
     */
    void arrived(ClientInfo client);
}
