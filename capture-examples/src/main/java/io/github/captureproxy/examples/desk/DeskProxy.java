package io.github.captureproxy.examples.desk;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.spi.UpstreamSelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy as settings want it: where it listens, who may use it, and where it sends everything on. */
public final class DeskProxy {
    /** Whoever sits at this machine started the proxy, and may use it. */
    private static final List<String> THIS_MACHINE = List.of("127.0.0.0/8", "::1");

    private DeskProxy() {}

    /**
     * Its builder, for all else that the program wants of it. Most of what is wrong shows when it starts.
     *
     * @param settings the settings
     * @return a new builder
     * @throws IllegalArgumentException if the address of the upstream proxy can't be read; the message holds no secret
     */
    public static CaptureProxyBuilder builder(DeskSettings settings) {
        CaptureProxyBuilder builder =
                CaptureProxy.builder().port(settings.port()).bind(settings.bind());
        if (!settings.allow().isEmpty()) {
            builder.allowClients(Stream.concat(settings.allow().stream(), THIS_MACHINE.stream())
                    .toArray(String[]::new));
        }
        settings.login().ifPresent(login -> {
            int colon = login.indexOf(':');
            builder.credentials(login.substring(0, Math.max(colon, 0)), login.substring(colon + 1));
        });
        upstream(settings).ifPresent(builder::upstream);
        return builder;
    }

    /** Leads everything to the upstream proxy of the settings, if there is one; throws as {@link #builder} does. */
    static Optional<UpstreamSelector> upstream(DeskSettings settings) {
        return settings.upstream().map(UpstreamProxy::parse).map(UpstreamSelector::always);
    }
}
