package io.github.captureproxy.internal.dispatch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded first-in-first-out queue for many producers and one consumer. No one ever waits in it: a producer costs one
 * compare-and-set and one store.
 *
 * <p>A producer claims a number by moving {@code tail}, then fills that number's slot. The consumer empties slots in
 * order and then moves {@code head}, which lets producers claim them anew.
 */
final class DeliveryQueue {
    private static final int LARGEST_CAPACITY = 1 << 30;

    private final int capacity;
    private final AtomicReferenceArray<@Nullable Object> slots;
    private final int[] weights;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();
    private int takenWeight;

    /**
     * Makes an empty queue.
     *
     * @param capacity how many elements it holds at most
     */
    DeliveryQueue(int capacity) {
        if (capacity < 1 || capacity > LARGEST_CAPACITY) {
            throw new IllegalArgumentException(
                    "listenerQueueCapacity is " + capacity + ": set it to between 1 and " + LARGEST_CAPACITY);
        }
        this.capacity = capacity;
        int powerOfTwo = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
        this.slots = new AtomicReferenceArray<>(powerOfTwo);
        this.weights = new int[powerOfTwo];
        this.mask = powerOfTwo - 1;
    }

    int capacity() {
        return capacity;
    }

    /**
     * Adds an element; false if the queue is full. For any thread.
     *
     * @param element the element
     * @param weight a number that goes with it, so that the consumer need not touch the element to know it
     */
    boolean offer(Object element, int weight) {
        long number;
        do {
            number = tail.get();
            if (number - head.get() >= capacity) {
                return false;
            }
        } while (!tail.compareAndSet(number, number + 1));
        int slot = (int) number & mask;
        weights[slot] = weight; // seen by whoever sees the element
        slots.setRelease(slot, element);
        return true;
    }

    /** Takes the oldest element; null if there is none, or its producer has not filled its slot yet. Consumer only. */
    @Nullable
    Object poll() {
        long number = head.get();
        int slot = (int) number & mask;
        Object element = slots.getAcquire(slot);
        if (element != null) {
            takenWeight = weights[slot];
            slots.setPlain(slot, null);
            head.setRelease(number + 1);
        }
        return element;
    }

    /** The weight of the element that was taken last. Consumer only. */
    int takenWeight() {
        return takenWeight;
    }

    /** How many elements were claimed and not taken. */
    int size() {
        long taken = head.get();
        return (int) Math.max(0, tail.get() - taken);
    }
}
