package io.github.captureproxy.tls.internal.memory;

import java.time.Duration;

/**
 * How long things are remembered.
 *
 * @param trust that a client trusts the authority
 * @param strong that a client rejected a certificate by an alert, and what is as sure
 * @param weak that a client rejected one by leaving
 * @param origin what was found wrong with an origin
 */
public record Lifetimes(Duration trust, Duration strong, Duration weak, Duration origin) {
    /** A day for what was said, ten minutes for what was guessed, a minute for origins. */
    public static final Lifetimes DEFAULT =
            new Lifetimes(Duration.ofHours(24), Duration.ofHours(24), Duration.ofMinutes(10), Duration.ofMinutes(1));
}
