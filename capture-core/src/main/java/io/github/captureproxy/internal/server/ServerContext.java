package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.internal.forward.ProxyContext;
import java.util.List;
import java.util.function.LongFunction;

/** What a client's connection needs of the server. */
interface ServerContext {
    ProxyContext proxy();

    RequestRouter router();

    Destinations destinations();

    /** Finds out what is to be done with requests. */
    RequestIntake intake();

    /** What the proxy answers itself. */
    OwnPages ownPages();

    /** All requests go to one origin, and are given its host. */
    boolean isReverse();

    /** The connection has left HTTP, and its new state is shown by this from now on. */
    void handedOver(ClientConnection connection, LongFunction<List<InFlightExchange>> view);

    void connectionClosed(ClientConnection connection);
}
