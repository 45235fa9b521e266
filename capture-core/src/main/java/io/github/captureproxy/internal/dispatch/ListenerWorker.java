package io.github.captureproxy.internal.dispatch;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.exchange.ServerSentEvent;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.exchange.WebSocketMessage;
import io.github.captureproxy.history.ListenerCounts;
import io.github.captureproxy.history.Weight;
import io.github.captureproxy.internal.jfr.FlightEvents;
import io.github.captureproxy.spi.ExchangeListener;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One listener with its queue and its thread.
 *
 * <p>Waking a thread for each delivery would cost the reactor more than all else here. So while deliveries come, the
 * thread empties the queue and naps for some milliseconds, unasked: longer while each nap brings something, as a nap costs
 * as much as it takes to deliver a dozen times. A producer wakes it from a nap only where the queue is more than half full,
 * and from the sleep that follows some naps in vain, always.
 */
final class ListenerWorker implements Runnable {
    /** In the names of Mockito's classes, which hear of a method without having one. */
    private static final String MOCK = "$MockitoMock$";

    /** The first nap behind a delivery. */
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The longest nap, in first ones: short for a person who waits, long enough to hand over dozens at once. */
    private static final int LONGEST_NAP = 16;

    /** Where there is something to do already: at most a producer has to fill the slot that it has claimed. */
    private static final long SHORTEST_NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Naps in vain before the thread sleeps: bridges the gaps in steady traffic of 100 exchanges a second. */
    private static final int NAPS_BEFORE_SLEEP = 10;

    /** What waits for a slow listener may weigh so much, as History has let it go by then; less in a small heap. */
    static final long MAX_QUEUED_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final AtomicLong queuedBytes = new AtomicLong();
    private final ExchangeListener listener;
    private final long firstNapNanos;
    private final DeliveryQueue queue;
    private final Thread thread;
    private final Failures failures;
    private final AtomicReference<Rest> rest = new AtomicReference<>(Rest.NONE);
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile State state = State.NEW;

    ListenerWorker(ExchangeListener listener, int queueCapacity, String threadName) {
        this(listener, queueCapacity, threadName, NAP_NANOS);
    }

    /** For tests: naps as long as they like. */
    ListenerWorker(ExchangeListener listener, int queueCapacity, String threadName, long firstNapNanos) {
        this.listener = listener;
        this.firstNapNanos = firstNapNanos;
        this.queue = new DeliveryQueue(queueCapacity);
        this.failures = new Failures(listener.getClass().getName());
        this.thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    /** Tells if the listener's class has a method of its own instead of the interface's default. */
    boolean overrides(String method, Class<?>... parameters) {
        try {
            Class<?> type = listener.getClass();
            return type.getMethod(method, parameters).getDeclaringClass() != ExchangeListener.class
                    || type.getName().contains(MOCK);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("a listener without " + method, e);
        }
    }

    void start() {
        if (!move(State.NEW, State.RUNNING)) {
            throw new IllegalStateException("the listeners were started before");
        }
        thread.start();
    }

    /** Queues a delivery of some weight, or counts it as dropped. For any thread. */
    void offer(Object delivery, int weight) {
        long bytes = queuedBytes.addAndGet(weight);
        if (bytes - weight > MAX_QUEUED_BYTES || state.isOver() || !queue.offer(delivery, weight)) {
            queuedBytes.addAndGet(-weight);
            refused.incrementAndGet();
            FlightEvents.dropped(listener.getClass().getName(), 1);
            return;
        }
        // The queue's tail moved before this read; the thread says that it rests before it looks at the tail. One sees
        // the other, so no delivery is slept through, and no queue that is half full.
        Rest now = rest.get();
        if (now == Rest.SLEEP || now == Rest.NAP && isHalfFull(bytes)) {
            wake();
        }
    }

    private boolean isHalfFull(long bytes) {
        return bytes > MAX_QUEUED_BYTES / 2 || queue.size() > queue.capacity() / 2;
    }

    /** What a delivery takes up while it waits, in bytes. */
    static int weight(Object delivery) {
        return (int) Math.min(Integer.MAX_VALUE, bytes(delivery));
    }

    private static long bytes(Object delivery) {
        if (delivery instanceof Exchange exchange) {
            return Weight.of(exchange);
        }
        if (delivery instanceof EventOf eventOf) {
            ServerSentEvent event = eventOf.event();
            return Weight.OF_EACH
                    + 2L
                            * (event.data().length()
                                    + event.type().length()
                                    + event.lastEventId().length());
        }
        return delivery instanceof MessageOf messageOf
                ? Weight.OF_EACH + messageOf.message().payloadSize()
                : Weight.OF_EACH;
    }

    /** Asks the thread to deliver what waits, and then to end. */
    void finish() {
        if (!move(State.NEW, State.ENDED)) {
            move(State.RUNNING, State.FINISHING);
        }
        wake();
    }

    /** Has the thread deliver no more, and interrupts the call that it is in. */
    void giveUp() {
        if (move(State.FINISHING, State.GIVEN_UP) && Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }

    /** Waits for the thread to end; false if this thread was interrupted. */
    boolean join(Deadline deadline) {
        if (Thread.currentThread() == thread || state == State.NEW) {
            return true;
        }
        try {
            deadline.join(thread);
            return true;
        } catch (InterruptedException e) {
            // Whoever closes is in a hurry; close() restores the flag when it is done.
            return false;
        }
    }

    /** Tells if the thread waits for deliveries: what is offered from now on is delivered when a rest ends. */
    boolean isResting() {
        return rest.get() != Rest.NONE;
    }

    boolean isStuck() {
        return thread.isAlive() && Thread.currentThread() != thread;
    }

    ListenerCounts counts() {
        State now = state;
        long left = now == State.GIVEN_UP || now == State.ENDED ? queue.size() : 0;
        return new ListenerCounts(failures.listener(), delivered.get(), refused.get() + left, failures.count());
    }

    @Override
    public void run() {
        try {
            call(Lifecycle.START);
            deliver();
            Thread.interrupted(); // meant for a delivery that was over by then: onClose may have files to flush
            call(Lifecycle.CLOSE);
        } finally {
            end();
        }
    }

    private void deliver() {
        int naps = 0;
        long nap = firstNapNanos;
        boolean again = false;
        while (true) {
            State now = state;
            int count = drain();
            if (count > 0) {
                nap = again ? Math.min(2 * nap, LONGEST_NAP * firstNapNanos) : firstNapNanos;
                naps = 0;
            } else if (now != State.RUNNING) {
                return;
            } else {
                nap = firstNapNanos;
                naps++;
            }
            again = count > 0;
            if (now == State.RUNNING) {
                pause(naps, nap);
            }
        }
    }

    /** Delivers until the queue is empty, and says how many; 0 also if nothing is to be delivered any more. */
    private int drain() {
        int count = 0;
        while (state != State.GIVEN_UP) {
            Object next = queue.poll();
            if (next == null) {
                return count;
            }
            queuedBytes.addAndGet(-queue.takenWeight());
            if (call(next)) {
                delivered.lazySet(delivered.getPlain() + 1);
            }
            count++;
        }
        return 0;
    }

    private void pause(int naps, long nap) {
        boolean sleep = naps >= NAPS_BEFORE_SLEEP;
        rest.set(sleep ? Rest.SLEEP : Rest.NAP);
        if (state == State.RUNNING) { // an end that came before nobody tells of again
            park(sleep, nap);
        }
        rest.set(Rest.NONE);
    }

    private void park(boolean sleep, long nap) {
        if (isHalfFull(queuedBytes.get()) || sleep && queue.size() > 0) {
            LockSupport.parkNanos(this, SHORTEST_NAP_NANOS);
        } else if (sleep) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nap);
        }
    }

