package io.github.captureproxy.internal.diagnosis;

import static io.github.captureproxy.internal.diagnosis.Findings.many;

import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.Tunnel;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Tunnels that were not looked into, and why. */
final class TunnelFindings {
    private final Facts facts;
    private final Findings findings;

    TunnelFindings(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    void find() {
        facts.tunnels().handled().forEach((reason, handled) -> {
            boolean seen = isSeen(reason);
            findings.add(
                    Topic.TUNNELS,
                    !seen,
                    many(handled.count(), "tunnel", "tunnels") + " " + meaning(reason) + " (" + reason + "): "
                            + examples(handled.examples()) + ".",
                    seen ? "" : advice(reason, facts.settings().tls()));
        });
        open();
    }

    /** A client keeps a tunnel for its next calls, so that those that matter are often the open ones. */
    private void open() {
        Map<Tunnel.Reason, Map<String, String>> open = new EnumMap<>(Tunnel.Reason.class);
        Map<Tunnel.Reason, Long> counts = new EnumMap<>(Tunnel.Reason.class);
        for (InFlightExchange tunnel : facts.history().inFlight()) {
            tunnel.tunnelReason().filter(reason -> !isSeen(reason)).ifPresent(reason -> {
                counts.merge(reason, 1L, Long::sum);
                Map<String, String> examples = open.computeIfAbsent(reason, first -> new LinkedHashMap<>());
                if (examples.size() < TunnelTally.MOST_EXAMPLES) {
                    examples.put(tunnel.request().target(), tunnel.tunnelDetail());
                }
            });
        }
        open.forEach((reason, examples) -> findings.suspect(
                Topic.TUNNELS,
                many(counts.getOrDefault(reason, 0L), "open tunnel", "open tunnels") + " " + meaning(reason) + " ("
                        + reason + "): " + examples(examples) + ".",
                advice(reason, facts.settings().tls())));
    }

    private static String examples(Map<String, String> examples) {
        return examples.entrySet().stream()
                .map(example ->
                        example.getKey() + (example.getValue().isEmpty() ? "" : " (" + example.getValue() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** What is inside is recorded as exchanges. */
    static boolean isSeen(Tunnel.Reason reason) {
        return reason == Tunnel.Reason.INTERCEPTED || reason == Tunnel.Reason.PLAIN_HTTP;
    }

    static String meaning(Tunnel.Reason reason) {
        return switch (reason) {
            case SERVER_SPEAKS_FIRST -> "spoke a protocol in which the server begins, which is not HTTP";
            case PLAIN_HTTP -> "carried plain HTTP, which is recorded";
            case NOT_TLS -> "carried neither TLS nor HTTP";
            case NOT_CONFIGURED -> "carried TLS, which this proxy was not told to look into";
            case HOST_RULE -> "passed through, as the rules for hosts say";
            case CLIENT_TLS_UNSUPPORTED -> "passed through, as Java cannot serve this client's TLS";
            case NOT_HTTP -> "passed through, as the client offered other protocols than HTTP";
            case CLIENT_REJECTED_BEFORE ->
                "passed through, as the client has refused the authority's certificate before";
            case CLIENT_DISTRUSTS -> "passed through, as the client does not trust the authority";
            case HSTS ->
                "passed through, as the host is known by HSTS and the client is not known to trust the authority";
            case ORIGIN_CERTIFICATE_INVALID -> "passed through, as the origin's certificate is not valid";
            case ORIGIN_TLS_FAILED -> "passed through, as the handshake with the origin failed";
            case CLIENT_CERTIFICATE_WANTED -> "passed through, as the origin asks for a certificate of the client";
            case INTERCEPTED -> "were looked into, and what is inside is recorded";
            case INTERCEPTED_NOT_HTTP -> "were looked into, and held no HTTP";
            case NOTHING_SENT -> "had no byte sent in them";
            case NOT_OPENED -> "could not be opened";
            case UPGRADED -> "were upgraded to a protocol that is not captured";
        };
    }

    static String advice(Tunnel.Reason reason, boolean tls) {
        return switch (reason) {
            case NOT_CONFIGURED ->
                tls
                        ? "It was decided before the TLS began, such as after the target had spoken."
                        : "Give the builder tls(...) of the module capture-tls: TlsInterception.forTests() in a test, whose"
                                + " authority the client has to trust.";
            case HOST_RULE -> "Change passThroughHosts or interceptOnlyHosts.";
            case CLIENT_REJECTED_BEFORE, CLIENT_DISTRUSTS ->
                "Have the client trust the authority (authority().trust() has it in all forms), then memory().clear() or"
                        + " open https://capture.internal/trust-check there. A client that takes one certificate alone"
                        + " (pinning) stays closed.";
            case HSTS ->
                "Have the client trust the authority: any other host that it is looked into for shows that it does. In a"
                        + " test, clientTrust(ClientTrust.ASSUMED) says so.";
            case ORIGIN_CERTIFICATE_INVALID ->
                "If the origin is known, name its authority with upstreamTrust(...), or its certificate with"
                        + " trustOrigin(name, sha256).";
            case CLIENT_CERTIFICATE_WANTED -> "Give TlsInterception the client certificate, if you have it.";
            case NOT_OPENED ->
                "See the tunnels' outcomes in history().tunnels(): the target may be down or not allowed.";
            case NOTHING_SENT -> "Some clients open tunnels ahead. If all end so, see what the client logs.";
            case CLIENT_TLS_UNSUPPORTED,
                    NOT_HTTP,
                    ORIGIN_TLS_FAILED,
                    NOT_TLS,
                    SERVER_SPEAKS_FIRST,
                    INTERCEPTED_NOT_HTTP,
                    UPGRADED -> "Nothing can be seen in these: only that they were, in history().tunnels().";
            case PLAIN_HTTP, INTERCEPTED -> "";
        };
    }
}
