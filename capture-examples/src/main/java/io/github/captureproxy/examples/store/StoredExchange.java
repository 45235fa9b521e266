package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Exchange;

/**
 * An exchange with all that is known of it.
 *
 * @param row how it is listed
 * @param exchange the exchange as it was recorded, but for bodies that were cut
 */
public record StoredExchange(Row row, Exchange exchange) {}
