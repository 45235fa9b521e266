package io.github.captureproxy.examples;

import java.net.Inet6Address;
import java.net.InetAddress;

/** IP addresses as people write them. */
final class IpAddress {
    private static final int GROUPS = 8;

    private IpAddress() {}

    /** The address; of IPv6 in the short form (RFC 5952 section 4), and with the zone where it means nothing without. */
    static String text(InetAddress address) {
        String written = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return written;
        }
        int zone = written.indexOf('%');
        return shortForm(address.getAddress())
                + (zone < 0 || !address.isLinkLocalAddress() ? "" : written.substring(zone));
    }

    private static String shortForm(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xff) << Byte.SIZE | address[2 * i + 1] & 0xff;
        }
        int gap = 0;
        int gapEnd = 0;
        for (int i = 0; i < GROUPS; i++) {
            int end = zerosEnd(groups, i);
            if (end - i > Math.max(gapEnd - gap, 1)) { // a single group of zeros is not left out
                gap = i;
                gapEnd = end;
            }
        }
        return gapEnd == 0 ? joined(groups, 0, GROUPS) : joined(groups, 0, gap) + "::" + joined(groups, gapEnd, GROUPS);
    }

    private static int zerosEnd(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end;
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
