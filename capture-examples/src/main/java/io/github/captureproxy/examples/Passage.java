package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.examples.desk.AdbProbe;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts what a recording can have and what it can't, and tells why in the case that it has nothing. */
final class Passage implements ExchangeListener {
    /** So many targets of tunnels show what they were. */
    private static final int MAX_TARGETS = 3;

    private final Listed wanted;
    private final boolean ofCommand;
    private final Set<String> targets = new LinkedHashSet<>();
    private Optional<Tunnel> firstUnseen = Optional.empty();
    private Optional<TlsFailure> firstFailure = Optional.empty();
    private long seen;
    private long leftOut;
    private long unseen;

    /**
     * What has passed.
     *
     * @param seen exchanges that are wanted
     * @param leftOut exchanges and tunnels that are not
     * @param unseen tunnels that were not looked into
     * @param targets some of theirs
     * @param first the first of them
     * @param failure the first handshake that failed in a tunnel
     */
    record Counts(
            long seen,
            long leftOut,
            long unseen,
            Set<String> targets,
            Optional<Tunnel> first,
            Optional<TlsFailure> failure) {}

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
        unseen++;
        if (targets.size() < MAX_TARGETS) {
            targets.add(PlainText.printable(Lines.target(tunnel)));
        }
        firstUnseen = firstUnseen.or(() -> Optional.of(tunnel));
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
        return new Counts(seen, leftOut, unseen, new LinkedHashSet<>(targets), firstUnseen, firstFailure);
    }
}
