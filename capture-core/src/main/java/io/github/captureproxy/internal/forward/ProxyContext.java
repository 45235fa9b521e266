package io.github.captureproxy.internal.forward;

import io.github.captureproxy.internal.config.ProxyConfig;
import io.github.captureproxy.internal.io.Reactor;
import io.github.captureproxy.internal.record.ExchangeRecorder.Recording;
import io.github.captureproxy.internal.rules.RuleSet;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What all connections of a proxy share.
 *
 * @param config what the proxy was told
 * @param reactor does the I/O
 * @param dialer connects
 * @param recording takes what is recorded
 * @param counters counts
 * @param blockingTasks runs what takes time: the arithmetic of TLS handshakes, and the making of certificates
 * @param rules what changes the traffic; empty, as a rule
 */
public record ProxyContext(
        ProxyConfig config,
        Reactor reactor,
        Dialer dialer,
        Recording recording,
        Counters counters,
        Executor blockingTasks,
        RuleSet rules) {
    /**
     * The moment at which a time limit ends.
     *
     * @param limit the limit; zero for none
     * @return a value for {@link io.github.captureproxy.internal.io.Channel#deadline}
     */
    public static long deadline(Duration limit) {
        return limit.isZero() ? 0 : Math.max(1, System.nanoTime() + limit.toNanos());
    }
}
