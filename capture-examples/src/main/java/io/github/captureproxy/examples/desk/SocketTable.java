package io.github.captureproxy.examples.desk;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what Linux tells of its TCP sockets in {@code /proc/net/tcp} and {@code tcp6} (proc(5)). Pure. */
final class SocketTable {
    private static final int LOCAL = 1;
    private static final int INODE = 9;
    private static final int HEX = 16;
    private static final int WORD = 8;

    private SocketTable() {}

    /** Adds the sockets that somebody has open, by the addresses of their own ends. */
    static void addTo(Map<InetSocketAddress, Long> inodes, Stream<String> lines) {
        lines.map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > INODE)
                .forEach(fields -> {
                    long inode = number(fields[INODE]);
                    if (inode > 0) {
                        address(fields[LOCAL])
                                .ifPresent(address ->
                                        inodes.put(new InetSocketAddress(address, port(fields[LOCAL])), inode));
                    }
                });
    }

    private static int port(String addressAndPort) {
        String hex = addressAndPort.substring(addressAndPort.indexOf(':') + 1);
        return hex.matches("[0-9A-Fa-f]{1,4}") ? Integer.parseInt(hex, HEX) : 0;
    }

    private static long number(String text) {
        return text.chars().allMatch(Character::isDigit) && text.length() < Long.SIZE / 4 ? Long.parseLong(text) : 0;
    }

    /** An address in words of 32 bits, each as the machine has it in memory; one of IPv4 that is mapped counts as that. */
    private static Optional<InetAddress> address(String addressAndPort) {
        int colon = addressAndPort.indexOf(':');
        String hex = addressAndPort.substring(0, Math.max(colon, 0));
        if (hex.isEmpty() || hex.length() % WORD != 0 || !hex.matches("[0-9A-Fa-f]+")) {
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
