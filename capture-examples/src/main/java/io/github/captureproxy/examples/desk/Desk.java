package io.github.captureproxy.examples.desk;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.tls.TlsInterception;
import java.util.Optional;

/**
 * What runs at a desk: a proxy that can be set otherwise while all else goes on. Where a setting needs a new proxy, the
 * old one ends and the new one starts; if that fails, the old settings are taken again. Safe for any thread.
 */
public final class Desk implements AutoCloseable {
    private final Starter starter;
    private final Object changing = new Object();
    private volatile Running running;
    private volatile boolean paused;

    /** Starts a proxy with settings. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Starts one.
         *
         * @param settings what it is to be like
         * @return the proxy, listening
         * @throws DeskException if the settings don't let it
         */
        RunningProxy start(DeskSettings settings);
    }

    private record Running(DeskSettings settings, RunningProxy proxy) {}

    private Desk(Starter starter, Running running) {
        this.starter = starter;
        this.running = running;
    }

    /**
     * Starts.
     *
     * @param settings what it is to be like
     * @param starter starts proxies
     * @return the desk, with a proxy that listens
     * @throws DeskException if the settings don't let it
     */
    public static Desk start(DeskSettings settings, Starter starter) {
        return new Desk(starter, new Running(settings, starter.start(settings)));
    }

    /** The proxy that runs now. */
    public CaptureProxy proxy() {
        return running.proxy().proxy();
    }

    /** What looks inside HTTPS, if that is switched on. */
    public Optional<TlsInterception> tls() {
        return running.proxy().tls();
    }

    /** What the proxy runs with; its port may be 0, where {@link #proxy} knows the one it got. */
    public DeskSettings settings() {
        return running.settings();
    }

    /** Whether nothing is recorded for now. */
    public boolean isPaused() {
        return paused;
    }

    /** Stops recording, or goes on with it; traffic passes all the same. */
    public void pause(boolean pause) {
        synchronized (changing) {
            paused = pause;
            if (pause) {
                proxy().pause();
            } else {
                proxy().resume();
            }
        }
    }

    /**
     * Takes other settings. Connections that are open end if that needs a new proxy.
     *
     * @param settings what it is to be like
     * @return whether a new proxy was started for that
     * @throws DeskException if the settings don't let it; it runs as before, then
     */
    public boolean apply(DeskSettings settings) {
        synchronized (changing) {
            Running before = running;
            boolean restart = before.settings().needsRestartFor(settings);
            running = restart ? restart(before, settings) : new Running(settings, before.proxy());
            return restart;
        }
    }

    private Running restart(Running before, DeskSettings settings) {
        before.proxy().close(); // both may want the same port
        Running next;
        try {
            next = new Running(settings, starter.start(settings));
        } catch (DeskException e) {
            running = new Running(before.settings(), starter.start(before.settings()));
            throw e;
        }
        if (paused) {
            next.proxy().proxy().pause();
        }
        return next;
    }

    @Override
    public void close() {
        synchronized (changing) {
            running.proxy().close();
        }
    }
}
