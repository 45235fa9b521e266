package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import java.nio.ByteBuffer;

/** Watches a raw relay. Called on its worker thread. */
interface RelayObserver {
    /** Bytes from the client are about to be sent to the target. */
    void sent(ByteBuffer buffer, int from, int length);

    /** Bytes from the target are about to be sent to the client. */
    void received(ByteBuffer buffer, int from, int length);

    /** Both connections are closed. */
    void ended(Outcome.Status status, Outcome.Side side, String detail);
}
