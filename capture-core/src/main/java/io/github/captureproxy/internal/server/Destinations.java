package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.config.Routing;
import io.github.captureproxy.internal.forward.Destination;
import org.jspecify.annotations.Nullable;

/** Finds where a request goes. */
final class Destinations {
    private final Routing routing;
    private final @Nullable Destination reverse;

    Destinations(Routing routing) {
        this.routing = routing;
        this.reverse = routing.reverseTarget().map(this::select).orElse(null);
    }

    /** The destination of a request; null if it names none and there is no fixed one. */
    @Nullable
    Destination of(RequestPlan plan) {
        if (reverse != null && !plan.isConnect()) {
            return reverse;
        }
        HttpOrigin origin = plan.origin();
        return origin == null ? null : select(origin);
    }

    private Destination select(HttpOrigin origin) {
        return Destination.of(origin, routing.upstream().select(origin));
    }
}
