package io.github.captureproxy.internal.config;

import io.github.captureproxy.rules.TrafficRule;
import java.util.List;

/**
 * What changes the traffic.
 *
 * @param all the rules in order
 * @param maxBodyBytes how much of a body is held for a rule that needs it whole
 */
public record Rules(List<TrafficRule> all, int maxBodyBytes) {
    /** Copies the list. */
    public Rules {
        all = List.copyOf(all);
    }
}
