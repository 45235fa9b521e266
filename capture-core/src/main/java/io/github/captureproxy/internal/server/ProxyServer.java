package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.ProxyCounts;
import io.github.captureproxy.internal.config.Bodies;
import io.github.captureproxy.internal.config.Capture;
import io.github.captureproxy.internal.config.ListenAddress;
import io.github.captureproxy.internal.config.ListenFailedException;
import io.github.captureproxy.internal.config.ProxyConfig;
import io.github.captureproxy.internal.diagnosis.Facts;
import io.github.captureproxy.internal.diagnosis.Visits;
import io.github.captureproxy.internal.dispatch.Deadline;
import io.github.captureproxy.internal.dispatch.ListenerDispatch;
import io.github.captureproxy.internal.dispatch.SpillFiles;
import io.github.captureproxy.internal.forward.Counters;
import io.github.captureproxy.internal.forward.Dialer;
import io.github.captureproxy.internal.forward.ProxyContext;
import io.github.captureproxy.internal.io.Buffers;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Reactor;
import io.github.captureproxy.internal.io.Worker;
import io.github.captureproxy.internal.jfr.FlightEvents;
import io.github.captureproxy.internal.record.BodyBudget;
import io.github.captureproxy.internal.record.BodyPolicy;
import io.github.captureproxy.internal.record.ExchangeRecorder.Recording;
import io.github.captureproxy.internal.rules.RuleSet;
import io.github.captureproxy.internal.session.SessionFeed;
import io.github.captureproxy.internal.session.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: its listening sockets, its connections, and what they record. Safe for any thread. */
public final class ProxyServer implements ServerContext {
    /** Numbers proxies in threads' names, so that two of them can be told apart in a thread dump. */
    private static final AtomicLong INSTANCES = new AtomicLong();

    /** Numbers client connections over all proxies of the process, so that records of several can be put together. */
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    /**
     * Bytes of a read. In CONNECT tunnels, 512 KiB moved bytes half as fast again as 128 KiB, as the sockets' own
     * buffers are emptied at once; twice as much was slower, as it does not stay in a core's cache.
     */
    private static final int READ_BYTES = 512 * 1024;

    /** Files of spilled bodies in all. */
    private static final long MAX_SPILL_BYTES = 16L * 1024 * 1024 * 1024;

    /** Connections over the limit that are being told so; further ones are reset. */
    private static final int MAX_REFUSING = 64;

    /** How long a thread for TLS handshakes waits for the next. */
    private static final int BLOCKING_IDLE_SECONDS = 10;

    private final ProxyConfig config;
    private final AtomicInteger refusing = new AtomicInteger();
    private final Reactor reactor;
    private final ProxyContext context;
    private final RequestRouter router;
    private final Destinations destinations;
    private final OwnPages ownPages;
    private final RequestIntake intake;
    private final ThreadPoolExecutor blocking;
    private final Connections connections;
    private final Arrivals arrivals;
    private final TargetGuard guard;
    private final History history;
    private final Sessions sessions = new Sessions();
    private final SessionFeed sessionFeed;
    private final ListenerDispatch listeners;
    private final CaptureOutput output;
    private final BodyBudget budget;
    private final @Nullable SpillFiles spill;
    private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Instant startedAt = Instant.now();
    private final Visits visits = new Visits();

