package io.github.captureproxy.internal.wire;

/** Reads {@code uri-host [ ":" port ]}, as it stands in Host, in an absolute-form and in an authority-form. */
public final class Authority {

    /** Stands for a port that was not given. */
    public static final int NO_PORT = -1;

    /** Digits of the highest port, 65535; more would only be zeros in front. */
    private static final int MAX_PORT_DIGITS = 5;

    private Authority() {}

    /**
     * Checks the host part (RFC 3986 3.2.2): a registered name or an IPv4 address, or an IPv6 address in brackets.
     *
     * <p>Refused besides what the RFC forbids: the comma, IPvFuture and zone identifiers. User information is refused
     * too, as it only serves to make a URI look like another (RFC 9110 4.2.4).
     *
     * @param bytes where to look
     * @param from the start of the authority
     * @param to the end of the authority
     * @return the end of the host, brackets included: the index of the colon before the port, or {@code to}
     * @throws MalformedMessageException if the host is empty or not valid
     */
    public static int hostEnd(byte[] bytes, int from, int to) throws MalformedMessageException {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '@') { // RFC 9110 4.2.4
                throw MalformedMessageException.badSyntax("user information in the target");
            }
        }
        int end = from < to && bytes[from] == '[' ? literalEnd(bytes, from, to) : regNameEnd(bytes, from, to);
        if (end == from) {
            throw MalformedMessageException.badSyntax("an authority without a host");
        }
        if (end < to && bytes[end] != ':') {
            throw MalformedMessageException.badSyntax("a host that is not valid");
        }
        return end;
    }

    private static int regNameEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (Ascii.isRegName(bytes[at]) || isPercentEncoded(bytes, at, to))) {
            at += bytes[at] == '%' ? 3 : 1;
        }
        return at;
    }

    private static boolean isPercentEncoded(byte[] bytes, int at, int to) {
        return bytes[at] == '%'
                && at + 2 < to
                && Ascii.hexValue(bytes[at + 1]) >= 0
                && Ascii.hexValue(bytes[at + 2]) >= 0;
    }

    private static int literalEnd(byte[] bytes, int from, int to) throws MalformedMessageException {
        int close = from;
        while (close < to && bytes[close] != ']') {
            close++;
        }
        if (close == to || !Ipv6Syntax.isValid(bytes, from + 1, close)) {
            throw MalformedMessageException.badSyntax("an IPv6 address that is not valid");
        }
        return close + 1;
    }

    /**
     * Reads the port behind a host.
     *
     * @param bytes where to look
     * @param hostEnd what {@link #hostEnd} returned
     * @param to the end of the authority
     * @return 1 to 65535, or {@link #NO_PORT} if there is none or if it is empty (RFC 3986 3.2.3)
     * @throws MalformedMessageException if there is something else
     */
    public static int port(byte[] bytes, int hostEnd, int to) throws MalformedMessageException {
        int digits = to - hostEnd - 1;
        if (digits <= 0) {
            return NO_PORT;
        }
        int port = 0;
        for (int at = hostEnd + 1; at < to && digits <= MAX_PORT_DIGITS; at++) {
            if (!Ascii.isDigit(bytes[at])) {
                throw MalformedMessageException.badSyntax("a port that is not a number");
            }
            port = port * 10 + bytes[at] - '0';
        }
        if (port < 1 || port > 65535) {
            throw MalformedMessageException.badSyntax("a port that is not between 1 and 65535");
        }
        return port;
    }
}
