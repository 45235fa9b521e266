package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.List;

/**
 * Tells listeners, one after the other, of those exchanges alone that a filter lets in, which can change, and of all
 * tunnels; of adb's search for emulators never. It hears of nothing else, so that the messages of a busy connection don't crowd out what is to be kept.
 */
public class KeptOnly implements ExchangeListener {
    private final List<ExchangeListener> listeners;
    private volatile ExchangeFilter filter = ExchangeFilter.any();

    /**
     * Lets all in at first.
     *
     * @param listeners who is told
     */
    public KeptOnly(ExchangeListener... listeners) {
        this.listeners = List.of(listeners);
    }

    /**
     * Lets in what another filter does, from now on.
     *
     * @param text as {@link ExchangeFilter#parse} reads it; blank for all
     * @throws IllegalArgumentException if it can't be read
     */
    public final void filter(String text) {
        filter = ExchangeFilter.parse(text);
    }

    @Override
    public final void onExchange(Exchange exchange) {
        if (!AdbProbe.is(exchange) && filter.matches(exchange)) {
            listeners.forEach(listener -> listener.onExchange(exchange));
        }
    }

    @Override
    public final void onTunnelClosed(Tunnel tunnel) {
        listeners.forEach(listener -> listener.onTunnelClosed(tunnel));
    }
}
