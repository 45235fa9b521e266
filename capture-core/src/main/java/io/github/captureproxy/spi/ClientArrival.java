package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.ClientInfo;

/**
 * Looks at a client when it connects, while its connection is sure to be there: to find its process, say. Given to the
 * builder's {@code clientArrival}. What comes of it is the program's to keep, by {@link ClientInfo#connection()}, which
 * each exchange and tunnel of the connection has.
 *
 * <p>Called once for each connection that the proxy takes, on one of two threads of its own; nothing is read from the
 * connection until it returns, or a quarter of a second has passed. Later ones than that are not called for at all, so
 * that a slow one delays no client for longer. What it throws is logged once, and the connection goes on. Safe for any
 * thread.
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
