package io.github.captureproxy.internal.config;

import java.time.Duration;

/**
 * How long the proxy waits. {@link Duration#ZERO} waits without end.
 *
 * @param head for a request's head to come in whole, from its first byte
 * @param idle for a client's next request, and for an unused connection to an origin
 * @param connect for a connection to an origin, over all its addresses, name resolution included
 * @param firstByte for the response's head once the request is sent
 * @param transfer for the next byte of a message that is under way
 * @param tunnelIdle for the next byte of a tunnel, either way
 * @param close for threads and listeners to end when the proxy is closed
 */
public record Timeouts(
        Duration head,
        Duration idle,
        Duration connect,
        Duration firstByte,
        Duration transfer,
        Duration tunnelIdle,
        Duration close) {}
