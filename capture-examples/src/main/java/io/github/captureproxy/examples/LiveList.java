package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.PrintStream;

/**
 * Writes a line for each exchange and tunnel that ends and is wanted, and counts all of them. A tunnel that was looked
 * into shows by its exchanges, or by its failed handshake, unless it failed otherwise.
 */
final class LiveList implements ExchangeListener {
    private final PrintStream out;
    private final Lines lines;
    private final Listed listed;
    private final Totals totals;

    LiveList(PrintStream out, Lines lines, Listed listed, Totals totals) {
        this.out = out;
        this.lines = lines;
        this.listed = listed;
        this.totals = totals;
    }

    @Override
    public void onExchange(Exchange exchange) {
        totals.add(exchange);
        if (listed.has(exchange)) {
            out.println(lines.of(exchange));
        }
    }

    @Override
    public void onTunnelClosed(Tunnel tunnel) {
        totals.add(tunnel);
        if (!Results.isToldOtherwise(tunnel) && listed.has(tunnel)) {
            out.println(lines.of(tunnel));
        }
    }

    @Override
    public void onTlsFailure(TlsFailure failure) {
        totals.add(failure);
        if (listed.has(failure)) {
            out.println(lines.of(failure));
        }
    }
}
