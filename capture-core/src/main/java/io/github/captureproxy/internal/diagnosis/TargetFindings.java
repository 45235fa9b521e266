package io.github.captureproxy.internal.diagnosis;

import static io.github.captureproxy.internal.diagnosis.Findings.many;

import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.internal.diagnosis.Surroundings.Way;
import io.github.captureproxy.spi.UpstreamSelector;
import java.util.List;
import java.util.stream.Collectors;

/** What is known of one host. */
final class TargetFindings {
    private static final int MOST_SHOWN = 5;

    private final Facts facts;
    private final Surroundings around;
    private final Target target;
    private final Findings findings;

    TargetFindings(Facts facts, Surroundings around, Target target, Findings findings) {
        this.facts = facts;
        this.around = around;
        this.target = target;
        this.findings = findings;
    }

    void find() {
        boolean known = recorded();
        known |= tunnels();
        known |= inFlight();
        if (!known) {
            findings.suspect(
                    Topic.TARGET,
                    "Nothing for " + target.origin().host() + " has reached this proxy, as far as it remembers.",
                    "See below where clients go that were not given the proxy, and check the name: a redirect or a"
                            + " setting may lead the client to another host.");
        }
        reverse();
        defaultWay(known);
        environment();
    }

    private boolean recorded() {
        List<Exchange> ofHost = facts.history().stream()
                .filter(exchange ->
                        exchange.request().host().equals(target.origin().host()))
                .toList();
        List<Exchange> wanted = ofHost.stream().filter(this::isWanted).toList();
        if (!wanted.isEmpty()) {
            findings.fact(
                    Topic.TARGET,
                    "History holds " + many(wanted.size(), "call", "calls") + " to " + target + ": " + last(wanted)
                            + ".",
                    "If a filter misses them, compare it with these.");
        } else if (!ofHost.isEmpty()) {
            findings.suspect(
                    Topic.TARGET,
                    "History holds no call to " + target + ", but " + ofHost.size() + " to its host: " + last(ofHost)
                            + ".",
                    "Compare scheme, port and path.");
        }
        return !ofHost.isEmpty();
    }

    private boolean isWanted(Exchange exchange) {
        return exchange.request().origin().filter(target.origin()::equals).isPresent()
                && (target.path().isEmpty() || exchange.request().path().equals(target.path()));
    }

    private static String last(List<Exchange> exchanges) {
        List<Exchange> last = exchanges.subList(Math.max(0, exchanges.size() - MOST_SHOWN), exchanges.size());
        return (last.size() < exchanges.size() ? "the last are " : "")
                + last.stream().map(Exchange::toString).collect(Collectors.joining("; "));
    }

    private boolean tunnels() {
        List<Tunnel> tunnels = facts.history().tunnels().stream()
                .filter(tunnel -> isHost(tunnel.host())
                        || tunnel.serverName().filter(this::isHost).isPresent())
                .toList();
        tunnels.stream().collect(Collectors.groupingBy(Tunnel::reason)).forEach((reason, some) -> {
            boolean seen = TunnelFindings.isSeen(reason);
            String detail = some.get(some.size() - 1).reasonDetail();
            findings.add(
                    Topic.TUNNELS,
                    !seen,
                    many(some.size(), "tunnel", "tunnels") + " to it " + TunnelFindings.meaning(reason) + " (" + reason
                            + ")" + (detail.isEmpty() ? "" : ": " + detail) + ".",
                    seen ? "" : TunnelFindings.advice(reason, facts.settings().tls()));
        });
        return !tunnels.isEmpty();
    }

    private boolean isHost(String host) {
        return host.equals(target.origin().host());
    }

    private boolean inFlight() {
        List<InFlightExchange> open = facts.history().inFlight().stream()
                .filter(exchange -> isHost(exchange.request().host()))
                .toList();
        open.stream().limit(MOST_SHOWN).forEach(exchange -> {
            boolean seen =
                    exchange.tunnelReason().filter(TunnelFindings::isSeen).isPresent();
            findings.add(
                    Topic.IN_FLIGHT,
                    !seen,
                    "Under way to it now: " + exchange.summary() + ".",
                    exchange.tunnelReason()
                            .map(reason -> TunnelFindings.advice(
                                    reason, facts.settings().tls()))
                            .orElse("Wait for its end: history().await(...)."));
        });
        return !open.isEmpty();
    }

    private void reverse() {
        facts.settings()
                .reverseTarget()
                .filter(origin -> !isSame(origin))
                .ifPresent(origin -> findings.fact(
                        Topic.TARGET,
                        "This is a reverse proxy for " + origin + ": calls to "
                                + target.origin().host()
                                + " are seen if their client is given it as that server, under the name that the client uses.",
                        ""));
    }

    private boolean isSame(HttpOrigin origin) {
        return origin.host().equals(target.origin().host())
                && origin.port() == target.origin().port();
    }

    private void defaultWay(boolean known) {
        Way way = around.way(target.uri());
        if (way.leadsTo(facts)) {
            findings.fact(Topic.JVM, "This JVM's default leads calls to it here.", "");
            return;
        }
        findings.add(
                Topic.JVM,
                !known,
                "This JVM's default for calls to it: " + way.shown() + "."
                        + around.property("http.nonProxyHosts")
                                .filter(value -> !value.isBlank())
                                .map(value -> " http.nonProxyHosts is " + value + ".")
                                .orElse("")
                        + (target.isLoopback() ? " It is on this machine, which Java, browsers and Go except." : ""),
                target.isLoopback()
                        ? "Give the client proxy.proxySelector(), which excepts nothing; or set -Dhttp.nonProxyHosts= (to"
                                + " nothing). For Chromium, --proxy-bypass-list=<-loopback>; for Go, another name."
                        : "Give the client the proxy, as with HttpClient.newBuilder().proxy(proxy.proxySelector()).");
    }

    private void environment() {
        try {
            boolean led = UpstreamSelector.environment(around.variables())
                    .select(target.origin())
                    .filter(proxy -> Way.leadsTo(facts, proxy.host(), proxy.port()))
                    .isPresent();
            findings.fact(
                    Topic.ENVIRONMENT,
                    "By the environment, calls of child processes to it " + (led ? "come here." : "do not come here."),
                    "");
        } catch (IllegalArgumentException e) { // a variable that names no HTTP proxy: it leads nowhere near
            findings.fact(
                    Topic.ENVIRONMENT, "By the environment, calls of child processes to it do not come here.", "");
        }
    }
}
