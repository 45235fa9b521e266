package io.github.captureproxy.examples;

import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.history.ProxyCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Says why nothing was recorded: what reached the proxy, and what a person can do.
 *
 * @param address where the proxy listened
 * @param ofCommand whether a command was to be recorded, which was told of the proxy by its environment
 */
record NothingSeen(String address, boolean ofCommand) {
    /** A person reads no more at the end of a command's own output. */
    private static final int MOST = 2;

    /** What goes past the proxy most often. */
    private static final String KNOWN =
            "what is missing may not heed http_proxy: Node does from 22.21 and 24.5 on, and Go "
                    + "but for localhost, of which any.localhost is another name; README.md has more at \"Record a command\"";

    /**
     * The lines.
     *
     * @param proxy what the proxy has counted
     * @param passed what it told of
     * @return none if something was seen
     */
    List<String> lines(ProxyCounts proxy, Passage.Counts passed) {
        if (passed.seen() > 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (passed.leftOut() > 0) {
            lines.add(PlainText.count(passed.leftOut(), "exchange or tunnel", "exchanges and tunnels")
                    + " passed, and --filter, --method or --url-contains left all of it out");
        }
        passed.unseen().first().ifPresent(first -> lines.add(unseen(passed.unseen(), first)));
        passed.notOpened()
                .first()
                .ifPresent(first -> lines.add(passed.notOpened().words() + ": " + TunnelNotes.reason(first)));
        passed.failure()
                .ifPresent(failure -> lines.add("a handshake for " + PlainText.printable(Lines.target(failure))
                        + " failed: " + TunnelNotes.failure(failure)));
        if (lines.isEmpty()) {
            lines.add(cause(proxy.connectionsAccepted() - passed.probes(), passed.probes()));
        }
        if (ofCommand && lines.size() < MOST && !isHeeded(passed)) {
            lines.add(KNOWN);
        }
        return lines.subList(0, Math.min(lines.size(), MOST));
    }

    /** What came to nothing, or is not wanted, has come to the proxy. */
    private static boolean isHeeded(Passage.Counts passed) {
        return passed.leftOut() > 0 || passed.notOpened().count() > 0;
    }

    private static String unseen(PassedTunnels tunnels, Tunnel first) {
        return tunnels.words() + " passed unseen: "
                + (first.reason() == Tunnel.Reason.NOT_CONFIGURED
                        ? "--https looks inside HTTPS"
                        : TunnelNotes.reason(first));
    }

    /** Each of adb's probes has a connection of its own, of which no program's call was to be expected. */
    private String cause(long connections, long probes) {
        if (connections > 0) {
            return PlainText.count(connections, "connection", "connections") + " came, and asked for nothing";
        }
        return (probes > 0 ? "nothing but adb, which looks for emulators, connected to " : "nothing connected to ")
                + address
                + (ofCommand
                        ? ": the command made no call, or not by the proxy"
                        : ": have programs use it as their proxy");
    }
}
