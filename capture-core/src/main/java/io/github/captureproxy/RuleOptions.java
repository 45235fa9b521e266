package io.github.captureproxy;

import io.github.captureproxy.internal.config.Rules;
import io.github.captureproxy.rules.TrafficRule;
import java.util.ArrayList;
import java.util.List;

/** What changes the traffic, as the builder collects it. */
final class RuleOptions {
    private static final long MIB = 1 << 20;
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** What an array in the heap holds. */
    private static final long MAX = Integer.MAX_VALUE - 8;

    final List<TrafficRule> all = new ArrayList<>();

    /** Whole pages and API messages; an exchange holds at most two at once. */
    final NumberOption maxBodyBytes =
            NumberOption.named("maxRuleBodyBytes", "bytes").within(0, MAX, Math.min(8 * MIB, HEAP / 16));

    Rules build(Problems problems) {
        return new Rules(all, maxBodyBytes.checkedInt(problems));
    }
}
