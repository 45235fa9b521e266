package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.AdbProbe;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.List;
import java.util.Optional;

/** Counts what a recording can have and what it can't, and tells why in the case that it has nothing. */
final class Passage implements ExchangeListener {
    private final Listed wanted;
    private final boolean ofCommand;
    private PassedTunnels unseen = PassedTunnels.NONE;
    private PassedTunnels notOpened = PassedTunnels.NONE;
    private Optional<TlsFailure> firstFailure = Optional.empty();
    private long seen;
    private long leftOut;
    private long probes;

    /**
     * What has passed.
     *
     * @param seen exchanges that are wanted
     * @param leftOut exchanges and tunnels that are not
     * @param unseen tunnels that were not looked into
     * @param notOpened tunnels that were asked for in vain
     * @param failure the first handshake that failed in a tunnel
     * @param probes connections by which adb looked for emulators
     */
    record Counts(
            long seen,
            long leftOut,
            PassedTunnels unseen,
            PassedTunnels notOpened,
            Optional<TlsFailure> failure,
            long probes) {}

    /**
     * Counts from now on.
     *
     * @param wanted what is to be recorded
     * @param ofCommand whether a command is run for it
     */
    Passage(Listed wanted, boolean ofCommand) {
        this.wanted = wanted;
        this.ofCommand = ofCommand;
    }

    /** One, if something is to be recorded, or a command is run. */
    static Optional<Passage> of(Options options) {
        boolean ofCommand = options.record.hasCommand();
        return ofCommand || options.record.file != null
                ? Optional.of(new Passage(options.wanted(), ofCommand))
                : Optional.empty();
    }

    @Override
    public synchronized void onExchange(Exchange exchange) {
        if (AdbProbe.is(exchange)) {
            probes++;
            return;
        }
        if (wanted.has(exchange)) {
            seen++;
        } else {
            leftOut++;
        }
    }

    @Override
    public synchronized void onTunnelClosed(Tunnel tunnel) {
        if (Results.isCaptured(tunnel)) {
            return;
        }
        if (!wanted.has(tunnel)) {
            leftOut++;
            return;
        }
        if (tunnel.reason() == Tunnel.Reason.NOT_OPENED) {
            notOpened = notOpened.and(tunnel);
        } else {
            unseen = unseen.and(tunnel);
        }
    }

    @Override
    public synchronized void onTlsFailure(TlsFailure failure) {
        if (wanted.has(failure)) {
            firstFailure = firstFailure.or(() -> Optional.of(failure));
        }
    }

    /** Why nothing was seen, if so; the proxy is closed. */
    List<String> lines(CaptureProxy proxy) {
        String address = Place.known(proxy.address()).get(0).authority();
        return new NothingSeen(address, ofCommand).lines(proxy.counts(), counts());
    }

    /** All of it so far. */
    synchronized Counts counts() {
        return new Counts(seen, leftOut, unseen, notOpened, firstFailure, probes);
    }
}
