package io.github.captureproxy.tls.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What clients did, beside what a proxy recorded. */
final class Ledger implements ExchangeListener {
    private final Map<String, Integer> opened = new ConcurrentHashMap<>();
    private final Map<String, Integer> recorded = new ConcurrentHashMap<>();
    private final Map<String, Integer> requested = new ConcurrentHashMap<>();
    private final Map<String, Integer> captured = new ConcurrentHashMap<>();
    private final Map<String, Integer> rejected = new ConcurrentHashMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tunnels = new AtomicInteger();

    private static void count(Map<String, Integer> map, String key) {
        map.merge(key, 1, Integer::sum);
    }

    /** A client opened a tunnel. */
    void opened(String host) {
        count(opened, host);
    }

    /** A client got a response. */
    void requested(String path) {
        count(requested, path);
    }

    /** A client refused a certificate. */
    void rejected(String host) {
        count(rejected, host);
    }

    /** Something was not as it should be. */
    void wrong(String what) {
        wrong.add(what);
    }

    int tunnels() {
        return tunnels.get();
    }

    @Override
    public void onExchange(Exchange exchange) {
        if (Kind.of(exchange.request().host()) != Kind.ABORTED) {
            count(captured, exchange.request().path());
            if (!exchange.outcome().isSuccess()) {
                wrong("exchange " + exchange.summary());
            }
        }
    }

    @Override
    public void onTunnelClosed(Tunnel tunnel) {
        Kind kind = Kind.of(tunnel.host());
        count(recorded, tunnel.host());
        boolean asExpected = switch (kind) {
            case ABORTED -> true;
            case REJECTED -> tunnel.outcome().status() == Outcome.Status.TLS_FAILED;
            default -> tunnel.outcome().isSuccess();
        };
        if (!kind.allows(tunnel.reason()) || !asExpected) {
            wrong("tunnel " + tunnel.summary() + " " + tunnel.reasonDetail());
        }
        tunnels.incrementAndGet();
    }

    @Override
    public void onTlsFailure(TlsFailure failure) {
        Kind kind = Kind.of(failure.host());
        if (kind == Kind.REJECTED && failure.side() == Outcome.Side.CLIENT) {
            count(refused, failure.host());
        } else if (kind != Kind.ABORTED || failure.side() != Outcome.Side.CLIENT) {
            wrong("failure " + failure);
        }
    }

    /** Each thing was recorded once, as it was. */
    void check(String seed) {
        assertThat(wrong).as(seed).isEmpty();
        assertThat(recorded).as(seed).isEqualTo(opened);
        assertThat(captured).as(seed).isEqualTo(requested);
        assertThat(refused).as(seed).isEqualTo(rejected);
    }
}
