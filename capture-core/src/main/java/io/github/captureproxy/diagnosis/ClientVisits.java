package io.github.captureproxy.diagnosis;

import java.net.InetAddress;
import java.time.Instant;

/**
 * The connections of one client address to a proxy.
 *
 * @param address the address
 * @param connections how many were accepted, those that were refused at a limit included
 * @param first when the first one was
 * @param last when the last one was
 */
public record ClientVisits(InetAddress address, long connections, Instant first, Instant last) {}
