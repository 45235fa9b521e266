package io.github.captureproxy.internal.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.DefaultListeningIOReactor;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HttpCore's non-blocking reactor: the same threads accept and connect. A connection that is made on a worker's thread
 * stays on that thread, so that both halves of an exchange share one and need no lock.
 */
public final class Reactor {
    /** Connections that may wait to be accepted: 500 clients may come at once. */
    private static final int BACKLOG = 4096;

    /** How often deadlines are looked at. Time limits are seconds and more. */
    private static final long TICK_MILLIS = 100;

    /** How long binding a socket may take before something is wrong with the machine. */
    private static final long BIND_SECONDS = 10;

    private final ReactorKind kind = ReactorKind.present();
    private final DefaultListeningIOReactor reactor;
    private final Acceptor acceptor;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> accepting = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final Map<Channel, Worker> channels = new ConcurrentHashMap<>();
    private final Leavers leavers = new Leavers();
    private final AtomicInteger nextWorker = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer;
    private final Future<?> ticking;
    private volatile boolean closing;

    /** Decides what to do with an accepted connection. */
    public interface Acceptor {
        /**
         * A client has connected. Called on the channel's worker thread.
         *
         * @param channel the connection; its handler is to be set
         * @param listener what was given to {@link Reactor#listen}
         * @throws IOException if the channel breaks at once
         */
        void accepted(Channel channel, Object listener) throws IOException;
    }

    /**
     * Makes a reactor and starts its threads.
     *
     * @param name starts the threads' names
     * @param workers how many threads do I/O; one does with HttpCore before 5.4
     * @param sizes what each worker has room for
     * @param acceptor takes accepted connections
     */
    public Reactor(String name, int workers, Worker.BufferSizes sizes, Acceptor acceptor) {
        this(name, workers, sizes, acceptor, UnaryOperator.identity());
    }

    /** As above; what its workers run is made of what HttpCore has for them. */
    Reactor(String name, int workers, Worker.BufferSizes sizes, Acceptor acceptor, UnaryOperator<Runnable> work) {
        this.acceptor = acceptor;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        int count = kind.workers(workers);
        IOReactorConfig config = IOReactorConfig.custom()
                .setIoThreadCount(count)
                .setTcpNoDelay(true)
                .setSoKeepAlive(true)
                .setSoReuseAddress(true)
                .setBacklogSize(BACKLOG)
                .build();
        AtomicInteger made = new AtomicInteger();
        ReactorKind.Parts parts = new ReactorKind.Parts(
                this::handlerFor,
                config,
                task -> {
                    int index = made.getAndIncrement();
                    Worker worker = new Worker(this, index, sizes, work.apply(task), name + "-io-" + (index + 1));
                    this.workers.add(worker);
                    return remember(worker);
                },
                task -> {
                    Thread thread = daemon(task, name + "-accept");
                    accepting.add(thread);
                    return thread;
                },
                e -> defect("the reactor failed", e));
        this.reactor = kind.make(parts, () -> selectWorker(count));
        reactor.start();
        ticking = timer.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return remember(thread);
    }

    private Thread remember(Thread thread) {
        synchronized (threads) {
            threads.add(thread);
        }
        return thread;
    }

    private int selectWorker(int workers) {
        if (Thread.currentThread() instanceof Worker worker && worker.belongsTo(this)) {
            return worker.index();
        }
        return Math.floorMod(nextWorker.getAndIncrement(), workers);
    }

    /** For a worker's thread: it is the one on which the connection lives. */
    IOEventHandler handlerFor(ProtocolIOSession session, Object attachment) {
        Channel channel = new Channel(this, session, new Unclaimed(attachment));
        channels.put(channel, Worker.current());
        return channel;
    }

