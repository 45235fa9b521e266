package io.github.captureproxy.examples;

import io.github.captureproxy.examples.desk.NotOpened;
import io.github.captureproxy.examples.desk.TunnelWords;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;

/** What a line of the terminal says of a tunnel, or of a handshake in one. */
final class TunnelNotes {
    private TunnelNotes() {}

    /** Why it was handled as it was; what mends that, too, but where the settings say that it be so. */
    static String reason(Tunnel tunnel) {
        Outcome end = tunnel.outcome();
        TunnelWords words = TunnelWords.of(
                tunnel.reason(), tunnel.reasonDetail(), new NotOpened(tunnel.host(), end.status(), end.detail()));
        String detail = PlainText.printable(words.detail());
        boolean told = words.fix().isEmpty() || words.fixes().contains(TunnelWords.Fix.SETTINGS);
        return words.title() + (detail.isEmpty() ? "" : ": " + detail) + (told ? "" : "; " + words.fix());
    }

    /** What failed in a handshake, and what follows from it. */
    static String failure(TlsFailure failure) {
        String problem = PlainText.printable(failure.problem());
        boolean refused =
                failure.side() == Outcome.Side.CLIENT && !failure.certificates().isEmpty();
        return refused ? problem + "; its next connection passes through" : problem;
    }
}
