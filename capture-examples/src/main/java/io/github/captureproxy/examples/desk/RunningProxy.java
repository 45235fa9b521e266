package io.github.captureproxy.examples.desk;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.tls.TlsInterception;
import java.util.Optional;

/**
 * A proxy that runs, and what looks inside HTTPS for it.
 *
 * @param proxy the proxy
 * @param tls looks inside HTTPS, if that is switched on
 */
public record RunningProxy(CaptureProxy proxy, Optional<TlsInterception> tls) implements AutoCloseable {
    @Override
    public void close() {
        proxy.close();
        tls.ifPresent(TlsInterception::close);
    }
}