    private ProxyServer(ProxyConfig config) throws IOException {
        this.config = config;
        String name = "capture-proxy-" + INSTANCES.incrementAndGet();
        Capture capture = config.capture();
        Bodies bodies = capture.bodies();
        this.spill = bodies.spillFolder().isPresent()
                ? new SpillFiles(bodies.spillFolder().get(), MAX_SPILL_BYTES, true, name + "-spill")
                : null;
        this.connections = new Connections(config.limits());
        this.blocking = blocking(config.limits().ioThreads(), name);
        this.history = History.create(
                capture.history(),
                this::inFlight,
                System::nanoTime,
                spill == null ? exchange -> {} : SpillFiles::release);
        this.listeners = new ListenerDispatch(capture.listeners(), capture.listenerQueue(), name);
        this.output = new CaptureOutput(history, sessions, listeners, capture.startPaused());
        this.budget = new BodyBudget(bodies.budget());
        this.guard = new TargetGuard(config.access());
        // A head in two parts, and one that grows when it is rewritten, stay within twice the limit.
        int heads = Buffers.HEADROOM + 2 * config.limits().headerBytes();
        Worker.BufferSizes sizes = new Worker.BufferSizes(Math.max(Buffers.HEADROOM + READ_BYTES, heads), heads);
        this.reactor = new Reactor(name, config.limits().ioThreads(), sizes, this::accepted);
        this.arrivals = new Arrivals(config.access().arrival(), reactor, name);
        BodyPolicy policy = new BodyPolicy(
                bodies.selector(),
                new BodyPolicy.Limits(bodies.maxBytes(), bodies.spillThreshold(), bodies.digests()),
                budget,
                spill == null ? null : spill::create);
        Redaction redaction = capture.redaction();
        if (!redaction.isNone()) {
            policy = policy.boundedInMemory(redaction::looksInto, RedactingSink.MAX_BODY);
        }
        reactor.schedule(connections::limitToDescriptors, 0); // asking takes longer than all else that a start does
        this.context = new ProxyContext(
                config,
                reactor,
                new Dialer(config, reactor, guard, name),
                new Recording(RedactingSink.before(output, redaction), policy, capture.webSocketMessages()),
                new Counters(),
                blocking,
                new RuleSet(config.rules().all(), config.rules().maxBodyBytes(), name));
        this.sessionFeed = new SessionFeed(sessions, context.counters().ids::get, this::inFlight, name);
        this.ownPages = new OwnPages(config.tls().orElse(null), config.pages().orElse(null), isReverse());
        this.router = new RequestRouter(new Gate(context), isReverse());
        this.destinations = new Destinations(config.routing());
        this.intake = new RequestIntake(this);
    }

