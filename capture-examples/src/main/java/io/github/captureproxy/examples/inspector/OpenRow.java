package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.desk.TunnelWords;
import io.github.captureproxy.examples.store.Row;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a list shows of an exchange or a tunnel that has not ended yet.
 *
 * @param id the id that it will have in the proxy: that of a row's source
 * @param target what was asked for
 * @param status the status of the response that has begun; 0 for none yet
 * @param type its content type without parameters; empty for none
 * @param startedAt when it started
 * @param elapsed how long it has been open
 * @param waitingFor what it waits for
 * @param tunnel how a tunnel is handled, as far as that is known
 * @param source where it came from
 */
record OpenRow(
        long id,
        Row.Target target,
        int status,
        String type,
        Instant startedAt,
        Duration elapsed,
        InFlightExchange.WaitingFor waitingFor,
        Optional<TunnelWords> tunnel,
        Row.Source source) {
    static OpenRow of(InFlightExchange open) {
        return new OpenRow(
                open.id(),
                target(open.request()),
                open.response().map(CapturedResponse::status).orElse(0),
                open.response().map(OpenRow::type).orElse(""),
                open.startedAt(),
                open.elapsed(),
                open.waitingFor(),
                open.tunnelReason().map(reason -> TunnelWords.of(reason, open.tunnelDetail())),
                source(open.id(), open.client()));
    }

    private static Row.Target target(CapturedRequest request) {
        String path = request.method().equals("CONNECT")
                ? ""
                : request.path() + request.query().map(query -> "?" + query).orElse("");
        return new Row.Target(
                request.method(),
                request.origin().map(HttpOrigin::scheme).orElse(""),
                request.host(),
                request.origin().map(HttpOrigin::port).orElse(0),
                path.substring(0, Math.min(path.length(), Row.MAX_PATH)),
                request.httpVersion());
    }

    private static String type(CapturedResponse response) {
        return response.headers()
                .first("content-type")
                .flatMap(MediaType::parse)
                .map(MediaType::essence)
                .orElse("");
    }

    private static Row.Source source(long id, ClientInfo client) {
        String address =
                client.address().getHostString() + ":" + client.address().getPort();
        return new Row.Source(id, address, client.user().orElse(""), client.listener(), "", 0);
    }
}
