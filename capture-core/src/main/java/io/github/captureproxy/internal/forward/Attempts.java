package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Dial;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tries the addresses of one host: the next one as soon as one fails, or beside it when it takes long; the first that
 * connects wins (RFC 8305 in spirit). For the home channel's thread.
 */
final class Attempts {
    /** When the next address is tried beside one that does not answer (RFC 8305 section 5). */
    private static final long STAGGER_MILLIS = 250;

    private static final Runnable NOTHING = () -> {};

    private final Dialer dialer;
    private final Channel home;
    private final Dialer.Target target;
    private final Dialer.Callback callback;
    private final Deque<InetSocketAddress> untried = new ArrayDeque<>();
    private final List<Dial> dials = new ArrayList<>(2);
    private Runnable stagger = NOTHING;
    private int running;
    private boolean over;
    private Failure last;

    Attempts(Dialer dialer, Channel home, Dialer.Target target, Dialer.Callback callback) {
        this.dialer = dialer;
        this.home = home;
        this.target = target;
        this.callback = callback;
        this.last = connectFailed("no address");
    }

    /** Families in turn, starting with that of the resolver's first address (RFC 8305 section 4). */
    static List<InetSocketAddress> interleave(List<InetSocketAddress> addresses) {
        boolean firstIsV6 = addresses.get(0).getAddress() instanceof Inet6Address;
        Deque<InetSocketAddress> same = new ArrayDeque<>();
        Deque<InetSocketAddress> other = new ArrayDeque<>();
        for (InetSocketAddress address : addresses) {
            boolean isFirstFamily = address.getAddress() instanceof Inet6Address == firstIsV6;
            (isFirstFamily ? same : other).add(address);
        }
        List<InetSocketAddress> mixed = new ArrayList<>(addresses.size());
        while (!same.isEmpty() || !other.isEmpty()) {
            if (!same.isEmpty()) {
                mixed.add(same.remove());
            }
            if (!other.isEmpty()) {
                mixed.add(other.remove());
            }
        }
        return mixed;
    }

    void connect(Collection<InetSocketAddress> addresses) {
        if (over) {
            return;
        }
        callback.resolved();
        untried.addAll(addresses);
        next();
    }

    private void next() {
        stagger.run();
        stagger = NOTHING;
        while (!over && !untried.isEmpty()) {
            InetSocketAddress address = untried.remove();
            Optional<Failure> refusal =
                    dialer.policy().refuses(address, AddressPolicy.Client.on(home), target.configured());
            if (refusal.isEmpty()) {
                start(address);
                return;
            }
            last = refusal.get();
        }
        if (running == 0) {
            fail(last);
        }
    }

    private void start(InetSocketAddress address) {
        Duration timeout = dialer.config().timeouts().connect();
        running++;
        dials.add(dialer.reactor().connect(address, timeout, new Dial.Callback() {
            @Override
            public void connected(Channel channel) throws IOException {
                won(channel);
            }

            @Override
            public void failed(Exception cause) {
                running--;
                last = cause instanceof SocketTimeoutException ? timedOut() : connectFailed(reason(cause));
                home.execute(Attempts.this::next);
            }
        }));
        if (!untried.isEmpty()) {
            stagger = dialer.reactor().schedule(() -> home.execute(this::next), STAGGER_MILLIS);
        }
    }

    private void won(Channel channel) throws IOException {
        if (over) {
            channel.reset();
            return;
        }
        end();
        dialer.opened(channel);
        callback.connected(channel);
    }

    private Failure timedOut() {
        return new Failure(
                504,
                Outcome.Status.TIMED_OUT,
                Outcome.Side.ORIGIN,
                "connecting to " + target.host() + " took too long");
    }

    private Failure connectFailed(String why) {
        return new Failure(
                502,
                Outcome.Status.CONNECT_FAILED,
                Outcome.Side.ORIGIN,
                "could not connect to " + target.host() + ": " + why);
    }

    private static String reason(Exception cause) {
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? "the connection failed" : message.toLowerCase(Locale.ROOT);
    }

    void fail(Failure failure) {
        if (!over) {
            end();
            callback.failed(failure);
        }
    }

    void cancel() {
        end();
    }

    private void end() {
        over = true;
        stagger.run();
        dials.forEach(Dial::cancel);
        dials.clear();
        untried.clear();
    }
}
