package io.github.captureproxy.history;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;

/** The two messages of an exchange. One that is not there has no fields and no body. */
enum MessageSide {
    REQUEST("request") {
        @Override
        HeaderList headers(Exchange exchange) {
            return exchange.request().headers();
        }

        @Override
        CapturedBody body(Exchange exchange) {
            return exchange.request().body();
        }
    },
    RESPONSE("response") {
        @Override
        HeaderList headers(Exchange exchange) {
            return exchange.response().map(CapturedResponse::headers).orElse(HeaderList.empty());
        }

        @Override
        CapturedBody body(Exchange exchange) {
            return exchange.response().map(CapturedResponse::body).orElse(CapturedBody.empty());
        }
    };

    private final String words;

    MessageSide(String words) {
        this.words = words;
    }

    abstract HeaderList headers(Exchange exchange);

    abstract CapturedBody body(Exchange exchange);

    @Override
    public String toString() {
        return words;
    }
}
