package io.github.captureproxy.assertj;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.History;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on all that was captured. A failure shows the exchanges that come nearest and what differs in them, all that
 * was captured, what is in flight, the tunnels and why they were relayed, and how much limits made the history forget;
 * without queries, field values and bodies.
 */
public class HistoryAssert extends AbstractAssert<HistoryAssert, History> {
    /**
     * Begins assertions.
     *
     * @param actual the history
     */
    public HistoryAssert(@Nullable History actual) {
        super(actual, HistoryAssert.class);
    }

    /**
     * At least one exchange matches.
     *
     * @param filter which is meant
     * @return this
     */
    public HistoryAssert hasExchange(ExchangeFilter filter) {
        return atLeast(1, filter);
    }

    /**
     * So many exchanges match, no more and no less.
     *
     * @param times how many, 0 or more
     * @param filter which are meant
     * @return this
     */
    public HistoryAssert exactly(int times, ExchangeFilter filter) {
        int found = count(filter);
        return check(found == times, "expected " + exchanges(times), found, filter);
    }

    /**
     * So many exchanges match, or more.
     *
     * @param times how many at least
     * @param filter which are meant
     * @return this
     */
    public HistoryAssert atLeast(int times, ExchangeFilter filter) {
        int found = count(filter);
        return check(found >= times, "expected at least " + exchanges(times), found, filter);
    }

    /**
     * So many exchanges match, or fewer.
     *
     * @param times how many at most
     * @param filter which are meant
     * @return this
     */
    public HistoryAssert atMost(int times, ExchangeFilter filter) {
        int found = count(filter);
        return check(found <= times, "expected at most " + exchanges(times), found, filter);
    }

    /**
     * No exchange matches. What an app does on threads of its own may still come: {@link #awaitIdle} waits for it.
     *
     * @param filter which are not to be there
     * @return this
     */
    public HistoryAssert never(ExchangeFilter filter) {
        return exactly(0, filter);
    }

    /**
     * Exchanges match one after the other, in the order in which their requests came in; others may come in between.
     *
     * @param filters which is meant first, second, and so on; two or more
     * @return this
     * @throws IllegalArgumentException if there are fewer
     */
    public HistoryAssert inOrder(ExchangeFilter... filters) {
        if (filters.length < 2) {
            throw new IllegalArgumentException(
                    "inOrder with fewer than two filters: give those that follow each other");
        }
        List<Exchange> begun = history().stream()
                .sorted(Comparator.comparingLong(Exchange::id))
                .toList();
        StringBuilder before = new StringBuilder();
        int next = 0;
        for (ExchangeFilter filter : filters) {
            while (next < begun.size() && !filter.matches(begun.get(next))) {
                next++;
            }
            if (next == begun.size()) {
                String after = before.isEmpty() ? "no exchange" : "after" + before + "\nno exchange";
                throw failure("%s", history().explain(filter, after + " matches"));
            }
            before.append("\n    ").append(begun.get(next++));
        }
        return this;
    }

    /**
     * One exchange matches, no more and no less, and is asserted on from here.
     *
     * @param filter which is meant
     * @return the assertions on it, which describe themselves as these do
     */
    public ExchangeAssert single(ExchangeFilter filter) {
        List<Exchange> found = history().find(filter);
        check(found.size() == 1, "expected " + exchanges(1), found.size(), filter);
        return on(found.get(0));
    }

    /**
     * An exchange matches, now or within a time, and is asserted on from here. Woken when one is added, without polling.
     *
     * @param filter which is meant; the oldest that matches is taken
     * @param timeout how long to wait at most; zero or less only looks
     * @return the assertions on it, which describe themselves as these do
     */
    public ExchangeAssert await(ExchangeFilter filter, Duration timeout) {
        try {
            return on(history().await(filter, timeout));
        } catch (TimeoutException e) {
            throw failure("%s", e.getMessage());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * Traffic ceases within a time: nothing has been in flight or was added for a while, from now on. See {@link
     * History#awaitIdle} for what counts.
     *
     * @param quiet how long nothing may happen; zero waits for what is in flight alone
     * @param timeout how long to wait at most, no less than {@code quiet}
     * @return this
     */
    public HistoryAssert awaitIdle(Duration quiet, Duration timeout) {
        try {
            history().awaitIdle(quiet, timeout);
            return this;
        } catch (TimeoutException e) {
            throw failure("%s", e.getMessage());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /**
     * No exchange is held.
     *
     * @return this
     */
    public HistoryAssert isEmpty() {
        return hasSize(0);
    }

    /**
     * So many exchanges are held.
     *
     * @param size how many
     * @return this
     */
    public HistoryAssert hasSize(int size) {
        int held = history().size();
        if (held != size) {
            throw failure("%s", history().explain("expected " + exchanges(size) + ", but there are " + held));
        }
        return this;
    }

    private History history() {
        isNotNull();
        return actual;
    }

    private int count(ExchangeFilter filter) {
        return history().find(filter).size();
    }

    private HistoryAssert check(boolean holds, String expected, int found, ExchangeFilter filter) {
        if (!holds) {
            String finding = found == 0 ? "none matches" : found == 1 ? "1 matches" : found + " match";
            throw failure("%s", history().explain(filter, expected + ", but " + finding));
        }
        return this;
    }

    private static String exchanges(int times) {
        return times == 0 ? "no exchange" : times == 1 ? "one exchange" : times + " exchanges";
    }

    private ExchangeAssert on(Exchange exchange) {
        return new ExchangeAssert(exchange).as(descriptionText());
    }

    private AssertionError interrupted() {
        Thread.currentThread().interrupt();
        return failure("the test's thread was interrupted while it waited");
    }
}
