package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.Row;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** What the database has. The exchanges that a page looks at are kept unpacked for its next calls. */
final class StoredCalls implements CallSource {
    /** A page asks for one many times in a row, or for two that it compares; each may take some MiB. */
    private static final int KEPT = 3;
    /** How far the exchange that follows a redirect may be from it: what a browser loads in between. */
    private static final int NEAR = 60;

    private final HistoryStore store;
    private final LiveTraffic live;
    private final Map<Long, Exchange> kept = new LinkedHashMap<>(KEPT * 2, 0.75f, true);

    StoredCalls(HistoryStore store, LiveTraffic live) {
        this.store = store;
        this.live = live;
    }

    @Override
    public Optional<Exchange> exchange(long row) {
        synchronized (kept) {
            Exchange known = kept.get(row);
            if (known != null && store.row(row).isPresent()) {
                return Optional.of(known);
            }
        }
        Optional<Exchange> found = store.exchange(row);
        found.ifPresent(exchange -> keep(row, exchange));
        return found;
    }

    private void keep(long row, Exchange exchange) {
        synchronized (kept) {
            kept.put(row, exchange);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    @Override
    public Optional<Tunnel> tunnel(long row) {
        return store.tunnel(row);
    }

    @Override
    public Optional<String> process(long row) {
        return store.row(row).map(found -> found.source().process()).filter(process -> !process.isEmpty());
    }

    @Override
    public List<TlsFailure> tlsFailures(Tunnel tunnel) {
        return live.failures(tunnel);
    }

    @Override
    public List<NearCall> near(long row) {
        long[] around = LongStream.rangeClosed(Math.max(1, row - NEAR), row + NEAR)
                .filter(id -> id != row)
                .toArray();
        return store.rows(around).stream()
                .filter(found -> found.kind() == Row.Kind.EXCHANGE)
                .map(StoredCalls::near)
                .toList();
    }

    private static NearCall near(Row row) {
        Row.Target target = row.target();
        String origin = target.port() > 0
                ? new HttpOrigin(target.scheme(), target.host(), target.port()).toString()
                : target.scheme() + "://" + target.host();
        return new NearCall(
                row.id(),
                origin + target.path(),
                row.answer().status(),
                host(row.source().client()));
    }

    /** The address without its port, and without brackets. */
    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
