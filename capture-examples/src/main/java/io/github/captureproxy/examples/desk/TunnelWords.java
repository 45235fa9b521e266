package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel.Reason;
import java.util.List;

/**
 * Why a tunnel was handled as it was, and what mends that, in the words that the page and the terminal have in common.
 *
 * @param reason the reason
 * @param title what was done, such as {@code passed through: this client's TLS can't be served}
 * @param detail what the proxy tells beside; may be empty
 * @param fix what to do if that is not what was wanted; empty if there is nothing to do
 * @param fixes what a click can do about it, the best first
 */
public record TunnelWords(Reason reason, String title, String detail, String fix, List<Fix> fixes) {
    private static final String TRUST = "to see inside, have this device trust the capture authority, then open "
            + "https://capture.internal/trust-check on it";
    private static final String PINNED = "; an app that pins its certificates can't be looked into";

    /** Copies the list. */
    public TunnelWords {
        fixes = List.copyOf(fixes);
    }

    /** What a click can do. */
    public enum Fix {
        /** Looks inside from the next connection on. */
        INSPECT,
        /** Leaves the host alone from the next connection on. */
        PASS_THROUGH,
        /** Forgets what was learned of the host. */
        FORGET,
        /** Trusts the one certificate that was refused. */
        TRUST_ORIGIN,
        /** Leads to how a device is set up. */
        DEVICES,
        /** Leads to the settings, which say that it be so. */
        SETTINGS
    }

    /**
     * The words for a reason.
     *
     * @param reason the reason
     * @param detail what the proxy tells beside; may be empty
     * @return the words
     */
    public static TunnelWords of(Reason reason, String detail) {
        boolean never = reason == Reason.HSTS && detail.contains("never");
        Advice advice = never ? neverWithHsts() : advice(reason);
        return new TunnelWords(reason, advice.title, never ? "" : asOptions(detail), advice.fix, advice.fixes);
    }

    /**
     * The words for a tunnel that has ended.
     *
     * @param reason the reason
     * @param detail what the proxy tells beside; may be empty
     * @param end how it ended, which says why one never opened, or was not looked into after all
     * @return the words
     */
    public static TunnelWords of(Reason reason, String detail, NotOpened end) {
        if (reason == Reason.NOT_OPENED) {
            return end.words();
        }
        boolean failed = reason == Reason.INTERCEPTED && end.status() == Outcome.Status.TLS_FAILED;
        return failed ? handshakeFailed(end.detail()) : of(reason, detail);
    }

    private static TunnelWords handshakeFailed(String detail) {
        return new TunnelWords(
                Reason.INTERCEPTED,
                "not looked into: TLS with this client failed",
                detail,
                TRUST + PINNED,
                List.of(Fix.DEVICES, Fix.PASS_THROUGH));
    }

    /** The library names its own methods; here they are options. */
    private static String asOptions(String detail) {
        return detail.replace("passThroughHosts(", "--pass-through (")
                .replace("interceptOnlyHosts", "--intercept-only");
    }

    private record Advice(String title, String fix, List<Fix> fixes) {
        static Advice passed(String why, String fix, Fix... fixes) {
            return new Advice("passed through: " + why, fix, List.of(fixes));
        }

        static Advice of(String title, Fix... fixes) {
            return new Advice(title, "", List.of(fixes));
        }
    }

    /** There is nothing to trust: that is a rule, too. */
    private static Advice neverWithHsts() {
        return Advice.passed(
                "this site uses HSTS, and --hsts pass-through leaves those alone",
                "to see inside, choose otherwise for HSTS in Settings",
                Fix.SETTINGS);
    }

    private static Advice advice(Reason reason) {
        return switch (reason) {
            case NOT_CONFIGURED ->
                Advice.passed("HTTPS is not looked into", "to see inside, switch HTTPS on in Settings", Fix.SETTINGS);
            case HOST_RULE ->
                Advice.passed(
                        "your rules leave this host alone",
                        "to see inside, have this host inspected, or take the rule out in Settings",
                        Fix.INSPECT,
                        Fix.SETTINGS);
            case CLIENT_REJECTED_BEFORE, CLIENT_DISTRUSTS, HSTS, CLIENT_TLS_UNSUPPORTED, NOT_HTTP ->
                byTheClient(reason);
            case ORIGIN_CERTIFICATE_INVALID, ORIGIN_TLS_FAILED, CLIENT_CERTIFICATE_WANTED -> byTheSite(reason);
            case INTERCEPTED -> Advice.of("looked into: its exchanges are listed", Fix.PASS_THROUGH);
            case INTERCEPTED_NOT_HTTP ->
                new Advice(
                        "looked into: what is inside is not HTTP, and was relayed",
                        "pass it through if it doesn't work this way",
                        List.of(Fix.PASS_THROUGH));
            case PLAIN_HTTP -> Advice.of("plain HTTP inside: its exchanges are listed");
            case NOT_TLS -> Advice.of("relayed: neither TLS nor HTTP");
            case SERVER_SPEAKS_FIRST -> Advice.of("relayed: the server spoke first, so it is not HTTP");
            case UPGRADED -> Advice.of("relayed after an upgrade");
            case NOTHING_SENT -> Advice.of("nothing was sent");
            case NOT_OPENED -> Advice.of("not opened: the site could not be reached, or may not be");
        };
    }

    private static Advice byTheClient(Reason reason) {
        return switch (reason) {
            case CLIENT_REJECTED_BEFORE ->
                Advice.passed(
                        "this client refused the capture authority's certificate for this site before",
                        TRUST + PINNED,
                        Fix.DEVICES,
                        Fix.FORGET,
                        Fix.INSPECT);
            case CLIENT_DISTRUSTS ->
                Advice.passed("this client doesn't trust the capture authority", TRUST, Fix.DEVICES, Fix.INSPECT);
            case HSTS ->
                Advice.passed(
                        "this site uses HSTS and this device doesn't trust the capture authority yet",
                        TRUST,
                        Fix.DEVICES,
                        Fix.INSPECT);
            case CLIENT_TLS_UNSUPPORTED ->
                Advice.passed(
                        "this client's TLS can't be served",
                        "use a client that speaks TLS 1.2 or 1.3 with usual ciphers");
            default -> Advice.passed("the client doesn't speak HTTP in it, and only that can be looked into", "");
        };
    }

    private static Advice byTheSite(Reason reason) {
        return switch (reason) {
            case ORIGIN_CERTIFICATE_INVALID ->
                Advice.passed(
                        "the site's certificate is not valid",
                        "if you know it, trust it by its fingerprint: --trust-origin, or --upstream-ca for its authority",
                        Fix.TRUST_ORIGIN,
                        Fix.FORGET);
            case ORIGIN_TLS_FAILED ->
                Advice.passed(
                        "the TLS handshake with the site failed",
                        "try again: what was found is forgotten after a minute",
                        Fix.FORGET);
            default ->
                Advice.passed(
                        "the site asks for a client certificate",
                        "only the client has it; a program that embeds the library can be given one",
                        Fix.PASS_THROUGH);
        };
    }
}
