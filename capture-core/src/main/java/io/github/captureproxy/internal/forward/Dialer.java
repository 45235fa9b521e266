package io.github.captureproxy.internal.forward;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.internal.config.ProxyConfig;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Reactor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Connects to a host: finds its addresses off the reactor, and tries them in turn. */
public final class Dialer {
    /** Threads that look up names, each blocked for as long as the resolver takes. They end when idle. */
    private static final int RESOLVER_THREADS = 8;

    /** Look-ups that may wait for a thread; past it a request gets 503. */
    private static final int RESOLVER_QUEUE = 1_000;

    private final ProxyConfig config;
    private final Reactor reactor;
    private final AddressPolicy policy;
    private final ThreadPoolExecutor resolvers;
    private final OriginLoad.Table loads;
    private final Set<Ends> outgoing = ConcurrentHashMap.newKeySet();

    /**
     * Makes a dialer.
     *
     * @param config what the proxy was told
     * @param reactor connects
     * @param policy says which addresses may be connected to
     * @param name starts the threads' names
     */
    public Dialer(ProxyConfig config, Reactor reactor, AddressPolicy policy, String name) {
        this.config = config;
        this.reactor = reactor;
        this.policy = policy;
        this.loads = new OriginLoad.Table(config.limits().connectionsPerOrigin());
        AtomicInteger count = new AtomicInteger();
        this.resolvers = new ThreadPoolExecutor(
                RESOLVER_THREADS,
                RESOLVER_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(RESOLVER_QUEUE),
                task -> {
                    Thread thread = new Thread(task, name + "-dns-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        resolvers.allowCoreThreadTimeOut(true);
    }

    /**
     * Where to connect.
     *
     * @param host a host name or an address literal
     * @param port the port
     * @param configured true if the proxy's own configuration leads there, and not the client's choice
     */
    public record Target(String host, int port, boolean configured) {}

    /** Who waits for a connection. All calls come on the home channel's thread, and one of the last two ends them. */
    public interface Callback {
        /** The addresses are known. */
        void resolved();

        /**
         * The connection is there.
         *
         * @param channel the connection; its handler is to be set
         * @throws IOException if it breaks at once
         */
        void connected(Channel channel) throws IOException;

        /**
         * There will be no connection.
         *
         * @param failure why
         */
        void failed(Failure failure);
    }

    /**
     * Connects.
     *
     * @param home the client's channel, on whose thread the connection will live
     * @param target where to
     * @param callback told how it goes
     * @return gives up when run; no callback follows then
     */
    public Runnable dial(Channel home, Target target, Callback callback) {
        InetSocketAddress mapped = mapped(target.host(), target.port());
        Target checked = mapped == null ? target : new Target(target.host(), target.port(), true);
        Attempts attempts = new Attempts(this, home, checked, callback);
        if (mapped != null && !mapped.isUnresolved()) {
            attempts.connect(List.of(mapped));
            return attempts::cancel;
        }
        String name = mapped == null ? target.host() : mapped.getHostString();
        int realPort = mapped == null ? target.port() : mapped.getPort();
        InetAddress literal = literal(name);
        if (literal != null) {
            attempts.connect(List.of(new InetSocketAddress(literal, realPort)));
            return attempts::cancel;
        }
        try {
            resolvers.execute(() -> resolve(attempts, home, name, realPort));
        } catch (RejectedExecutionException e) {
            attempts.fail(new Failure(
                    503, Outcome.Status.LIMIT_REACHED, Outcome.Side.PROXY, "too many name look-ups are waiting"));
        }
        return attempts::cancel;
    }

    private @Nullable InetSocketAddress mapped(String host, int port) {
        return config.routing().hostMap().find(host, port).orElse(null);
    }

    /** An address literal, which needs no look-up; anything else is null. */
    private static @Nullable InetAddress literal(String host) {
        boolean ipv6 = host.indexOf(':') >= 0;
        boolean ipv4 = !host.isEmpty() && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        if (!ipv6 && !(ipv4 && host.chars().filter(c -> c == '.').count() == 3)) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) { // not a literal after all: the resolver decides
            return null;
        }
    }

    private void resolve(Attempts attempts, Channel home, String host, int port) {
        List<InetSocketAddress> found = new ArrayList<>();
        String problem = "the name " + host + " has no address";
        try {
            for (InetAddress address : config.routing().resolver().resolve(host)) {
                found.add(new InetSocketAddress(address, port));
            }
        } catch (UnknownHostException e) {
            problem = "the host name " + host + " is unknown";
        } catch (RuntimeException | Error e) { // a resolver that the program brought
            problem = "the resolver failed for " + host;
        }
        String detail = problem;
        home.execute(() -> {
            if (found.isEmpty()) {
                attempts.fail(new Failure(502, Outcome.Status.UNKNOWN_HOST, Outcome.Side.ORIGIN, detail));
            } else {
                attempts.connect(Attempts.interleave(found));
            }
        });
    }

    ProxyConfig config() {
        return config;
    }

    Reactor reactor() {
        return reactor;
    }

    OriginLoad.Table loads() {
        return loads;
    }

    AddressPolicy policy() {
        return policy;
    }

    /**
     * Notes that one of our own sockets is connected, so that a client that turns out to be this proxy is recognised.
     *
     * @param channel the connection
     */
    void opened(Channel channel) {
        outgoing.add(new Ends(channel.localAddress(), channel.remoteAddress()));
    }

    /**
     * Forgets it.
     *
     * @param channel the connection
     */
    public void closed(Channel channel) {
        outgoing.remove(new Ends(channel.localAddress(), channel.remoteAddress()));
    }

    /**
     * Tells if a client's connection is the other end of one of our own outgoing ones. The client's address alone does
     * not tell: sockets of one machine may share a port as long as they are connected to different addresses.
     *
     * @param client the connection
     * @return true if the proxy is talking to itself
     */
    public boolean isOwn(Channel client) {
        return outgoing.contains(new Ends(client.remoteAddress(), client.localAddress()));
    }

    /**
     * Ends the look-ups.
     *
     * @param millis how long to wait for their threads
     * @throws InterruptedException if the caller was interrupted while waiting
     */
    public void close(long millis) throws InterruptedException {
        resolvers.shutdownNow();
        resolvers.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    /** Both ends of a connection, as the side that made it sees them. */
    private record Ends(InetSocketAddress local, InetSocketAddress remote) {}
}
