package io.github.captureproxy.replay;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.spi.UpstreamSelector;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How requests get to origins.
 *
 * @param tls whom to trust at https origins; null for the JVM's default
 * @param upstream the proxies to send them through
 * @param timeout the most time that an exchange takes
 */
record Way(@Nullable SSLContext tls, UpstreamSelector upstream, Duration timeout) {
    static final Way DEFAULT = new Way(null, UpstreamSelector.direct(), Duration.ofSeconds(30));

    Way withTls(SSLContext context) {
        return new Way(context, upstream, timeout);
    }

    Way withUpstream(UpstreamSelector selector) {
        return new Way(tls, selector, timeout);
    }

    Way withTimeout(Duration limit) {
        return new Way(tls, upstream, limit);
    }

    /** Has a proxy go this way to an origin. */
    CaptureProxyBuilder to(HttpOrigin origin, CaptureProxyBuilder builder) {
        URI uri = URI.create(origin.toString());
        return (tls == null ? builder.forwardTo(uri) : builder.forwardTo(uri, tls))
                .upstream(upstream)
                .connectTimeout(timeout)
                .firstByteTimeout(timeout)
                .transferTimeout(timeout);
    }
}
