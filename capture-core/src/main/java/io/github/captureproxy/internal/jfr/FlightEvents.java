package io.github.captureproxy.internal.jfr;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import jdk.jfr.FlightRecorder;

/**
 * Tells the JDK's Flight Recorder what passes. Does nothing where the module {@code jdk.jfr} is absent, as in small
 * images, and next to nothing until a recording is started. Safe for any thread.
 */
public final class FlightEvents {
    /** Asked by name, so that no class of the module is loaded for it. */
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightEvents() {}

    /**
     * A recording has been started in this JVM at some time. Before that no event class is touched: the first to be
     * loaded starts up the recorder's own classes, more than a hundred, on the thread that moves traffic.
     */
    private static boolean isOn() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /**
     * An exchange has ended.
     *
     * @param exchange the exchange
     */
    public static void exchange(Exchange exchange) {
        if (isOn()) {
            ExchangeEvent.commit(exchange);
        }
    }

    /**
     * A tunnel has ended.
     *
     * @param tunnel the tunnel
     */
    public static void tunnel(Tunnel tunnel) {
        if (isOn()) {
            TunnelEvent.commit(tunnel);
        }
    }

    /**
     * Tells if anyone wants to know what is dropped.
     *
     * @return true if a recording has that event
     */
    public static boolean wantsDrops() {
        return isOn() && DropEvent.isWanted();
    }

    /**
     * Something was let go for the sake of a limit.
     *
     * @param from what was full: {@code History}, {@code connections}, or the class name of a listener
     * @param count how many were let go
     */
    public static void dropped(String from, long count) {
        if (isOn()) {
            DropEvent.commit(from, count);
        }
    }
}
