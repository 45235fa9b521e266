package io.github.captureproxy.internal.io;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Peers that have ended their stream and wait for an answer, or have left: to TCP, the two look alike until their system
 * answers a probe with a reset. The selector that serves their connections can't be asked for that, as it would tell of
 * the ended stream over and over. But asked for the end of connecting, which is long past, a selector tells of nothing
 * but an error ({@link SelectionKey#OP_CONNECT}).
 *
 * <p>Not on macOS: the JDK's selector there asks kqueue for what can be read or written and nothing else, and translates
 * neither into the end of connecting. There such a peer is noticed when it is sent something, or at the exchange's time
 * limit.
 */
final class Leavers {
    /** How often it is looked for them. TCP takes more than a minute to tell. */
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Channel> suspects = ConcurrentHashMap.newKeySet();
    private long lookedAt = System.nanoTime();

    /** Adds a channel. On any thread. */
    void add(Channel channel) {
        suspects.add(channel);
    }

    /** Nothing more is to be known of a channel. On any thread. */
    void remove(Channel channel) {
        suspects.remove(channel);
    }

    /** Tells those channels whose peers have left. Called on the timer's thread, at each of its ticks. */
    void look(long now) {
        if (suspects.isEmpty() || now - lookedAt < INTERVAL_NANOS) {
            return;
        }
        lookedAt = now;
        Set<Channel> gone = new HashSet<>();
        // Closed again at once: a socket is not truly closed while a selector has it.
        try (Selector selector = Selector.open()) {
            for (Channel channel : suspects) {
                register(channel, selector);
            }
            selector.selectNow(key -> gone.add((Channel) key.attachment()));
        } catch (IOException e) { // such as no descriptor left: the next look may have one
            return;
        }
        suspects.removeAll(gone);
        gone.forEach(Channel::peerLeft);
    }

    private static void register(Channel channel, Selector selector) {
        SocketChannel socket = channel.socket();
        try {
            if (socket != null) {
                socket.register(selector, SelectionKey.OP_CONNECT, channel);
            }
        } catch (ClosedChannelException e) {
            // it has just ended in another way, which is told already
        }
    }
}
