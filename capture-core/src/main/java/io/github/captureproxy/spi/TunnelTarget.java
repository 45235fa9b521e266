package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Route;

/**
 * A CONNECT tunnel that a decision is to be made about.
 *
 * @param id the tunnel's id, which its record and its exchanges carry
 * @param client who opened it
 * @param host the host that CONNECT named, in lower case; an IPv6 address without brackets
 * @param port the port that CONNECT named
 * @param route how it is connected
 */
public record TunnelTarget(long id, ClientInfo client, String host, int port, Route route) {}
