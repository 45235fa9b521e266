package io.github.captureproxy.internal.config;

import java.net.InetSocketAddress;

/**
 * An address to listen on.
 *
 * @param label what exchanges that come in there carry
 * @param address the address; port 0 picks a free one
 * @param clientsFromElsewhere true if who comes in there counts as a client on another machine, whatever its address
 */
public record ListenAddress(String label, InetSocketAddress address, boolean clientsFromElsewhere) {}
