package io.github.captureproxy.internal.wire;

/** Whether bytes are an IPv6 address as RFC 3986 3.2.2 writes it, without brackets and without a zone. */
final class Ipv6Syntax {

    private static final int GROUPS = 8;

    private Ipv6Syntax() {}

    static boolean isValid(byte[] bytes, int from, int to) {
        int groups = 0;
        boolean elided = isAt(bytes, from, to, ':');
        if (elided && !isAt(bytes, from + 1, to, ':')) {
            return false;
        }
        int at = elided ? from + 2 : from;
        while (at < to) {
            int end = groupEnd(bytes, at, to);
            if (isAt(bytes, end, to, '.')) {
                return isIpv4(bytes, at, to) && isComplete(groups + 2, elided);
            }
            if (end == at || end - at > 4) {
                return false;
            }
            groups++;
            if (end == to) {
                break;
            }
            boolean elidedHere = isAt(bytes, end + 1, to, ':');
            if (bytes[end] != ':' || end + 1 == to || (elidedHere && elided)) {
                return false;
            }
            elided |= elidedHere;
            at = elidedHere ? end + 2 : end + 1;
        }
        return isComplete(groups, elided);
    }

    private static boolean isAt(byte[] bytes, int at, int to, char wanted) {
        return at < to && bytes[at] == wanted;
    }

    private static boolean isComplete(int groups, boolean elided) {
        return elided ? groups < GROUPS : groups == GROUPS;
    }

    private static int groupEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && Ascii.hexValue(bytes[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean isIpv4(byte[] bytes, int from, int to) {
        int at = from;
        for (int octet = 0; octet < 4; octet++) {
            int end = at;
            int value = 0;
            while (end < to && end - at < 3 && Ascii.isDigit(bytes[end])) {
                value = value * 10 + bytes[end++] - '0';
            }
            boolean leadingZero = end - at > 1 && bytes[at] == '0';
            boolean separated = octet < 3 ? isAt(bytes, end, to, '.') : end == to;
            if (end == at || value > 255 || leadingZero || !separated) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }
}
