package io.github.captureproxy.history;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A part of what a proxy records, with a history of its own: from when it is started until it is stopped, what its filter
 * lets in of one listening address, proxy user or client, or of all. Any number of them run at once over one proxy,
 * without knowing of each other. Safe for any thread.
 *
 * <p>An exchange belongs to a session if its request came in while the session ran: not before its start, and not during
 * a pause. It is in {@link #history()} before the client gets the end of its response, as it is in the proxy's own. What
 * is under way at a pause comes in when it ends; what is under way when the session is stopped does not, and is counted.
 * Nothing comes in while the proxy itself is paused.
 *
 * <p>The filter runs on the session's own thread alone. Who reads the history or the counts waits until it has dealt with
 * all that had ended by then: a moment, or 10 seconds at most where the filter hangs or is slower than the traffic. Reading
 * the history ends in a {@link FilterStalledException} then, rather than without what is missing; {@link History#await} and
 * {@link History#awaitIdle} keep to the time that they were given. A filter that reads the history that it fills sees what
 * came before, without a wait.
 *
 * <p>It ends with the proxy, if not before.
 */
public interface CaptureSession extends AutoCloseable {
    /**
     * What it is called.
     *
     * @return the name that it was given
     */
    String name();

    /**
     * What it is doing.
     *
     * @return its state at this moment
     */
    State state();

    /**
     * What its filter has let in, within its own limits. {@link History#inFlight()} shows what it is bound to, without
     * regard to the filter. After {@link #stop()} it does not change any more.
     *
     * @return the history; readable after {@link #close()} as well, but for bodies in files ({@code spillTo})
     */
    History history();

    /**
     * How long it ran.
     *
     * @return the time since its start without its pauses, up to now or to its stop
     */
    Duration totalTime();

    /**
     * What it has counted. Waits up to 10 seconds for the filter; what it has not dealt with by then is told by
     * {@link SessionCounts#waiting()}.
     *
     * @return the counts of this moment
     */
    SessionCounts counts();

    /**
     * What ended its writing before it was stopped, such as a full disk. The session goes on without its writer.
     *
     * @return the problem, if there is one
     */
    Optional<IOException> problem();

    /** Leaves out what begins from now on. Does nothing unless it runs. */
    void pause();

    /** Takes in again what begins from now on. Does nothing unless it is paused. */
    void resume();

    /**
     * Ends it: what has ended by now is let through the filter and written, and the file gets its end. Waits for that up
     * to 30 seconds; a filter or a writer that is still in a call then is interrupted. What the history holds stays
     * readable, bodies in files too. A second call does nothing.
     */
    void stop();

    /** Stops it, and lets go of the files ({@code spillTo}) that hold bodies of its exchanges. */
    @Override
    void close();

    /** What a session does. */
    enum State {
        /** It takes in what begins. */
        RUNNING,
        /** It takes in only what had begun before. */
        PAUSED,
        /** It has ended. */
        STOPPED
    }
}
