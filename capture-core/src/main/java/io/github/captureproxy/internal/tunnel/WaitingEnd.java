package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.internal.io.ChannelHandler;
import io.github.captureproxy.internal.io.Reactor;
import java.io.IOException;

/** A connection from which nothing is read while something else is under way. */
final class WaitingEnd implements ChannelHandler {
    private final Reactor reactor;
    private final Runnable gone;
    private final Runnable timeUp;

    /**
     * Waits.
     *
     * @param reactor logs defects
     * @param gone run when the connection is closed
     * @param timeUp run when its deadline has passed
     */
    WaitingEnd(Reactor reactor, Runnable gone, Runnable timeUp) {
        this.reactor = reactor;
        this.gone = gone;
        this.timeUp = timeUp;
    }

    @Override
    public void readable() {
        // an event from before reading was stopped
    }

    @Override
    public void drained() {
        // nothing waits for it
    }

    @Override
    public void deadlinePassed() {
        timeUp.run();
    }

    @Override
    public void failed(Throwable cause) {
        if (!(cause instanceof IOException)) {
            reactor.defect("a tunnel failed", cause);
        }
        gone.run();
    }

    @Override
    public void closed() {
        gone.run();
    }

    @Override
    public boolean isMidway() {
        return true;
    }
}
