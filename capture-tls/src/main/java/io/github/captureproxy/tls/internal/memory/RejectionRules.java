package io.github.captureproxy.tls.internal.memory;

import io.github.captureproxy.exchange.TlsFailure.Phase;
import io.github.captureproxy.spi.TlsInspection.ClientEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Tells rejections from other ends of a client's connection. Pure. */
public final class RejectionRules {
    /** How soon after the finish of a handshake a silent end still counts. */
    static final Duration WEAK_WINDOW = Duration.ofSeconds(2);

    private static final String UNKNOWN_CA = "unknown_ca";

    /** The certificate alerts of RFC 8446 section 6.2. */
    private static final Set<String> CERTIFICATE_ALERTS = Set.of(
            "bad_certificate",
            UNKNOWN_CA,
            "certificate_unknown",
            "unsupported_certificate",
            "certificate_expired",
            "certificate_revoked");

    /** What clients that do not know an authority say beside {@code unknown_ca}: JDK, Go, Chromium. */
    private static final Set<String> UNCLEAR_ALERTS = Set.of("bad_certificate", "certificate_unknown");

    /** An orderly end (RFC 8446 section 6.1): no more than an end of the stream. */
    private static final String CLOSE_NOTIFY = "close_notify";

    private RejectionRules() {}

    /**
     * What is known when a client's connection ends.
     *
     * @param certificateShown true if the Certificate message went out
     * @param trust what is known of the client's trust in the authority
     * @param hsts true if the name is known by HSTS
     * @param sentBefore true if the client ever sent application data to this name
     */
    public record Situation(boolean certificateShown, Trust trust, boolean hsts, boolean sentBefore) {}

    /** How a client is known to trust the authority. */
    public enum Trust {
        /** It is not. */
        NONE,
        /** It sent data after a full handshake: so does one whose user clicked a warning away. */
        BY_DATA,
        /** It passed the trust check, or the program says so. */
        PROVEN
    }

    /**
     * Tells if an end is a rejection.
     *
     * @param end how the connection ended
     * @param situation what else is known
     * @return the rejection; empty if the end teaches nothing
     */
    public static Optional<Rejection> classify(ClientEnd end, Situation situation) {
        if (!situation.certificateShown() || end.phase() == Phase.NEGOTIATION) {
            return Optional.empty();
        }
        Optional<String> alert = end.alert().filter(name -> !name.equals(CLOSE_NOTIFY));
        if (alert.isPresent()) {
            return alert.filter(CERTIFICATE_ALERTS::contains)
                    .map(name -> new Rejection(cause(name, situation), false, "it sent the alert " + name));
        }
        return isWeak(end, situation) ? Optional.of(weak(end, situation)) : Optional.empty();
    }

    private static Rejection.Cause cause(String alert, Situation situation) {
        if (alert.equals(UNKNOWN_CA)) {
            return Rejection.Cause.AUTHORITY;
        }
        // On an HSTS host nobody can click a warning away, so that data sent elsewhere proves nothing there.
        boolean trusts = situation.trust() == Trust.PROVEN || situation.trust() == Trust.BY_DATA && !situation.hsts();
        return UNCLEAR_ALERTS.contains(alert) && !trusts ? Rejection.Cause.AUTHORITY : Rejection.Cause.PIN;
    }

    private static boolean isWeak(ClientEnd end, Situation situation) {
        return switch (end.phase()) {
            case NEGOTIATION, ESTABLISHED -> false;
            case CERTIFICATE -> true;
            case FINISHED -> !situation.sentBefore() && end.sinceFinished().compareTo(WEAK_WINDOW) <= 0;
        };
    }

    private static Rejection weak(ClientEnd end, Situation situation) {
        Rejection.Cause cause = situation.trust() == Trust.NONE ? Rejection.Cause.UNCLEAR : Rejection.Cause.PIN;
        String when = end.phase() == Phase.CERTIFICATE ? "during the handshake" : "right after the handshake";
        return new Rejection(cause, true, "it left " + when + ", when it had seen the certificate, without a word");
    }
}
