package io.github.captureproxy.internal.diagnosis;

import static io.github.captureproxy.internal.diagnosis.Findings.many;

import io.github.captureproxy.diagnosis.ClientVisits;
import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.ProxyCounts;
import java.util.List;
import java.util.stream.Collectors;

/** What reached the port, and who was turned away there. */
final class PortFindings {
    private static final int MOST_SHOWN = 5;

    private final Facts facts;
    private final Findings findings;

    PortFindings(Facts facts, Findings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    void find() {
        ProxyCounts counts = facts.counts();
        if (facts.closed()) {
            findings.suspect(Topic.PORT, "The proxy is closed: it listens no more.", "Start one, and close it last.");
        }
        if (counts.connectionsAccepted() == 0) {
            nobody();
        } else {
            visitors();
        }
        strangers(counts);
        access(counts);
        if (facts.isLoopbackAlone() && !facts.closed()) {
            findings.fact(
                    Topic.PORT,
                    "Only programs on this machine can connect, as the proxy listens on loopback alone. A container, a"
                            + " virtual machine or a phone is not on it.",
                    "Start it with bind(\"0.0.0.0\") and allowClients(...) to let others in; for Testcontainers,"
                            + " exposeHostPorts(" + facts.address().getPort() + ") does without.");
        }
    }

    private void nobody() {
        String there = facts.shownAddress();
        String advice = facts.settings().reverseTarget().isPresent()
                ? "Give the client proxy.uri(), http://" + there + ", as the base URL of its server."
                : "Give the client the proxy: proxySelector() or asProxy() for Java, -x http://" + there
                        + " for curl, https_proxy=http://" + there + " and http_proxy=http://" + there
                        + " for most others. A client that was made before it was told does not look again.";
        findings.suspect(
                Topic.PORT,
                "No client has ever connected to " + there + ": yours goes elsewhere, or has not called yet.",
                advice);
    }

    private void visitors() {
        List<ClientVisits> clients = facts.visits().clients();
        String shown = clients.stream().limit(MOST_SHOWN).map(TextOf::client).collect(Collectors.joining(", "));
        findings.fact(
                Topic.PORT,
                many(facts.counts().connectionsAccepted(), "connection", "connections") + " came in, from " + shown
                        + (clients.size() > MOST_SHOWN ? " and others" : "") + ".",
                "");
        facts.addresses().forEach((label, address) -> {
            if (!facts.visits().anyoneAt(label)) {
                findings.fact(
                        Topic.PORT,
                        "No client has ever connected to the address \"" + label + "\", " + TextOf.address(address)
                                + ".",
                        "");
            }
        });
    }

    /** Who came, and did not speak HTTP. */
    private void strangers(ProxyCounts counts) {
        if (counts.connectionsWithTls() > 0) {
            findings.suspect(
                    Topic.PORT,
                    many(counts.connectionsWithTls(), "connection", "connections")
                            + " began with TLS, which is not spoken to the proxy itself.",
                    "Give its address as http://" + facts.shownAddress()
                            + ", also for HTTPS: in HTTPS_PROXY, the name tells which calls it is for.");
        }
        if (counts.connectionsNotHttp() > 0) {
            findings.suspect(
                    Topic.PORT,
                    many(counts.connectionsNotHttp(), "connection", "connections")
                            + " began with something that is not HTTP, such as SOCKS, or with a head that breaks the rules.",
                    "Set it as an HTTP proxy, not as a SOCKS one. What came stands in History as MALFORMED_REQUEST.");
        }
        if (counts.connectionsSilent() > 0) {
            findings.add(
                    Topic.PORT,
                    facts.nothingCame(),
                    many(counts.connectionsSilent(), "connection", "connections") + " ended without a byte.",
                    "Browsers open some ahead, and port checks do so. A client that does nothing else may wait for the"
                            + " server to speak first: give it the proxy in its own settings.");
        }
    }

    private void access(ProxyCounts counts) {
        if (counts.connectionsRefused() > 0) {
            findings.suspect(
                    Topic.ACCESS,
                    many(counts.connectionsRefused(), "connection was", "connections were")
                            + " turned away with 503, as too many were open. That is not recorded.",
                    "Raise maxConnections or maxConnectionsPerClient, or close responses in the client.");
        }
        long forbidden = counts.outcomes().getOrDefault(Outcome.Status.FORBIDDEN, 0L);
        if (forbidden > 0) {
            String why = facts.history().stream()
                    .filter(exchange -> exchange.outcome().status() == Outcome.Status.FORBIDDEN)
                    .map(exchange -> exchange.outcome().detail())
                    .distinct()
                    .limit(MOST_SHOWN)
                    .collect(Collectors.joining("; "));
            findings.suspect(
                    Topic.ACCESS,
                    many(forbidden, "request was", "requests were") + " refused"
                            + (why.isEmpty() ? "." : ": " + why + "."),
                    "Look at allowClients, credentials, connectPorts and allowLocalTargets; or at what the client sends.");
        }
    }
}
