package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.HttpOrigin;
import java.util.Optional;

/**
 * Picks the proxy that a request is sent on through. Called for each new route on a thread that does I/O: it must not
 * block.
 */
@FunctionalInterface
public interface UpstreamSelector {
    /**
     * Picks.
     *
     * @param target where the request goes; a CONNECT tunnel has the scheme {@code https}
     * @return the proxy, or empty to connect to the target itself
     */
    Optional<UpstreamProxy> select(HttpOrigin target);

    /**
     * No upstream proxy for any target.
     *
     * @return a selector that never picks one
     */
    static UpstreamSelector direct() {
        return target -> Optional.empty();
    }
}
