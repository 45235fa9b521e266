package io.github.captureproxy.junit;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.spi.TlsInterceptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an extension was told.
 *
 * @param tls looks inside HTTPS, if anything does
 * @param proxy what each proxy is told besides
 * @param allowedHosts the hosts that may be called; empty for all
 * @param passThroughAllowed true if HTTPS may pass unseen
 * @param har true if a failed test leaves a HAR file
 * @param harFolder where to, unless the build's reports have a place
 * @param injection true if parameters are injected
 * @param output takes what is printed of a failed test
 */
record ExtensionOptions(
        Optional<TlsInterceptor> tls,
        List<Consumer<CaptureProxyBuilder>> proxy,
        List<HostRule> allowedHosts,
        boolean passThroughAllowed,
        boolean har,
        Optional<Path> harFolder,
        boolean injection,
        Consumer<String> output) {
    /** Copies the lists. */
    ExtensionOptions {
        proxy = List.copyOf(proxy);
        allowedHosts = List.copyOf(allowedHosts);
    }
}
