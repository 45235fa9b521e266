package io.github.captureproxy.internal.io;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of the reactor's threads, and what belongs to it alone. */
public final class Worker extends Thread {
    private final int index;
    private final Reactor reactor;
    private final Buffers buffers;
    private final int scratchBytes;
    private byte @Nullable [] scratch;
    private final Map<Class<?>, Object> locals = new HashMap<>();
    private final Deque<Channel> toTell = new ArrayDeque<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private int depth;

    Worker(Reactor reactor, int index, BufferSizes sizes, Runnable task, String name) {
        super(task, name);
        this.reactor = reactor;
        this.index = index;
        this.buffers = new Buffers(sizes.read());
        this.scratchBytes = sizes.scratch();
        setDaemon(true);
    }

    /**
     * The worker that runs the caller.
     *
     * @return the current thread
     */
    public static Worker current() {
        return (Worker) Thread.currentThread();
    }

    /** HttpCore asks for this at the start of each turn of its loop: the first time, it has just become active. */
    @Override
    public boolean isInterrupted() {
        if (Thread.currentThread() == this) {
            begun.countDown();
        }
        return super.isInterrupted();
    }

    /** Waits until HttpCore is active on this thread, so that it will close what it was given. */
    void awaitBegun(long nanos) throws InterruptedException {
        begun.await(nanos, TimeUnit.NANOSECONDS);
    }

    int index() {
        return index;
    }

    boolean belongsTo(Reactor other) {
        return reactor == other;
    }

    void eventBegins() {
        depth++;
    }

    /** Tells the channels that asked for it that the outermost event is over; they may make others ask. */
    void eventEnds() {
        if (depth == 1) {
            Channel channel;
            while ((channel = toTell.poll()) != null) {
                channel.eventEnded();
            }
        }
        depth--;
    }

    void atEventEnd(Channel channel) {
        toTell.add(channel);
    }

    /**
     * Its read buffers.
     *
     * @return the pool; for this thread alone
     */
    public Buffers buffers() {
        return buffers;
    }

    /**
     * Room to write a head in.
     *
     * @return the same array each time; for use within one event on this thread
     */
    public byte[] scratch() {
        byte[] made = scratch;
        if (made == null) {
            made = new byte[scratchBytes];
            scratch = made;
        }
        return made;
    }

    /**
     * What each worker has room for.
     *
     * @param read bytes of a read buffer, the headroom included
     * @param scratch bytes of the room for a head
     */
    public record BufferSizes(int read, int scratch) {}

    /**
     * Something that each worker has one of.
     *
     * @param type its class
     * @param maker makes it at the first call
     * @param <T> its class
     * @return this worker's instance
     */
    public <T> T local(Class<T> type, Supplier<T> maker) {
        return type.cast(locals.computeIfAbsent(type, unused -> maker.get()));
    }
}
