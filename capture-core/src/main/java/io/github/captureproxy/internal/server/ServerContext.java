package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.internal.forward.ProxyContext;
import java.util.function.LongFunction;

/** What a client's connection needs of the server. */
interface ServerContext {
    ProxyContext proxy();

    RequestRouter router();

    Destinations destinations();

    /** What the proxy answers itself. */
    OwnPages ownPages();

    /** All requests go to one origin, and are given its host. */
    boolean isReverse();

    /** The connection has left HTTP, and its new state is shown by this from now on. */
    void handedOver(ClientConnection connection, LongFunction<InFlightExchange> view);

    void connectionClosed(ClientConnection connection);
}
