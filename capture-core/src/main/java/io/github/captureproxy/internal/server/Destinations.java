package io.github.captureproxy.internal.server;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.config.Routing;
import io.github.captureproxy.internal.forward.Destination;
import io.github.captureproxy.internal.forward.ReverseTls;
import io.github.captureproxy.spi.UpstreamProxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Finds where a request goes. */
final class Destinations {
    /** Origins whose destinations are kept, near enough: two that fall on one place take turns. */
    private static final int KEPT = 64;

    private final Routing routing;
    private volatile @Nullable Destination reverse;

    /** Made once, and shared by all exchanges with an origin: History has them thousands of times. */
    private final AtomicReferenceArray<@Nullable Destination> latest = new AtomicReferenceArray<>(KEPT);

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
        Optional<UpstreamProxy> upstream = routing.upstream().select(origin);
        int place = Math.floorMod(origin.hashCode(), KEPT);
        Destination known = latest.getAcquire(place);
        if (known != null && known.origin().equals(origin) && known.upstream().equals(upstream)) {
            return known;
        }
        Destination made = Destination.of(origin, upstream);
        latest.setRelease(place, made);
        return made;
    }
}
