package io.github.captureproxy.assertj;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.History;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ's soft assertions, with those on captured traffic: all are looked at, and the failures of all reported
 * together. {@code SoftAssertionsExtension} injects it. Those that lead to another assertion ({@link
 * HistoryAssert#single}, {@link HistoryAssert#await}) give null where they fail: begin a new {@code assertThat} there.
 */
public class CaptureSoftAssertions extends SoftAssertions {
    /** Begins a group of assertions. */
    public CaptureSoftAssertions() {}

    /**
     * Asserts on all that was captured.
     *
     * @param actual a history, such as that of a proxy
     * @return its assertions
     */
    public HistoryAssert assertThat(@Nullable History actual) {
        return proxy(HistoryAssert.class, History.class, actual);
    }

    /**
     * Asserts on one exchange.
     *
     * @param actual an exchange
     * @return its assertions
     */
    public ExchangeAssert assertThat(@Nullable Exchange actual) {
        return proxy(ExchangeAssert.class, Exchange.class, actual);
    }
}
