package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.internal.dispatch.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The sessions of one proxy that have not ended. Where there is none, traffic pays one volatile read. Any thread. */
public final class Sessions {
    private static final RunningSession[] NONE = {};

    private volatile RunningSession[] running = NONE;
    private boolean closed;

    /** Starts without one. */
    public Sessions() {}

    /**
     * An exchange has ended. Never blocks.
     *
     * @param exchange the exchange, its files still held by another
     */
    public void exchange(Exchange exchange) {
        for (RunningSession session : running) {
            session.offer(exchange);
        }
    }

    /**
     * A tunnel has ended. Never blocks.
     *
     * @param tunnel the tunnel
     */
    public void tunnel(Tunnel tunnel) {
        for (RunningSession session : running) {
            session.offer(tunnel);
        }
    }

    /**
     * Something in flight has begun, gone on or ended. Never blocks.
     *
     * @param client whose it is
     */
    public void stirred(ClientInfo client) {
        for (RunningSession session : running) {
            session.stirred(client);
        }
    }

    /**
     * Those that have not ended.
     *
     * @return a copy, in the order in which they were started
     */
    public List<CaptureSession> list() {
        return List.of(running);
    }

    /**
     * What is to be told of those that have not ended.
     *
     * @return as they are at this moment
     */
    public List<SessionGlance> glance() {
        return Stream.of(running).map(RunningSession::glance).toList();
    }

    /**
     * Ends all of them; none can be started after.
     *
     * @return those that have to be closed, up to a moment until which they may write
     */
    public Consumer<Deadline> finish() {
        List<RunningSession> finished = refuseMore();
        finished.forEach(RunningSession::finish);
        return end -> finished.forEach(session -> {
            session.end(end);
            session.close();
        });
    }

    private synchronized List<RunningSession> refuseMore() {
        closed = true;
        return List.of(running);
    }

    synchronized void add(RunningSession session) {
        if (closed) {
            throw new IllegalStateException("session '" + session.name() + "' cannot start: its proxy is closed");
        }
        List<RunningSession> all = new ArrayList<>(List.of(running));
        all.add(session);
        running = all.toArray(NONE);
    }

    synchronized void remove(RunningSession session) {
        List<RunningSession> all = new ArrayList<>(List.of(running));
        all.remove(session);
        running = all.toArray(NONE);
    }
}
