package io.github.captureproxy.internal.rules;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.rules.RuleAction;
import io.github.captureproxy.rules.TrafficRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A proxy's rules, and the threads on which the program's functions in them run. Safe for any thread. */
public final class RuleSet {
    /** A function that sleeps or calls another service holds one; few, as most rules need none. */
    private static final int THREADS = 4;

    /** Calls that wait for a thread; past it an exchange fails with 503. */
    private static final int MAX_WAITING = 1_000;

    private static final int IDLE_SECONDS = 10;

    private final List<TrafficRule> rules;
    private final int maxBodyBytes;
    private final ThreadPoolExecutor threads;
    private final LongAdder failures = new LongAdder();

    /**
     * Makes a set; it has no threads before a function is to be run.
     *
     * @param rules the rules in order
     * @param maxBodyBytes how much of a body is held for a rule that needs it whole
     * @param name the proxy's, for the threads
     */
    public RuleSet(List<TrafficRule> rules, int maxBodyBytes, String name) {
        this.rules = List.copyOf(rules);
        this.maxBodyBytes = maxBodyBytes;
        AtomicInteger made = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, name + "-rules-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Tells if there are none.
     *
     * @return true if nothing of the traffic is to be looked at
     */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * How much of a body is held for a rule that needs it whole.
     *
     * @return bytes
     */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /**
     * The rules that may be for a request.
     *
     * @param head its head
     * @return the rules in order, up to one that is known to settle it
     */
    public List<TrafficRule> candidates(CapturedRequest head) {
        List<TrafficRule> found = new ArrayList<>();
        for (TrafficRule rule : rules) {
            boolean surely = rule.matcher().matchesAtOnce(head).orElse(false);
            if (surely || rule.matcher().matchesAtOnce(head).isEmpty()) {
                found.add(rule);
            }
            if (surely && Verdict.settles(rule)) {
                break;
            }
        }
        return found;
    }

    /**
     * Tells if rules see to every request for an origin, so that it need not be there.
     *
     * @param origin the origin
     * @return true if one that settles or redirects requests is for all of them
     */
    public boolean standInFor(HttpOrigin origin) {
        return rules.stream()
                .anyMatch(rule -> rule.matcher().matchesOrigin(origin).orElse(false)
                        && rule.actions().stream().anyMatch(RuleSet::needsNoOrigin));
    }

    private static boolean needsNoOrigin(RuleAction action) {
        return action instanceof RuleAction.Redirect
                || action instanceof RuleAction.Final && !(action instanceof RuleAction.Pass);
    }

    /**
     * Runs something that has a program's functions in it.
     *
     * @param task what to run
     * @return cancels it
     * @throws RejectedExecutionException if too much waits already, or the proxy is closing
     */
    public Future<?> run(Runnable task) {
        return threads.submit(task);
    }

    /** Notes that a function has failed, or taken too long. */
    public void failed() {
        failures.increment();
    }

    /**
     * How many functions have failed, or taken too long.
     *
     * @return the count since the start
     */
    public long failures() {
        return failures.sum();
    }

    /**
     * Ends the threads; one that is in a function is interrupted.
     *
     * @param millis how long to wait for them
     * @throws InterruptedException if the caller was interrupted meanwhile
     */
    public void close(long millis) throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
