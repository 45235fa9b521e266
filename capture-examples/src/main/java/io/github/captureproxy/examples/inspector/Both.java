package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.ExchangeListener;

/** Tells two listeners of exchanges, one after the other. */
record Both(ExchangeListener first, ExchangeListener second) implements ExchangeListener {
    @Override
    public void onExchange(Exchange exchange) {
        first.onExchange(exchange);
        second.onExchange(exchange);
    }
}
