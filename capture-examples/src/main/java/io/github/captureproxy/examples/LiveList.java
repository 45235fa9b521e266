package io.github.captureproxy.examples;

import io.github.captureproxy.examples.desk.AdbProbe;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.PrintStream;

/**
 * Writes a line for each exchange and tunnel that ends and is wanted, and counts all of them. A tunnel that was looked
 * into shows by its exchanges, or by its failed handshake, unless it failed otherwise. Of adb's search for emulators a line
 * tells once.
 */
final class LiveList implements ExchangeListener {
    private static final String ADB =
            "note     adb on this machine looks for an emulator at this port, as at each odd one from "
                    + "5555 to 5585: what it sends is neither listed nor counted";

    private final PrintStream out;
    private final Lines lines;
    private final Listed listed;
    private final Totals totals;
    private boolean toldOfAdb;

    LiveList(PrintStream out, Lines lines, Listed listed, Totals totals) {
        this.out = out;
        this.lines = lines;
        this.listed = listed;
        this.totals = totals;
    }

    @Override
    public void onExchange(Exchange exchange) {
        if (AdbProbe.is(exchange)) {
            if (!toldOfAdb && listed.has(exchange)) {
                out.println(ADB);
                toldOfAdb = true;
            }
            return;
        }
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
