package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.content.FieldChange;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import java.util.List;
import java.util.Optional;

/** Answers for one exchange or tunnel, and for what differs between two exchanges. */
final class DetailApi {
    private final CallSource calls;
    private final Redirects redirects;

    DetailApi(CallSource calls) {
        this.calls = calls;
        this.redirects = new Redirects(calls);
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/exchanges/{id}", call -> either(call.id("id"))).on("GET", "/api/diff", this::diff);
    }

    /** A page may not know which of the two a row is. */
    private Reply either(long row) {
        Optional<Exchange> exchange = calls.exchange(row);
        return exchange.isPresent() ? Reply.json(view(row, exchange.get())) : tunnel(row);
    }

    private ExchangeView view(long row, Exchange exchange) {
        return ExchangeView.of(row, exchange, calls.process(row), redirects);
    }

    private Reply tunnel(long row) {
        return calls.tunnel(row)
                .map(tunnel -> Reply.json(TunnelView.of(row, tunnel, calls.process(row), calls.tlsFailures(tunnel))))
                .orElseThrow(() -> gone(row));
    }

    static Exchange exchange(CallSource calls, long row) {
        return calls.exchange(row).orElseThrow(() -> gone(row));
    }

    private static RefusedException gone(long row) {
        return new RefusedException(404, "row " + row + " is no longer kept");
    }

    /** What differs in the heads; the page compares the bodies, which it asks for by themselves. */
    private record Diff(
            ExchangeView a,
            ExchangeView b,
            List<FieldChange> requestHeaders,
            List<FieldChange> responseHeaders,
            List<FieldChange> trailers) {}

    private Reply diff(Call call) {
        long rowOfA = row(call, "a");
        long rowOfB = row(call, "b");
        Exchange a = exchange(calls, rowOfA);
        Exchange b = exchange(calls, rowOfB);
        return Reply.json(new Diff(
                view(rowOfA, a),
                view(rowOfB, b),
                FieldChange.between(a.request().headers(), b.request().headers()),
                FieldChange.between(headers(a), headers(b)),
                FieldChange.between(trailers(a), trailers(b))));
    }

    private static long row(Call call, String name) {
        return call.number(name).orElseThrow(() -> new RefusedException(400, "give the rows a and b"));
    }

    private static HeaderList headers(Exchange exchange) {
        return exchange.response().map(response -> response.headers()).orElse(HeaderList.empty());
    }

    private static HeaderList trailers(Exchange exchange) {
        return exchange.response().map(response -> response.trailers()).orElse(HeaderList.empty());
    }
}