    /**
     * Listens on an address.
     *
     * @param address where; port 0 picks a free one
     * @param listener is handed to the acceptor with each connection
     * @return the address that was bound
     * @throws IOException if it cannot be bound
     */
    public InetSocketAddress listen(InetSocketAddress address, Object listener) throws IOException {
        try {
            ListenerEndpoint endpoint = reactor.listen(address, listener, null).get(BIND_SECONDS, TimeUnit.SECONDS);
            return (InetSocketAddress) endpoint.getAddress();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("binding " + address + " took more than " + BIND_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding " + address, e);
        }
    }

    /**
     * Connects; for a worker's thread, on which the connection will live.
     *
     * @param address a resolved address
     * @param timeout how long the attempt may take, to within a second
     * @param callback told of the end, on this thread, once, and never before this method returns
     * @return the attempt
     */
    public Dial connect(InetSocketAddress address, Duration timeout, Dial.Callback callback) {
        Dial dial = new Dial(callback);
        dial.future(reactor.connect(
                new Endpoint(address.getHostString(), address.getPort()),
                address,
                null,
                timeout.isZero() ? Timeout.DISABLED : Timeout.ofMilliseconds(Math.max(1, timeout.toMillis())),
                dial,
                dial));
        return dial;
    }

    /** A name for HttpCore, which wants one beside the address. */
    private record Endpoint(String host, int port) implements NamedEndpoint {
        @Override
        public String getHostName() {
            return host;
        }

        @Override
        public int getPort() {
            return port;
        }
    }

    /**
     * Runs a task later on the timer's thread: it has to be short, and to hand over to a channel what is longer.
     *
     * @param task what to run
     * @param delayMillis when, from now
     * @return cancels it
     */
    public Runnable schedule(Runnable task, long delayMillis) {
        var scheduled = timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    private void tick() {
        long now = System.nanoTime();
        for (Channel channel : channels.keySet()) {
            apart("a deadline failed", () -> channel.checkDeadline(now));
        }
        apart("looking for peers that have left failed", () -> leavers.look(now));
    }

    /** Keeps what fails from all the rest that the timer does, which would never run again. */
    private void apart(String failure, Runnable part) {
        try {
            part.run();
        } catch (Throwable cause) { // an Error here would end all deadlines, too
            defect(failure, cause);
        }
    }

    /** Closes a connection so that its peer meets a reset. On any thread. */
    void reset(IOSession session) {
        kind.reset(session);
    }

    @Nullable
    Thread workerOf(Channel channel) {
        return channels.get(channel);
    }

    /**
     * The open channels.
     *
     * @return a live view
     */
    public Set<Channel> channels() {
        return channels.keySet();
    }

    Leavers leavers() {
        return leavers;
    }

    void opened(Channel channel) throws IOException {
        SocketChannel socket = channel.socket();
        if (socket != null) {
            KeepAlive.time(socket);
        }
        channel.opened(acceptor);
        if (closing) { // which may have gone through the channels before this one was among them
            channel.end();
        }
    }

    void closed(Channel channel) {
        channels.remove(channel);
        leavers.remove(channel);
    }

    /**
     * Logs a defect of the proxy. That a connection can't be opened any more while the reactor is being closed is none.
     *
     * @param what what was being done
     * @param cause what was thrown
     */
    public void defect(String what, Throwable cause) {
        if (!closing || !(cause instanceof IOReactorShutdownException)) {
            log().error("{}: a defect of the proxy", what, cause);
        }
    }

    /**
     * Tells if the reactor is being closed, so that connections end for that reason.
     *
     * @return true from the start of {@link #close} on
     */
    public boolean isClosing() {
        return closing;
    }

    /**
     * Ends everything: listening first, then connections, then threads.
     *
     * @param deadline how long to wait for threads
     * @return true if all threads have ended
     * @throws InterruptedException if the caller was interrupted while waiting
     */
    public boolean close(Duration deadline) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        closing = true;
        ticking.cancel(false);
        timer.shutdownNow();
        try {
            stopAccepting(end);
            letWorkersBegin(end);
            for (Channel channel : channels.keySet()) { // before HttpCore does it, which ends all in an orderly way
                channel.end();
            }
            reactor.initiateShutdown();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            reactor.awaitShutdown(TimeValue.ofMilliseconds(Math.max(1, Math.min(left, deadline.toMillis() / 2))));
        } finally { // for whoever is interrupted, too
            reactor.close(CloseMode.IMMEDIATE);
        }
        boolean all = true;
        synchronized (threads) {
            for (Thread thread : threads) {
                if (thread.getState() != Thread.State.NEW) {
                    all &= joinUntil(thread, end);
                }
            }
        }
        return all;
    }

    /**
     * Apart from, and before, the workers' end: HttpCore forgets a socket that it accepts for a worker that has ended,
     * which leaves it open for ever. An interrupt ends the thread that accepts, between two looks for connections.
     */
    private void stopAccepting(long end) throws InterruptedException {
        for (Thread thread : accepting) {
            thread.interrupt();
            joinUntil(thread, end);
        }
    }

    /** HttpCore forgets, too, what waits for a worker that is told to end before it has begun. */
    private void letWorkersBegin(long end) throws InterruptedException {
        for (Worker worker : workers) {
            worker.awaitBegun(end - System.nanoTime());
        }
    }

    /** True if the thread has ended. */
    private static boolean joinUntil(Thread thread, long end) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        return !thread.isAlive();
    }

    /** Stands in until a channel's owner has claimed it. */
    record Unclaimed(Object attachment) implements ChannelHandler {
        @Override
        public void readable() {
            // nobody reads before the channel has an owner
        }

        @Override
        public void drained() {
            // nobody has written
        }

        @Override
        public void deadlinePassed() {
            // nobody has set one
        }

        @Override
        public void failed(Throwable cause) {
            log().debug("a connection broke as it opened: {}", cause.toString());
        }

        @Override
        public void closed() {
            // nobody to tell
        }
    }

    /** Looked up only when there is something to say, as SLF4J itself prints at its first use where it has no provider. */
    private static Logger log() {
        return LoggerFactory.getLogger(Reactor.class);
    }
}
