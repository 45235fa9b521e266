package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.GrpcCall;
import io.github.captureproxy.history.ExchangeFilter;

/** What is worked out of an exchange once, as bits of one number. */
final class Marks {
    static final int TUNNELLED = 1;
    static final int MEDIA = 2;
    static final int API = 4;
    static final int PREFLIGHT = 8;
    static final int GRPC = 16;
    /** It sends or sets cookies; exchanges that an earlier version wrote have no such mark. */
    static final int COOKIES = 32;
    /** A gRPC call whose status is not OK, whatever HTTP's is. */
    static final int GRPC_FAILED = 64;

    private static final ExchangeFilter IS_MEDIA = ExchangeFilter.withoutMedia().not();
    private static final ExchangeFilter IS_API = ExchangeFilter.apiCalls();
    private static final ExchangeFilter IS_PREFLIGHT =
            ExchangeFilter.withoutPreflights().not();

    private Marks() {}

    static int of(Exchange exchange) {
        return (exchange.tunnelId().isPresent() ? TUNNELLED : 0)
                | (IS_MEDIA.matches(exchange) ? MEDIA : 0)
                | (IS_API.matches(exchange) ? API : 0)
                | (IS_PREFLIGHT.matches(exchange) ? PREFLIGHT : 0)
                | (exchange.grpc().isPresent() ? GRPC : 0)
                | (exchange.grpc().filter(Marks::isFailure).isPresent() ? GRPC_FAILED : 0)
                | (hasCookies(exchange) ? COOKIES : 0);
    }

    static boolean isFailure(GrpcCall call) {
        return call.status().orElse(0) != 0;
    }

    private static boolean hasCookies(Exchange exchange) {
        return exchange.request().headers().has("cookie")
                || exchange.response()
                        .filter(response -> response.headers().has("set-cookie"))
                        .isPresent();
    }
}