    private void wake() {
        if (rest.getAndSet(Rest.NONE) != Rest.NONE) {
            LockSupport.unpark(thread);
        }
    }

    /** Goes on to a state, if the present one is what it has to follow. */
    private synchronized boolean move(State from, State to) {
        boolean follows = state == from;
        if (follows) {
            state = to;
        }
        return follows;
    }

    private synchronized void end() {
        state = State.ENDED;
    }

    /** Calls the listener; false if it threw. */
    private boolean call(Object delivery) {
        try {
            hand(delivery);
            return true;
        } catch (StackOverflowError e) {
            failures.add(delivery, e);
        } catch (VirtualMachineError e) {
            failures.add(delivery, e);
            throw e; // the machine itself is in trouble: this thread is no longer to be trusted
        } catch (Throwable e) {
            failures.add(delivery, e);
        } finally {
            // A flag that a listener left set would turn each nap into a spin.
            Thread.interrupted();
        }
        return false;
    }

    private void hand(Object delivery) {
        if (delivery instanceof Exchange exchange) {
            listener.onExchange(exchange);
        } else if (delivery instanceof InFlightExchange request) {
            listener.onRequest(request);
        } else if (delivery instanceof Tunnel tunnel) {
            listener.onTunnelClosed(tunnel);
        } else if (delivery instanceof TlsFailure failure) {
            listener.onTlsFailure(failure);
        } else if (delivery instanceof MessageOf of) {
            listener.onWebSocketMessage(of.exchangeId(), of.message());
        } else if (delivery instanceof EventOf of) {
            listener.onServerSentEvent(of.exchangeId(), of.event());
        } else if (delivery == Lifecycle.START) {
            listener.onStart();
        } else {
            listener.onClose();
        }
    }

    /** A message with the exchange that it belongs to. */
    record MessageOf(long exchangeId, WebSocketMessage message) {}

    /** An event with the exchange that it belongs to. */
    record EventOf(long exchangeId, ServerSentEvent event) {}

    /** The calls that are not queued. */
    private enum Lifecycle {
        START,
        CLOSE
    }

    /** What the thread does between deliveries. */
    private enum Rest {
        NONE,
        /** For a while. */
        NAP,
        /** Until it is woken. */
        SLEEP
    }

    /** Where a worker is in its life. */
    private enum State {
        NEW,
        RUNNING,
        /** Delivers what waits, takes no more. */
        FINISHING,
        /** Delivers no more. */
        GIVEN_UP,
        ENDED;

        boolean isOver() {
            return this == FINISHING || this == GIVEN_UP || this == ENDED;
        }
    }
}
