package io.github.captureproxy.internal.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many client connections the operating system's limit on open files allows: running out of descriptors would kill
 * the listening socket.
 */
final class DescriptorLimit {
    /** Descriptors left to the program that embeds the proxy. */
    private static final long RESERVE = 256;

    /** A client's connection needs one more towards the origin. */
    private static final long PER_CONNECTION = 2;

    private DescriptorLimit() {}

    static int connections(int wanted) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long left = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount() - RESERVE;
            return (int) Math.max(1, Math.min(wanted, left / PER_CONNECTION));
        }
        return wanted;
    }
}
