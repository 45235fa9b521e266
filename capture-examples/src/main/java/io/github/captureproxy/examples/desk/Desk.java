package io.github.captureproxy.examples.desk;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.tls.TlsInterception;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What runs at a desk: a proxy that can be set otherwise while all else goes on. Where a setting needs a new proxy, the old
 * one ends and the new one starts; if that fails, the old settings are taken again, on the same port. The old one does not
 * even end where the new one's port is in use. Safe for any thread.
 */
public final class Desk implements AutoCloseable {
    private final Starter starter;
    private final Object changing = new Object();
    private final List<BiConsumer<DeskSettings, DeskSettings>> listeners = new CopyOnWriteArrayList<>();
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

    /** With what the proxies before it had dropped, by the listener's class. */
    private record Running(DeskSettings settings, RunningProxy proxy, Map<String, Long> droppedBefore) {
        Map<String, Long> dropped() {
            Map<String, Long> all = new HashMap<>(droppedBefore);
            proxy.proxy().counts().listeners().forEach(each -> all.merge(each.listener(), each.dropped(), Long::sum));
            return all;
        }
    }

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
        return new Desk(starter, begin(settings, starter, Map.of()));
    }

    private static Running begin(DeskSettings settings, Starter starter, Map<String, Long> droppedBefore) {
        RunningProxy proxy = starter.start(settings);
        try {
            proxy.tls().ifPresent(settings.inspecting()::applyTo);
            return new Running(settings, proxy, droppedBefore);
        } catch (IllegalArgumentException | IllegalStateException e) {
            proxy.close();
            throw new DeskException(String.valueOf(e.getMessage()), e);
        }
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

    /**
     * How many deliveries the listeners of a class have missed, of all proxies that ran so far.
     *
     * @param listener the class
     * @return the number
     */
    public long dropped(Class<? extends ExchangeListener> listener) {
        return running.dropped().getOrDefault(listener.getName(), 0L);
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
     * Has somebody told of settings that were taken, from now on.
     *
     * @param listener gets those before and those after, on the thread that changes them
     */
    public void onChange(BiConsumer<DeskSettings, DeskSettings> listener) {
        listeners.add(listener);
    }

    /**
     * Takes other settings. Connections that are open end if that needs a new proxy.
     *
     * @param settings what it is to be like
     * @return whether a new proxy was started for that
     * @throws DeskException if the settings don't let it; it runs as before, then
     */
    public boolean apply(DeskSettings settings) {
        return change(before -> settings);
    }

    /**
     * Takes settings that are made of those that it runs with; nobody else changes them meanwhile.
     *
     * @param change makes the other settings of the present ones
     * @return whether a new proxy was started for that
     * @throws DeskException if the settings don't let it; it runs as before, then
     */
    public boolean change(UnaryOperator<DeskSettings> change) {
        synchronized (changing) {
            Running before = running;
            DeskSettings settings = change.apply(before.settings());
            boolean restart = before.settings().needsRestartFor(settings);
            running = restart ? restart(before, settings) : goOn(before, settings);
            listeners.forEach(listener -> listener.accept(before.settings(), settings));
            return restart;
        }
    }

    private static Running goOn(Running before, DeskSettings settings) {
        try {
            before.proxy().tls().ifPresent(settings.inspecting()::applyTo);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new DeskException(String.valueOf(e.getMessage()), e);
        }
        return new Running(settings, before.proxy(), before.droppedBefore());
    }

    private Running restart(Running before, DeskSettings settings) {
        int port = before.proxy().proxy().address().getPort();
        SettingsCheck.cannotListen(settings, port).ifPresent(problem -> {
            throw new DeskException(problem.message());
        });
        before.proxy().close(); // both may want the same ports
        Running next;
        try {
            next = begin(settings, starter, before.dropped());
        } catch (DeskException e) {
            running = again(before, e);
            throw e;
        }
        if (paused) {
            next.proxy().proxy().pause();
        }
        return next;
    }

    /** The proxy as it was, where it was. */
    private Running again(Running before, DeskException cause) {
        int port = before.proxy().proxy().address().getPort();
        try {
            Running same = begin(before.settings().withPort(port), starter, before.dropped());
            if (paused) {
                same.proxy().proxy().pause();
            }
            return new Running(before.settings(), same.proxy(), same.droppedBefore());
        } catch (DeskException e) {
            e.addSuppressed(cause);
            throw new DeskException(
                    cause.getMessage() + "; and the proxy could not start again as it was: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        synchronized (changing) {
            running.proxy().close();
        }
    }
}
