package io.github.captureproxy.internal.io;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads TLS alerts (RFC 8446 section 6): off the wire where they are not encrypted, and out of what JSSE throws. */
public final class TlsAlerts {
    /** No alert. */
    static final int NONE = -1;

    private static final int ALERT_RECORD = 21;
    private static final int PLAIN_ALERT_BYTES = 7;
    private static final int FATAL = 2;

    /** JSSE tells of an alert only in words. */
    private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: ([a-z_0-9]+)");

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "close_notify"),
            Map.entry(10, "unexpected_message"),
            Map.entry(20, "bad_record_mac"),
            Map.entry(22, "record_overflow"),
            Map.entry(40, "handshake_failure"),
            Map.entry(42, "bad_certificate"),
            Map.entry(43, "unsupported_certificate"),
            Map.entry(44, "certificate_revoked"),
            Map.entry(45, "certificate_expired"),
            Map.entry(46, "certificate_unknown"),
            Map.entry(47, "illegal_parameter"),
            Map.entry(48, "unknown_ca"),
            Map.entry(49, "access_denied"),
            Map.entry(50, "decode_error"),
            Map.entry(51, "decrypt_error"),
            Map.entry(70, "protocol_version"),
            Map.entry(71, "insufficient_security"),
            Map.entry(80, "internal_error"),
            Map.entry(86, "inappropriate_fallback"),
            Map.entry(90, "user_canceled"),
            Map.entry(109, "missing_extension"),
            Map.entry(110, "unsupported_extension"),
            Map.entry(112, "unrecognized_name"),
            Map.entry(113, "bad_certificate_status_response"),
            Map.entry(115, "unknown_psk_identity"),
            Map.entry(116, "certificate_required"),
            Map.entry(120, "no_application_protocol"));

    private TlsAlerts() {}

    /** The description of a fatal alert that stands unencrypted at the beginning of a record; {@link #NONE} if none does. */
    static int plain(ByteBuffer records) {
        int at = records.position();
        return records.remaining() >= PLAIN_ALERT_BYTES
                        && records.get(at) == ALERT_RECORD
                        && records.getShort(at + 3) == 2
                        && records.get(at + 5) == FATAL
                ? Byte.toUnsignedInt(records.get(at + 6))
                : NONE;
    }

    static String name(int description) {
        return NAMES.getOrDefault(description, "alert_" + description);
    }

    /**
     * The alert that a failure tells of.
     *
     * @param cause what an engine threw
     * @return its name; null if the peer sent none
     */
    public static @Nullable String received(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            String message = at.getMessage();
            if (message != null) {
                Matcher matcher = RECEIVED.matcher(message);
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
        }
        return null;
    }
}
