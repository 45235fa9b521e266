package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.internal.diagnosis.Surroundings.Way;
import io.github.captureproxy.spi.UpstreamProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Environment variables of this process: Java goes by none of them, its child processes by most. */
final class EnvironmentFindings {
    private final Facts facts;
    private final Surroundings around;
    private final Findings findings;

    EnvironmentFindings(Facts facts, Surroundings around, Findings findings) {
        this.facts = facts;
        this.around = around;
        this.findings = findings;
    }

    void find() {
        List<String> here = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (String name :
                List.of("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")) {
            around.variable(name).ifPresent(value -> (leadsHere(value) ? here : elsewhere).add(shown(name, value)));
        }
        if (!here.isEmpty()) {
            leadHere(here);
        }
        if (!elsewhere.isEmpty()) {
            findings.add(
                    Topic.ENVIRONMENT,
                    facts.nothingCame(),
                    "The environment leads elsewhere: " + String.join(", ", elsewhere) + ".",
                    "A process that this one starts inherits that: set its variables to http://" + facts.shownAddress()
                            + ".");
        }
    }

    private void leadHere(List<String> variables) {
        findings.fact(
                Topic.ENVIRONMENT,
                "The environment leads here: " + String.join(", ", variables) + ".",
                "Child processes such as curl, Python and Go go by it; Java does not, and Node needs NODE_USE_ENV_PROXY=1.");
        if (around.variable("HTTP_PROXY").isPresent()
                && around.variable("http_proxy").isEmpty()) {
            findings.suspect(
                    Topic.ENVIRONMENT,
                    "HTTP_PROXY is set in upper case alone, which curl and CGI programs ignore on purpose.",
                    "Set http_proxy in lower case too.");
        }
        noProxy()
                .ifPresent(value -> findings.suspect(
                        Topic.ENVIRONMENT,
                        "NO_PROXY excepts hosts: " + value + ".",
                        "Set no_proxy and NO_PROXY to nothing, which undoes inherited ones."));
    }

    Optional<String> noProxy() {
        return around.variable("no_proxy").or(() -> around.variable("NO_PROXY"));
    }

    private boolean leadsHere(String value) {
        try {
            UpstreamProxy proxy = UpstreamProxy.parse(value);
            return Way.leadsTo(facts, proxy.host(), proxy.port());
        } catch (IllegalArgumentException e) { // such as a SOCKS proxy
            return false;
        }
    }

    private static String shown(String name, String value) {
        return name + "=" + UpstreamProxy.withoutSecrets(value);
    }
}
