package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Tunnel;

/**
 * A tunnel with all that is known of it.
 *
 * @param row how it is listed
 * @param tunnel the tunnel as it was recorded
 */
public record StoredTunnel(Row row, Tunnel tunnel) {}
