package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.internal.io.Channel;
import io.github.captureproxy.internal.io.Reactor;
import io.github.captureproxy.spi.ClientArrival;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * Has a program look at each client before anything is read from its connection. Each connection has one task at most, so
 * the queue is bounded by them. Safe for any thread.
 */
final class Arrivals {
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 10;

    /** Longer than going through all processes of a machine takes, and less than a person waits for. */
    private static final int MAX_WAIT_MILLIS = 250;

    private final Optional<ClientArrival> arrival;
    private final Reactor reactor;
    private final ThreadPoolExecutor threads;
    private final AtomicBoolean failed = new AtomicBoolean();

    Arrivals(Optional<ClientArrival> arrival, Reactor reactor, String name) {
        this.arrival = arrival;
        this.reactor = reactor;
        AtomicInteger made = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-arrival-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** To be called on the channel's thread, before anything is read. */
    void look(Channel channel, ClientInfo client) {
        arrival.ifPresent(hook -> {
            channel.reading(false);
            AtomicBoolean waits = new AtomicBoolean(true);
            Runnable goOn = () -> {
                if (waits.compareAndSet(true, false)) {
                    channel.execute(() -> channel.reading(true));
                }
            };
            Runnable noLimit = reactor.schedule(goOn, MAX_WAIT_MILLIS);
            threads.execute(() -> {
                if (waits.get()) {
                    call(hook, client);
                    noLimit.run();
                    goOn.run();
                }
            });
        });
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

    /** Interrupts what still runs; to be called when no connection comes in any more. */
    void close(long millis) throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
