package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.inspector.CallSource.NearCall;
import io.github.captureproxy.exchange.Exchange;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Which exchange followed a redirect, and which one led to an exchange, as far as they were captured of one client. */
final class Redirects {
    /** So many answers with a 3xx are read at most to find the one that led here. */
    private static final int MAX_READ = 10;

    private final CallSource calls;

    Redirects(CallSource calls) {
        this.calls = calls;
    }

    /**
     * Another exchange.
     *
     * @param row its row
     * @param url what was asked for
     * @param status its status
     */
    record Link(long row, String url, int status) {}

    /** Where an answer sends the client, as an absolute URL without a fragment; empty if it is no redirect. */
    static Optional<String> target(Exchange exchange) {
        return exchange.response()
                .filter(response -> isRedirect(response.status()))
                .flatMap(response -> response.headers().first("location"))
                .flatMap(location -> resolve(exchange.request().url(), location));
    }

    private static boolean isRedirect(int status) {
        return status >= 300 && status < 400 && status != 304;
    }

    private static Optional<String> resolve(String base, String location) {
        try {
            String url = new URI(base).resolve(new URI(location)).toString();
            int fragment = url.indexOf('#');
            return Optional.of(withPath(fragment < 0 ? url : url.substring(0, fragment)));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty(); // neither a client nor we can tell where that is
        }
    }

    /** {@code http://host} is {@code http://host/}. */
    private static String withPath(String url) {
        int authority = url.indexOf("://") + 3;
        return authority > 2 && url.indexOf('/', authority) < 0 && url.indexOf('?', authority) < 0 ? url + "/" : url;
    }

    Optional<Link> after(long row, Exchange exchange) {
        Optional<String> target = target(exchange);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        return calls.near(row).stream()
                .filter(near -> near.row() > row && near.client().equals(client(exchange)))
                .filter(near -> near.url().equals(target.get()))
                .findFirst()
                .map(Redirects::link);
    }

    Optional<Link> before(long row, Exchange exchange) {
        String url = exchange.request().url();
        List<NearCall> redirects = calls.near(row).stream()
                .filter(near -> near.row() < row && near.client().equals(client(exchange)))
                .filter(near -> isRedirect(near.status()))
                .toList();
        for (int i = redirects.size() - 1; i >= Math.max(0, redirects.size() - MAX_READ); i--) {
            NearCall near = redirects.get(i);
            boolean leadsHere = calls.exchange(near.row())
                    .flatMap(Redirects::target)
                    .filter(url::equals)
                    .isPresent();
            if (leadsHere) {
                return Optional.of(link(near));
            }
        }
        return Optional.empty();
    }

    private static Link link(NearCall near) {
        return new Link(near.row(), near.url(), near.status());
    }

    static String client(Exchange exchange) {
        return AddressText.host(exchange.client().address());
    }
}
