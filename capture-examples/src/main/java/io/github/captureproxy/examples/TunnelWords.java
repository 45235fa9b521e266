package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;

/** Why a tunnel was handled as it was, and what mends it where one thing does, in words. */
final class TunnelWords {
    private static final String PASSED = "TLS, passed through: ";
    private static final String TRUST =
            "; to see inside, trust the authority there and open https://capture.internal/trust-check";

    private TunnelWords() {}

    /** The reason, with what the proxy tells beside it. */
    static String reason(Tunnel tunnel) {
        String detail = PlainText.printable(tunnel.reasonDetail());
        return switch (tunnel.reason()) {
            case SERVER_SPEAKS_FIRST -> "relayed: the server spoke first";
            case PLAIN_HTTP -> "plain HTTP inside: its exchanges are listed";
            case NOT_TLS -> "relayed: neither TLS nor HTTP";
            case NOT_CONFIGURED -> "TLS, passed through untouched";
            case HOST_RULE -> PASSED + rule(detail);
            case CLIENT_TLS_UNSUPPORTED -> PASSED + with("this client's TLS can't be served", detail);
            case NOT_HTTP -> PASSED + with("the client doesn't speak HTTP in it", detail);
            case CLIENT_REJECTED_BEFORE ->
                PASSED + with("this client refused the authority's certificate for this site before", detail) + TRUST;
            case CLIENT_DISTRUSTS -> PASSED + with("this client doesn't trust the authority", detail) + TRUST;
            case HSTS -> PASSED + hsts(detail);
            case ORIGIN_CERTIFICATE_INVALID ->
                PASSED + (detail.isEmpty() ? "the site's certificate is not valid" : detail)
                        + "; if you know it: --trust-origin or --upstream-ca";
            case ORIGIN_TLS_FAILED -> PASSED + (detail.isEmpty() ? "the handshake with the site failed" : detail);
            case CLIENT_CERTIFICATE_WANTED ->
                PASSED + (detail.isEmpty() ? "the site asks for a client certificate" : detail);
            case INTERCEPTED -> "TLS, looked into: its exchanges are listed";
            case INTERCEPTED_NOT_HTTP -> with("TLS, looked into: not HTTP", detail);
            case NOTHING_SENT -> "nothing was sent";
            case NOT_OPENED -> "not opened";
            case UPGRADED -> "relayed after an upgrade";
        };
    }

    /** The library names its own methods; here they are options. */
    private static String rule(String detail) {
        return with(
                "your rules leave this host alone",
                detail.replace("passThroughHosts(", "--pass-through (")
                        .replace("interceptOnlyHosts", "--intercept-only"));
    }

    private static String hsts(String detail) {
        return detail.contains("never")
                ? "the site is known by HSTS, and --hsts pass-through leaves those alone"
                : with("the site is known by HSTS", detail) + TRUST;
    }

    /** What failed in a handshake, and what follows from it. */
    static String failure(TlsFailure failure) {
        String problem = PlainText.printable(failure.problem());
        boolean refused =
                failure.side() == Outcome.Side.CLIENT && !failure.certificates().isEmpty();
        return refused ? problem + "; its next connection passes through" : problem;
    }

    private static String with(String reason, String detail) {
        return detail.isEmpty() ? reason : reason + ": " + detail;
    }
}
