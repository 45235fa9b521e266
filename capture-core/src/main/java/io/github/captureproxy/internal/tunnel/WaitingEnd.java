package io.github.captureproxy.internal.tunnel;

import io.github.captureproxy.internal.io.ChannelHandler;

/** A connection from which nothing is read while something else is under way. */
final class WaitingEnd implements ChannelHandler {
    private final Runnable gone;
    private final Runnable timeUp;

    /**
     * Waits.
     *
     * @param gone run when the connection is closed
     * @param timeUp run when its deadline has passed
     */
    WaitingEnd(Runnable gone, Runnable timeUp) {
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
