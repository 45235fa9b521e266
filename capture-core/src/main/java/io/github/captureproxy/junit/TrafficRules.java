package io.github.captureproxy.junit;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a test's traffic must not do, whatever the test itself asserts. Immutable. */
final class TrafficRules {
    private static final String TRUST = "its client doesn't trust the authority: give it the extension's SSLContext";

    private final List<HostRule> allowedHosts;
    private final boolean passThroughFails;

    TrafficRules(ExtensionOptions options) {
        allowedHosts = options.allowedHosts();
        passThroughFails = options.tls().isPresent() && !options.passThroughAllowed();
    }

    /** Each rule that was broken, in words; empty if none was. */
    List<String> broken(Traffic traffic) {
        List<String> broken = new ArrayList<>();
        unexpected(traffic).ifPresent(broken::add);
        unseen(traffic).ifPresent(broken::add);
        return broken;
    }

    private Optional<String> unexpected(Traffic traffic) {
        Map<String, String> found = new LinkedHashMap<>();
        collect(traffic.exchanges(), exchange -> exchange.request().host(), Exchange::toString, found);
        collect(traffic.tunnels(), Tunnel::host, tunnel -> "#" + tunnel.id() + " " + tunnel.summary(), found);
        collect(traffic.inFlight(), in -> in.request().host(), in -> "#" + in.id() + " " + in.summary(), found);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("hosts were called that allowedHosts doesn't have:");
        found.forEach((host, line) ->
                text.append("\n    ").append(host).append(", first in ").append(line));
        return Optional.of(text.append("\n  allowed are ").append(allowedHosts).toString());
    }

    private <T> void collect(
            List<T> items, Function<T, String> host, Function<T, String> line, Map<String, String> found) {
        if (allowedHosts.isEmpty()) {
            return;
        }
        for (T item : items) {
            String name = host.apply(item);
            if (allowedHosts.stream().noneMatch(rule -> rule.allows(name))) {
                found.putIfAbsent(name, line.apply(item));
            }
        }
    }

    private Optional<String> unseen(Traffic traffic) {
        if (!passThroughFails) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (Tunnel tunnel : traffic.tunnels()) {
            advice(tunnel)
                    .ifPresent(advice -> found.putIfAbsent(
                            advice, "#" + tunnel.id() + " " + tunnel.summary() + detail(tunnel.reasonDetail())));
        }
        for (InFlightExchange open : traffic.inFlight()) {
            open.tunnelReason()
                    .flatMap(TrafficRules::advice)
                    .ifPresent(advice -> found.putIfAbsent(advice, "#" + open.id() + " " + open.summary()));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("HTTPS was not looked into, so calls may be missing in the history:");
        found.forEach((advice, line) ->
                text.append("\n    ").append(line).append("\n      ").append(advice));
        return Optional.of(
                text.append("\n  if that is meant, say allowPassThrough()").toString());
    }

    private static String detail(String words) {
        return words.isEmpty() ? "" : ": " + words;
    }

    private static Optional<String> advice(Tunnel tunnel) {
        boolean refused = tunnel.outcome().status() == Outcome.Status.TLS_FAILED
                && tunnel.outcome().side() == Outcome.Side.CLIENT;
        return refused ? Optional.of(TRUST) : advice(tunnel.reason());
    }

    /** What to do about HTTPS that was passed through for a reason that nobody asked for; empty for other reasons. */
    private static Optional<String> advice(Tunnel.Reason reason) {
        return switch (reason) {
            case CLIENT_REJECTED_BEFORE, CLIENT_DISTRUSTS -> Optional.of(TRUST);
            case HSTS ->
                Optional.of("the host is known by HSTS: build the interception with clientTrust(ClientTrust.ASSUMED)");
            case ORIGIN_CERTIFICATE_INVALID ->
                Optional.of("the origin's certificate isn't valid: build the interception with"
                        + " upstreamTrust(certificates), or trustOrigin(name, sha256) for that one certificate");
            case CLIENT_CERTIFICATE_WANTED ->
                Optional.of("the origin asks for a client certificate: build the interception with"
                        + " clientCertificate(host, key, chain)");
            case ORIGIN_TLS_FAILED, CLIENT_TLS_UNSUPPORTED, NOT_HTTP ->
                Optional.of(
                        "it can't be looked into: build the interception with passThroughHosts(host), if it is to be"
                                + " left alone");
            case SERVER_SPEAKS_FIRST,
                    PLAIN_HTTP,
                    NOT_TLS,
                    NOT_CONFIGURED,
                    HOST_RULE,
                    INTERCEPTED,
                    INTERCEPTED_NOT_HTTP,
                    NOTHING_SENT,
                    NOT_OPENED,
                    UPGRADED -> Optional.empty();
        };
    }
}
