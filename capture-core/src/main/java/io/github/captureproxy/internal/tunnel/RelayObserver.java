package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.exchange.Outcome;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Watches a raw relay. Called on its worker thread. */
interface RelayObserver {
    /** Bytes from the client are about to be sent to the target. */
    void sent(ByteBuffer buffer, int from, int length);

    /** Bytes from the target are about to be sent to the client. */
    void received(ByteBuffer buffer, int from, int length);

    /** A side has ended its stream, or broken its connection: in the latter case with what was thrown. */
    default void left(Outcome.Side side, @Nullable Throwable cause) {
        // most are told enough by the end of both
    }

    /** Both sides have said that they are done, so that it means nothing how their connections end. */
    default boolean saidGoodbye() {
        return false;
    }

    /** Both connections are closed. */
    void ended(Outcome.Status status, Outcome.Side side, String detail);
}
