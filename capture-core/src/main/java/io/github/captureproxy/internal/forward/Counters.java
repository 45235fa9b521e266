package io.github.captureproxy.internal.forward;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a proxy counts. Safe for any thread. */
public final class Counters {
    /** Exchanges and tunnels share one sequence of ids. */
    public final AtomicLong ids = new AtomicLong();

    /** Client connections that were accepted. */
    public final LongAdder accepted = new LongAdder();

    /** Client connections that were turned away at a limit. */
    public final LongAdder refused = new LongAdder();

    /** Client connections that ended without a byte. */
    public final LongAdder silent = new LongAdder();

    /** Client connections that began with TLS where plain HTTP is spoken. */
    public final LongAdder tlsToPort = new LongAdder();

    /** Client connections that began with something else that is not HTTP. */
    public final LongAdder notHttp = new LongAdder();

    /** Connections made to origins and upstream proxies. */
    public final LongAdder originConnections = new LongAdder();

    /** Requests that were sent again because a kept connection had gone stale. */
    public final LongAdder retries = new LongAdder();

    /** Clients that left before the proxy had written the whole response to their socket. */
    public final LongAdder clientsGone = new LongAdder();

    /** Tunnels and upgraded connections that are open. */
    public final AtomicInteger openTunnels = new AtomicInteger();

    /** Starts at zero. */
    public Counters() {}
}
