package io.github.captureproxy.examples.desk;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what Linux tells of its TCP sockets in {@code /proc/net/tcp} and {@code tcp6} (proc(5)). Pure. */
final class SocketTable {
    private static final int LOCAL = 1;
    private static final int INODE = 9;
    private static final int HEX = 16;
    private static final int WORD = 8;
    private static final int PORT = 4;

    private SocketTable() {}

    /** Adds the sockets that somebody has open, by the addresses of their own ends. */
    static void addTo(Map<InetSocketAddress, Long> inodes, Stream<String> lines) {
        lines.forEach(line -> {
            long inode = number(field(line, INODE));
            if (inode > 0) { // most have been closed, and wait for late packets
                String own = field(line, LOCAL);
                address(own).ifPresent(address -> inodes.put(new InetSocketAddress(address, port(own)), inode));
            }
        });
    }

    /** One of the fields of a line; empty if it has fewer. There may be thousands of lines: a pattern takes too long. */
    private static String field(String line, int wanted) {
        int start = 0;
        int end = 0;
        for (int field = 0; field <= wanted; field++) {
            start = end;
            while (start < line.length() && line.charAt(start) == ' ') {
                start++;
            }
            int space = line.indexOf(' ', start);
            end = space < 0 ? line.length() : space;
        }
        return line.substring(start, end);
    }

    private static int port(String addressAndPort) {
        String hex = addressAndPort.substring(addressAndPort.indexOf(':') + 1);
        return isHex(hex) && hex.length() <= PORT ? Integer.parseInt(hex, HEX) : 0;
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A number of decimal digits; 0 for what is none. */
    static long number(String text) {
        if (text.isEmpty() || text.length() >= Long.SIZE / 4) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** An address in words of 32 bits, each as the machine has it in memory; one of IPv4 that is mapped counts as that. */
    private static Optional<InetAddress> address(String addressAndPort) {
        int colon = addressAndPort.indexOf(':');
        String hex = addressAndPort.substring(0, Math.max(colon, 0));
        if (hex.length() % WORD != 0 || !isHex(hex)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
        for (int at = 0; at < hex.length(); at += WORD) {
            bytes.putInt(Integer.parseUnsignedInt(hex.substring(at, at + WORD), HEX));
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes.array()));
        } catch (UnknownHostException e) {
            return Optional.empty(); // of a length that no address has
        }
    }
}