    /**
     * As many threads as do I/O. Each connection has at most one task there, so the queue is bounded by them; what one that
     * has ended leaves there does nothing.
     */
    private static ThreadPoolExecutor blocking(int threads, String name) {
        AtomicInteger made = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, BLOCKING_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-tls-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Starts a proxy.
     *
     * @param config what it is told
     * @return the proxy, listening on all its addresses
     * @throws IOException if an address cannot be bound ({@link ListenFailedException}) or the spill folder not used
     */
    public static ProxyServer start(ProxyConfig config) throws IOException {
        ProxyServer server = new ProxyServer(config);
        try {
            server.listeners.start();
            for (ListenAddress address : config.addresses()) {
                server.listen(address);
            }
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void listen(ListenAddress wanted) throws IOException {
        try {
            InetSocketAddress bound = reactor.listen(wanted.address(), wanted);
            guard.listens(bound);
            addresses.put(wanted.label(), bound);
        } catch (IOException e) {
            throw new ListenFailedException(wanted, e);
        }
    }

    private void accepted(Channel channel, Object listener) throws IOException {
        context.counters().accepted.increment();
        InetSocketAddress address = channel.remoteAddress();
        String label = ((ListenAddress) listener).label();
        visits.accepted(address.getAddress(), label);
        if (!connections.enter(address.getAddress())) {
            context.counters().refused.increment();
            FlightEvents.dropped("connections", 1);
            refuse(channel);
            return;
        }
        ClientInfo client = new ClientInfo(address, CONNECTIONS.incrementAndGet(), label, Optional.empty());
        connections.opened(new ClientConnection(this, channel, client), address.getAddress());
        arrivals.look(channel, client);
    }

    private void refuse(Channel channel) throws IOException {
        if (refusing.incrementAndGet() > MAX_REFUSING) {
            refusing.decrementAndGet();
            channel.reset();
            return;
        }
        channel.send(OwnResponse.error(503, "too many connections are open", "").bytes(true));
        new Farewell(channel, false, config.timeouts().transfer(), refusing::decrementAndGet);
    }

    /**
     * Where it listens.
     *
     * @return the bound addresses by label, in the order in which they were given
     */
    public Map<String, InetSocketAddress> addresses() {
        return Collections.unmodifiableMap(addresses);
    }

    /**
     * What was recorded.
     *
     * @return the store
     */
    public History history() {
        return history;
    }

    /**
     * The sessions that have not ended.
     *
     * @return a copy
     */
    public List<CaptureSession> sessions() {
        return sessions.list();
    }

    /**
     * What a new session hears from.
     *
     * @return the feed
     */
    public SessionFeed sessionFeed() {
        return sessionFeed;
    }

    private List<InFlightExchange> inFlight() {
        return RedactingSink.redacted(connections.inFlight(), config.capture().redaction());
    }

    /**
     * Stops recording what starts from now on, or goes on.
     *
     * @param paused whether to record nothing
     */
    public void setPaused(boolean paused) {
        output.paused(paused);
    }

    /**
     * Tells if recording is paused.
     *
     * @return true if what starts now is not recorded
     */
    public boolean isPaused() {
        return output.isPaused();
    }

    /**
     * What it has counted so far.
     *
     * @return a copy
     */
    public ProxyCounts counts() {
        Counters counters = context.counters();
        return new ProxyCounts(
                counters.accepted.sum(),
                connections.size(),
                counters.refused.sum(),
                counters.silent.sum(),
                counters.tlsToPort.sum(),
                counters.notHttp.sum(),
                output.exchanges(),
                connections.inFlight().size(),
                output.tunnels(),
                counters.openTunnels.get(),
                output.unseen(),
                output.outcomes(),
                output.tally().counts(),
                budget.allCuts(),
                context.recording().bodies().selectorErrors() + (spill == null ? 0 : spill.brokenFiles()),
                counters.clientsGone.sum(),
                context.rules().failures(),
                listeners.counts());
    }

    /**
     * What is known that can explain why a call is not seen.
     *
     * @return as it is at this moment
     */
    public Facts facts() {
        return new Facts(
                addresses(),
                new Facts.Settings(
                        config.tls().isPresent(),
                        config.access().credentials().isPresent(),
                        config.routing().reverseTarget()),
                startedAt,
                closed.get(),
                isPaused(),
                counts(),
                history,
                sessions.glance(),
                visits,
                output.tally());
    }

    /** Ends every connection, thread and file, within the close time limit. A second call does nothing. */
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration limit = config.timeouts().close();
        Deadline end = Deadline.in(limit);
        boolean interrupted = false;
        try {
            if (!reactor.close(end.left())) {
                log().warn("closing the proxy: a thread that does I/O has not ended within {} ms", limit.toMillis());
            }
            context.dialer().close(end.left().toMillis());
            blocking.shutdownNow();
            blocking.awaitTermination(end.left().toMillis(), TimeUnit.MILLISECONDS);
            context.rules().close(end.left().toMillis());
            if (!arrivals.close(end.left().toMillis())) {
                log().warn(
                                "closing the proxy: a look at a client's arrival has not returned within {} ms",
                                limit.toMillis());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        Consumer<Deadline> finished = sessions.finish(); // they filter and write while the listeners end
        if (!listeners.close(end.left())) {
            log().warn("closing the proxy: a listener has not returned within {} ms", limit.toMillis());
        }
        finished.accept(end);
        if (spill != null && !spill.close(end.left())) {
            log().warn("closing the proxy: captured bodies were not all written within {} ms", limit.toMillis());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public ProxyContext proxy() {
        return context;
    }

    @Override
    public RequestRouter router() {
        return router;
    }

    @Override
    public OwnPages ownPages() {
        return ownPages;
    }

    @Override
    public Destinations destinations() {
        return destinations;
    }

    @Override
    public RequestIntake intake() {
        return intake;
    }

    @Override
    public boolean isReverse() {
        return config.routing().reverseTarget().isPresent();
    }

    @Override
    public void handedOver(ClientConnection connection, LongFunction<List<InFlightExchange>> view) {
        connections.handedOver(connection, view);
    }

    @Override
    public void connectionClosed(ClientConnection connection) {
        connections.closed(connection);
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(ProxyServer.class);
    }
}
