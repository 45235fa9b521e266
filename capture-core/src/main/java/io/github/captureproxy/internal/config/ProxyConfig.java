package io.github.captureproxy.internal.config;

import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.spi.TlsInterceptor;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a proxy is told at its start.
 *
 * @param addresses where to listen, at least one
 * @param limits how much of each thing there may be
 * @param timeouts how long to wait
 * @param access who may use it
 * @param routing where requests go
 * @param capture what is kept
 * @param rules what changes the traffic
 * @param tls decides on TLS in tunnels; empty if they are all passed through
 * @param pages makes pages for the proxy's own address, if a program does
 */
public record ProxyConfig(
        List<ListenAddress> addresses,
        Limits limits,
        Timeouts timeouts,
        Access access,
        Routing routing,
        Capture capture,
        Rules rules,
        Optional<TlsInterceptor> tls,
        Optional<OwnPage.Source> pages) {}
