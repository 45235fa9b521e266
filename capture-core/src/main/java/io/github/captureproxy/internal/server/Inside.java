package io.github.captureproxy.internal.server;

import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.record.ExchangeRecorder;
import io.github.captureproxy.internal.tunnel.ConnectTunnel;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is inside of: a tunnel, whose target all its requests go to.
 *
 * @param destination that target; null if it is the proxy itself
 * @param end told of the end
 * @param tunnel what is recorded of it
 */
record Inside(@Nullable Destination destination, ConnectTunnel.InsideEnd end, ExchangeRecorder.InTunnel tunnel) {
    /** It has one connection at its far end, and no other stands in for that. */
    boolean isPlain() {
        return tunnel.tls() == null;
    }
}
