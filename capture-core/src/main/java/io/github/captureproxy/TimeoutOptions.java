package io.github.captureproxy;

import io.github.captureproxy.internal.config.Timeouts;
import java.time.Duration;

/** How long the proxy waits, as the builder collects it. */
final class TimeoutOptions {
    final DurationOption head = DurationOption.orNone("headTimeout", Duration.ofSeconds(30));

    // Servers commonly keep an unused connection for 5 to 75 s, and clients for 30 s to 5 min. A proxy that closes one
    // just as a client uses it again breaks a POST that works without the proxy: so longer than servers do.
    final DurationOption idle = DurationOption.orNone("idleTimeout", Duration.ofMinutes(2));

    final DurationOption connect = DurationOption.orNone("connectTimeout", Duration.ofSeconds(15));
    final DurationOption firstByte = DurationOption.orNone("firstByteTimeout", Duration.ofMinutes(10));
    final DurationOption transfer = DurationOption.orNone("transferTimeout", Duration.ofMinutes(5));
    final DurationOption tunnelIdle = DurationOption.orNone("tunnelIdleTimeout", Duration.ofHours(1));
    final DurationOption close = DurationOption.needed("closeTimeout", Duration.ofSeconds(5));

    Timeouts build(Problems problems) {
        return new Timeouts(
                head.checked(problems),
                idle.checked(problems),
                connect.checked(problems),
                firstByte.checked(problems),
                transfer.checked(problems),
                tunnelIdle.checked(problems),
                close.checked(problems));
    }
}
