package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.config.Routing;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ReverseTls;
import org.jspecify.annotations.Nullable;

/** Finds where a request goes. */
final class Destinations {
    private final Routing routing;
    private volatile @Nullable Destination reverse;

    Destinations(Routing routing) {
        this.routing = routing;
    }

    /**
     * The destination of a request; null if it names none and there is no fixed one. Throws what the selector throws.
     */
    @Nullable
    Destination of(RequestPlan plan) {
        if (routing.reverseTarget().isPresent() && !plan.isConnect()) {
            Destination known = reverse;
            if (known == null) {
                known = reverse(routing.reverseTarget().get());
                reverse = known;
            }
            return known;
        }
        HttpOrigin origin = plan.origin();
        return origin == null ? null : select(origin);
    }

    private Destination reverse(HttpOrigin target) {
        Destination plain = select(target).asConfigured();
        return routing.reverseTls()
                .map(tls -> plain.insideTls(new ReverseTls(target, tls)))
                .orElse(plain);
    }

    private Destination select(HttpOrigin origin) {
        return Destination.of(origin, routing.upstream().select(origin));
    }
}
