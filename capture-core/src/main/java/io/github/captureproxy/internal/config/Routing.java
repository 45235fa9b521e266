package io.github.captureproxy.internal.config;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.spi.HostResolver;
import io.github.captureproxy.spi.UpstreamSelector;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where requests go.
 *
 * @param reverseTarget the origin that all requests go to, if the proxy is a reverse proxy
 * @param reverseTls says whom to trust at that origin, if it is reached over TLS
 * @param upstream picks the next proxy
 * @param resolver finds addresses
 * @param hostMap addresses to use in place of a target's own
 * @param via the name to add in a {@code Via} field, if one is wanted
 */
public record Routing(
        Optional<HttpOrigin> reverseTarget,
        Optional<SSLContext> reverseTls,
        UpstreamSelector upstream,
        HostResolver resolver,
        HostMap hostMap,
        Optional<String> via) {}
