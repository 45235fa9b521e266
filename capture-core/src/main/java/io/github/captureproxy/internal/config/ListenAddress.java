package io.github.captureproxy.internal.config;

import java.net.InetSocketAddress;

/**
 * An address to listen on.
 *
 * @param label what exchanges that come in there carry
 * @param address the address; port 0 picks a free one
 */
public record ListenAddress(String label, InetSocketAddress address) {}
