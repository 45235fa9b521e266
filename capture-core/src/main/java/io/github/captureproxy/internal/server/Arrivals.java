package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Reactor;
import io.github.captureproxy.spi.ClientArrival;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** Has a program look at each client before anything is read from its connection. Safe for any thread. */
final class Arrivals {
    /** Longer than going through all processes of a machine takes, and less than a person waits for. */
    static final int MAX_WAIT_MILLIS = 250;

    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 10;

    /** Connections that wait for a thread; further ones go on at once. */
    private static final int MAX_WAITING = 1_000;

    private final Optional<ClientArrival> arrival;
    private final Reactor reactor;
    private final int maxWaitMillis;
    private final ThreadPoolExecutor threads;
    private final AtomicBoolean failed = new AtomicBoolean();

    Arrivals(Optional<ClientArrival> arrival, Reactor reactor, String name) {
        this(arrival, reactor, name, MAX_WAIT_MILLIS);
    }

    Arrivals(Optional<ClientArrival> arrival, Reactor reactor, String name, int maxWaitMillis) {
        this.arrival = arrival;
        this.reactor = reactor;
        this.maxWaitMillis = maxWaitMillis;
        AtomicInteger made = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, name + "-arrival-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** To be called on the channel's thread, before anything is read. */
    void look(Channel channel, ClientInfo client) {
        if (arrival.isPresent()) {
            channel.reading(false);
            new Look(channel, () -> call(arrival.get(), client)).begin();
        }
    }

    /** One connection's wait, which ends once: when the program has looked, or when that takes too long. */
    private final class Look implements Runnable {
        private final Channel channel;
        private final Runnable call;
        private final AtomicBoolean waits = new AtomicBoolean(true);
        private Runnable stopLimit = () -> {};

        Look(Channel channel, Runnable call) {
            this.channel = channel;
            this.call = call;
        }

        void begin() {
            try {
                stopLimit = reactor.schedule(this::limitPassed, maxWaitMillis);
                threads.execute(this);
            } catch (RejectedExecutionException e) { // too many wait; or the proxy closes, which ends the connection
                goOn();
            }
        }

        @Override
        public void run() {
            if (waits.get()) {
                call.run();
                goOn();
            }
        }

        private void limitPassed() {
            threads.remove(this);
            goOn();
        }

        private void goOn() {
            if (waits.compareAndSet(true, false)) {
                stopLimit.run();
                channel.execute(() -> channel.reading(true));
            }
        }
    }

    private void call(ClientArrival hook, ClientInfo client) {
        try {
            hook.arrived(client);
        } catch (Throwable e) { // traffic goes on whatever a program's own code does
            if (failed.compareAndSet(false, true)) {
                LoggerFactory.getLogger(Arrivals.class).warn("a client's arrival could not be looked at", e);
            }
        }
    }

    /** Interrupts what still runs; to be called when no connection comes in any more. False if it goes on. */
    boolean close(long millis) throws InterruptedException {
        threads.shutdownNow();
        return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
