package io.github.captureproxy.internal.session;

import io.github.captureproxy.exchange.InFlightExchange;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What sessions of one proxy hear from.
 *
 * @param sessions those that run
 * @param lastId the id of the last request that came in
 * @param inFlight what has not ended yet
 * @param threadName the beginning of their threads' names
 */
public record SessionFeed(
        Sessions sessions, LongSupplier lastId, Supplier<List<InFlightExchange>> inFlight, String threadName) {}
