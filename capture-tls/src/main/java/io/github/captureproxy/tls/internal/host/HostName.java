package io.github.captureproxy.tls.internal.host;

import io.github.captureproxy.internal.address.AddressLiteral;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/** The form in which host names are compared: lower case, A-labels (RFC 5890), no final dot; addresses as digits. */
public final class HostName {
    /** RFC 1035 section 2.3.4, as text without the final dot. */
    private static final int MAX_LENGTH = 253;

    private static final int MAX_LABEL = 63;

    private HostName() {}

    /**
     * Brings a host to the form in which it is compared. What is no valid name stays as it is, in lower case: it is
     * then equal to itself alone.
     *
     * @param host a name or an address, an IPv6 one with or without brackets
     * @return the comparable form
     */
    public static String normalized(String host) {
        if (looksLikeAddress(host)) {
            Optional<String> address = AddressLiteral.parse(host).map(AddressLiteral::format);
            if (address.isPresent()) {
                return address.get();
            }
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * Reads a name that a person wrote, perhaps with letters outside ASCII.
     *
     * @param text the name
     * @return its comparable form; empty if it is no host name
     */
    public static Optional<String> parse(String text) {
        String ascii = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (!isAscii(ascii)) {
            try {
                ascii = IDN.toASCII(ascii);
            } catch (IllegalArgumentException e) {
                return Optional.empty(); // that it is no name is the answer
            }
        }
        String lower = ascii.toLowerCase(Locale.ROOT);
        return isName(lower) ? Optional.of(lower) : Optional.empty();
    }

    /**
     * Brings a host that a program asks about to the form in which it is compared, also one with letters outside ASCII
     * (RFC 6797 section 10), unlike what comes from the wire or stands in a certificate.
     *
     * @param host a name or an address
     * @return the comparable form; as {@link #normalized} has it if it is no valid name
     */
    public static String asked(String host) {
        return isAscii(host) ? normalized(host) : parse(host).orElseGet(() -> normalized(host));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    /**
     * Reads a name or an address that a person wrote.
     *
     * @param text the name, or the address
     * @return its comparable form; empty if it is neither
     */
    public static Optional<String> parseHost(String text) {
        String host = normalized(text.strip());
        return isAddress(host) ? Optional.of(host) : parse(text.strip());
    }

    /**
     * Tells if a host is an IP address.
     *
     * @param host a host in its comparable form
     * @return true for an IPv4 or IPv6 literal
     */
    public static boolean isAddress(String host) {
        return looksLikeAddress(host) && AddressLiteral.parse(host).isPresent();
    }

    private static boolean looksLikeAddress(String host) {
        return !host.isEmpty() && (host.indexOf(':') >= 0 || Character.digit(host.charAt(host.length() - 1), 10) >= 0);
    }

    private static boolean isName(String lower) {
        if (lower.isEmpty() || lower.length() > MAX_LENGTH) {
            return false;
        }
        for (String label : lower.split("\\.", -1)) {
            boolean valid = !label.isEmpty()
                    && label.length() <= MAX_LABEL
                    && label.chars()
                            .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_');
            if (!valid) {
                return false;
            }
        }
        return true;
    }
}
