package io.github.captureproxy.internal.io;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * The probes that TCP sends where nothing passes (RFC 9293 section 3.8.4), timed here as the system's own begin after two
 * hours, and those of HttpCore from 5.3 on after five seconds: that wakes a phone all the time, and gives it up when it is
 * without a network for twenty. All connections send them, so that one over which nobody speaks ends when its peer does.
 */
final class KeepAlive {
    /**
     * How long nothing passes before a probe. The second one comes when the system of a client that ended has forgotten
     * the socket, which Linux does after 60 s, and answers with a reset.
     */
    static final int IDLE_SECONDS = 45;

    /** How long a probe waits for its answer. */
    static final int INTERVAL_SECONDS = 10;

    /** Probes without an answer that end a connection: more than a phone loses on its way to another network. */
    static final int PROBES = 3;

    /** By name, as the module {@code jdk.net}, where these options are declared, need not be in a run-time image. */
    private static final Map<String, Integer> TIMES =
            Map.of("TCP_KEEPIDLE", IDLE_SECONDS, "TCP_KEEPINTERVAL", INTERVAL_SECONDS, "TCP_KEEPCOUNT", PROBES);

    private KeepAlive() {}

    /** Times the probes of a connection, as far as the platform lets a program do so. */
    static void time(SocketChannel socket) {
        try {
            for (SocketOption<?> option : socket.supportedOptions()) {
                Integer wanted = TIMES.get(option.name());
                if (wanted != null && option.type() == Integer.class) {
                    set(socket, option, wanted);
                }
            }
        } catch (IOException e) {
            // the connection broke as it was opened: whoever reads it is told
        }
    }

    @SuppressWarnings("unchecked") // its type was asked for
    private static void set(SocketChannel socket, SocketOption<?> option, Integer value) throws IOException {
        socket.setOption((SocketOption<Integer>) option, value);
    }
}
