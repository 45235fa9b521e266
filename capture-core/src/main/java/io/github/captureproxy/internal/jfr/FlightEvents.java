package io.github.captureproxy.internal.jfr;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;

/**
 * Tells the JDK's Flight Recorder what passes. Does nothing where the module {@code jdk.jfr} is absent, as in small
 * images, and next to nothing while no recording runs. Safe for any thread.
 */
public final class FlightEvents {
    /** Asked by name, so that no class of the module is loaded for it. */
    private static final boolean PRESENT =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private FlightEvents() {}

    /**
     * An exchange has ended.
     *
     * @param exchange the exchange
     */
    public static void exchange(Exchange exchange) {
        if (PRESENT) {
            ExchangeEvent.commit(exchange);
        }
    }

    /**
     * A tunnel has ended.
     *
     * @param tunnel the tunnel
     */
    public static void tunnel(Tunnel tunnel) {
        if (PRESENT) {
            TunnelEvent.commit(tunnel);
        }
    }

    /**
     * Tells if anyone wants to know what is dropped.
     *
     * @return true if a recording has that event
     */
    public static boolean wantsDrops() {
        return PRESENT && DropEvent.isWanted();
    }

    /**
     * Something was let go for the sake of a limit.
     *
     * @param from what was full: {@code History}, {@code connections}, or the class name of a listener
     * @param count how many were let go
     */
    public static void dropped(String from, long count) {
        if (PRESENT) {
            DropEvent.commit(from, count);
        }
    }
}
