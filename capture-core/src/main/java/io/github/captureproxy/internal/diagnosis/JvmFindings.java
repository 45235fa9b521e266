package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.diagnosis.Finding.Topic;
import io.github.captureproxy.internal.diagnosis.Surroundings.Way;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Settings of this JVM that lead past the proxy, for clients in it that were not given the proxy themselves. */
final class JvmFindings {
    /** Hosts of nobody, for asking where calls would go (RFC 2606). */
    private static final URI HTTP = URI.create("http://example.com/");

    private static final URI HTTPS = URI.create("https://example.com/");
    private static final URI LOCAL = URI.create("http://localhost/");

    private final Facts facts;
    private final Surroundings around;
    private final Findings findings;

    JvmFindings(Facts facts, Surroundings around, Findings findings) {
        this.facts = facts;
        this.around = around;
        this.findings = findings;
    }

    void find() {
        Way http = around.way(HTTP);
        Way https = around.way(HTTPS);
        if (!facts.settings().reverseTarget().isPresent()) {
            otherPort("http");
            otherPort("https");
            if (http.leadsTo(facts) || https.leadsTo(facts)) {
                oneSchemeAlone(http, https);
                loopback();
            } else {
                elsewhere(http, https);
            }
        }
        tunnelCredentials();
    }

    private void otherPort(String scheme) {
        Optional<String> host = around.property(scheme + ".proxyHost").filter(name -> !name.isEmpty());
        if (host.isEmpty()) {
            return;
        }
        String port = around.property(scheme + ".proxyPort").orElse(scheme.equals("http") ? "80" : "443");
        if (!port.equals(String.valueOf(facts.address().getPort())) && !leadsHere(host.get(), port)) {
            findings.suspect(
                    Topic.JVM,
                    "The system properties " + scheme + ".proxyHost and " + scheme + ".proxyPort name " + host.get()
                            + ":" + port + ", and this proxy listens on " + facts.shownAddress() + ".",
                    "Set " + scheme + ".proxyPort to " + facts.address().getPort() + ", or start the proxy with port("
                            + port + ").");
        }
    }

    private boolean leadsHere(String host, String port) {
        try {
            return Way.leadsTo(facts, host, Integer.parseInt(port.strip()));
        } catch (NumberFormatException e) { // Java takes such a port for the default one, which leads elsewhere too
            return false;
        }
    }

    private void oneSchemeAlone(Way http, Way https) {
        if (!https.leadsTo(facts)) {
            findings.suspect(
                    Topic.JVM,
                    "This JVM's default leads http here, and https: " + https.shown() + ".",
                    "Set the system properties https.proxyHost and https.proxyPort too: they are apart from http's.");
        }
        if (!http.leadsTo(facts)) {
            findings.suspect(
                    Topic.JVM,
                    "This JVM's default leads https here, and http: " + http.shown() + ".",
                    "Set the system properties http.proxyHost and http.proxyPort too: they are apart from https's.");
        }
    }

    private void loopback() {
        Optional<String> exceptions = around.property("http.nonProxyHosts");
        Way local = around.way(LOCAL);
        if (!local.leadsTo(facts)) {
            findings.suspect(
                    Topic.JVM,
                    "This JVM's default leads calls to servers on this machine past the proxy: localhost, 127.* and [::1]"
                            + " are excepted unless http.nonProxyHosts is empty; now it is "
                            + exceptions.map(value -> "\"" + value + "\"").orElse("not set") + ".",
                    "Set -Dhttp.nonProxyHosts= (to nothing: any other value keeps the exception), or give the client"
                            + " proxy.proxySelector(), which has none.");
        }
        exceptions.filter(value -> !value.isBlank()).ifPresent(this::exceptions);
    }

    private void exceptions(String value) {
        findings.suspect(
                Topic.JVM,
                "The system property http.nonProxyHosts, which https goes by too, excepts: " + value + ".",
                "Take out the hosts whose calls are to be seen.");
    }

    private void elsewhere(Way http, Way https) {
        boolean system = around.property("java.net.useSystemProxies")
                .map(value -> value.toLowerCase(Locale.ROOT).equals("true"))
                .orElse(false);
        String text = http.isDirect() && https.isDirect()
                ? "This JVM's default for clients that are given no proxy: straight to the server."
                : "This JVM's default for clients that are given no proxy: http to " + http.shown() + ", https to "
                        + https.shown() + ", neither of which is this one.";
        findings.add(
                Topic.JVM,
                facts.nothingCame(),
                text + (system ? " It goes by the system's settings (java.net.useSystemProxies)." : ""),
                "Only a client in this JVM that is given the proxy itself is seen: HttpClient.newBuilder()"
                        + ".proxy(proxy.proxySelector()), url.openConnection(proxy.asProxy()).");
    }

    private void tunnelCredentials() {
        String disabled =
                around.property("jdk.http.auth.tunneling.disabledSchemes").orElse("Basic");
        if (facts.settings().credentials() && disabled.toLowerCase(Locale.ROOT).contains("basic")) {
            findings.suspect(
                    Topic.JVM,
                    "This proxy asks for a user name and a password, and this JVM's own clients do not send them for"
                            + " HTTPS: jdk.http.auth.tunneling.disabledSchemes has Basic.",
                    "Start the JVM with -Djdk.http.auth.tunneling.disabledSchemes= (to nothing), or tell clients apart by"
                            + " a port each instead: listen(label, ...).");
        }
    }
}
