package io.github.captureproxy.internal.http2;

/**
 * What a peer may send on one stream (RFC 9113 section 6.9): 64 KiB at first, up to 1 MiB while what it sends is taken
 * off at the other side at once. Nothing is granted while that side takes nothing.
 */
final class ReceiveWindow {
    static final int LARGEST = 1 << 20;

    private int size = Frames.DEFAULT_WINDOW;
    private long granted = size;
    private int passedOn;
    private boolean paused;
    private boolean wasPaused;

    /** Notes what has come in; false if it is more than was granted. */
    boolean received(int bytes) {
        granted -= bytes;
        return granted >= 0;
    }

    void passedOn(int bytes) {
        passedOn += bytes;
    }

    void paused(boolean now) {
        paused = now;
        wasPaused |= now;
    }

    /** What is to be granted now; 0 if it is not worth a frame. */
    int grant(WindowBudget budget) {
        if (paused || passedOn < size / 2) {
            return 0;
        }
        int more = passedOn;
        if (!wasPaused && size < LARGEST) {
            int growth = Math.min(size, LARGEST - size);
            if (budget.take(growth)) {
                size += growth;
                more += growth;
            }
        }
        wasPaused = false;
        passedOn = 0;
        granted += more;
        return more;
    }

    /** Gives back what it has of the budget. */
    void close(WindowBudget budget) {
        budget.give(size - Frames.DEFAULT_WINDOW);
        size = Frames.DEFAULT_WINDOW;
    }
}
