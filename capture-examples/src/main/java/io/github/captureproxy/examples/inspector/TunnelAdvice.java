package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.Tunnel.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a tunnel was handled as it was, in words for a person, and what mends it.
 *
 * @param title what happened
 * @param fix what to do if that is not what was wanted; empty if there is nothing to do
 * @param fixes what a click can do about it
 */
record TunnelAdvice(String title, String fix, List<Fix> fixes) {
    private static final Map<Reason, TunnelAdvice> ALL = table();

    TunnelAdvice {
        fixes = List.copyOf(fixes);
    }

    /** What a click can do. */
    enum Fix {
        /** Looks inside from the next connection on. */
        INSPECT,
        /** Leaves the host alone from the next connection on. */
        PASS_THROUGH,
        /** Puts the choice for the host back. */
        DEFAULT,
        /** Forgets what was learned of the host. */
        FORGET,
        /** Trusts the one certificate that was refused. */
        TRUST_ORIGIN,
        /** Leads to how a device is set up. */
        DEVICES,
        /** Leads to the settings. */
        SETTINGS
    }

    static TunnelAdvice of(Reason reason) {
        return Optional.ofNullable(ALL.get(reason))
                .orElseThrow(() -> new IllegalStateException("there are no words for " + reason));
    }

    private static Map<Reason, TunnelAdvice> table() {
        Map<Reason, TunnelAdvice> all = new EnumMap<>(Reason.class);
        byTheProxy(all);
        byTheClient(all);
        byTheSite(all);
        return Map.copyOf(all);
    }

    private static void byTheProxy(Map<Reason, TunnelAdvice> all) {
        add(
                all,
                Reason.NOT_CONFIGURED,
                "Passed through: HTTPS is not looked into",
                "Switch HTTPS on in Settings.",
                Fix.SETTINGS);
        add(
                all,
                Reason.HOST_RULE,
                "Passed through: a rule or your choice says so",
                "Choose Inspect to look inside, or take the rule out in Settings.",
                Fix.INSPECT,
                Fix.SETTINGS);
        add(all, Reason.INTERCEPTED, "Looked into: its requests are in the list", "", Fix.PASS_THROUGH);
        add(
                all,
                Reason.INTERCEPTED_NOT_HTTP,
                "Looked into: what is inside is not HTTP, and was relayed",
                "Pass it through if it does not work this way.",
                Fix.PASS_THROUGH);
        add(all, Reason.PLAIN_HTTP, "HTTP without TLS inside: its requests are in the list", "");
        add(
                all,
                Reason.NOT_OPENED,
                "Not opened: the site could not be reached, or may not be",
                "Check the address, the network and the upstream proxy in Settings.",
                Fix.SETTINGS);
        add(all, Reason.NOTHING_SENT, "Nothing was sent", "");
    }

    private static void byTheClient(Map<Reason, TunnelAdvice> all) {
        add(
                all,
                Reason.CLIENT_REJECTED_BEFORE,
                "Passed through: this client refused the certificate for this site",
                "Trust the authority on that device, then forget what was learned. An app that pins its certificates"
                        + " can't be looked into.",
                Fix.DEVICES,
                Fix.FORGET,
                Fix.INSPECT);
        add(
                all,
                Reason.CLIENT_DISTRUSTS,
                "Passed through: this client does not trust the capture authority",
                "Trust the authority on that device and open the trust check there.",
                Fix.DEVICES,
                Fix.INSPECT);
        add(
                all,
                Reason.HSTS,
                "Passed through: this site uses HSTS, and this client is not known to trust the capture authority",
                "Trust the authority on that device and open the trust check there. Inspect anyway only if you know that"
                        + " it trusts it: with HSTS a browser offers no way past the warning.",
                Fix.DEVICES,
                Fix.INSPECT);
        add(
                all,
                Reason.CLIENT_TLS_UNSUPPORTED,
                "Passed through: this client's TLS can't be served",
                "Use a client that speaks TLS 1.2 or 1.3 with usual ciphers.");
        add(
                all,
                Reason.NOT_HTTP,
                "Passed through: the client speaks something else than HTTP",
                "There is nothing to do: only HTTP can be shown.");
        add(all, Reason.NOT_TLS, "Relayed: neither TLS nor HTTP", "There is nothing to do: only HTTP can be shown.");
        add(all, Reason.UPGRADED, "Relayed after an upgrade to a protocol that is not shown", "");
    }

    private static void byTheSite(Map<Reason, TunnelAdvice> all) {
        add(
                all,
                Reason.ORIGIN_CERTIFICATE_INVALID,
                "Passed through: the site's certificate is not valid",
                "If you know this certificate, trust it by its fingerprint. The client judges it for itself meanwhile.",
                Fix.TRUST_ORIGIN,
                Fix.FORGET);
        add(
                all,
                Reason.ORIGIN_TLS_FAILED,
                "Passed through: the TLS handshake with the site failed",
                "Try again: what was found is forgotten after a minute, or now.",
                Fix.FORGET);
        add(
                all,
                Reason.CLIENT_CERTIFICATE_WANTED,
                "Passed through: the site asks for a client certificate",
                "Only the client has that certificate. A program that embeds the library can be given one.",
                Fix.PASS_THROUGH);
        add(all, Reason.SERVER_SPEAKS_FIRST, "Relayed: the server spoke first, so it is not HTTP", "");
    }

    private static void add(Map<Reason, TunnelAdvice> all, Reason reason, String title, String fix, Fix... fixes) {
        all.put(reason, new TunnelAdvice(title, fix, List.of(fixes)));
    }
}
