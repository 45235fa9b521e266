package io.github.captureproxy.examples.desk;

import io.github.captureproxy.examples.desk.TunnelWords.Fix;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Tunnel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a tunnel never opened: all of these have one reason, and the outcome tells them apart.
 *
 * @param host the host that was asked for
 * @param status what ended it
 * @param detail what the proxy says of that
 */
public record NotOpened(String host, Outcome.Status status, String detail) {
    /** What could not be resolved or connected to, in the words of the proxy. */
    private static final Pattern NAMED = Pattern.compile(
            "(?:could not connect to|connecting to(?! the target)|the host name|the name|the resolver failed for) (\\S+?):?(?: |$)");

    /** The words for it, with what to do: a place in the page only where something can be done there. */
    TunnelWords words() {
        return switch (status) {
            case UNKNOWN_HOST ->
                isOfUpstream()
                        ? upstream("the upstream proxy's name has no address")
                        : words(
                                "this name has no address",
                                "check how it is spelt, and this machine's name server and VPN");
            case CONNECT_FAILED -> connectFailed();
            case TIMED_OUT ->
                isOfUpstream()
                        ? upstream("the upstream proxy didn't answer in time")
                        : words(
                                "the site didn't answer in time",
                                "check the address, and whether a VPN is missing or a firewall is in the way");
            case FORBIDDEN -> forbidden();
            case LOOP ->
                words("the target is this proxy itself", "ask for the address of the site instead of the proxy's");
            case LIMIT_REACHED ->
                words(
                        "a limit of the proxy was reached",
                        "end clients that keep many connections open, then try again");
            case CLIENT_ABORTED -> words("the client left before the site was connected to", "");
            case PROXY_CLOSED -> words("the proxy was closed meanwhile", "try again");
            default -> words("it failed", "try again");
        };
    }

    private TunnelWords connectFailed() {
        if (detail.startsWith("the upstream proxy ")) {
            return upstream("the upstream proxy didn't open it");
        }
        if (isOfUpstream()) {
            return upstream("the upstream proxy could not be connected to");
        }
        return detail.endsWith("refused")
                ? words("nothing takes connections at this address", "check the port, and that the service runs")
                : words(
                        "the site could not be connected to",
                        "check the network, and whether a VPN is missing or a firewall is in the way");
    }

    private TunnelWords forbidden() {
        if (detail.startsWith("the upstream proxy ")) {
            return upstream("the upstream proxy wants another user name or password");
        }
        return detail.endsWith("of the proxy's own machine")
                ? words(
                        "other devices may not reach this machine's own services through the proxy",
                        "start the program with --allow-local-targets if they should")
                : words(
                        "the page that shows the traffic can't be reached through the proxy",
                        "open it in a browser that doesn't use the proxy for this address");
    }

    private TunnelWords upstream(String what) {
        return words(what, "check the upstream proxy in Settings", Fix.SETTINGS);
    }

    private TunnelWords words(String what, String fix, Fix... fixes) {
        String more = detail.equals(what) ? "" : detail;
        return new TunnelWords(Tunnel.Reason.NOT_OPENED, "not opened: " + what, more, fix, List.of(fixes));
    }

    /** The detail names a host, which is not the one that was asked for. */
    private boolean isOfUpstream() {
        Matcher named = NAMED.matcher(detail);
        return named.lookingAt() && !named.group(1).equals(host);
    }
}
