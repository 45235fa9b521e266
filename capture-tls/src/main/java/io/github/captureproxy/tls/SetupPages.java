package io.github.captureproxy.tls;

import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.tls.internal.pages.OwnPages;
import java.util.Optional;

/**
 * The pages for setting devices up, for a proxy that doesn't look inside HTTPS: the steps by which a device uses the
 * proxy, and the automatic configuration {@code proxy.pac}. They go to the builder's {@code ownPages}. A proxy with a
 * {@link TlsInterception} has these pages anyway, with the steps for its authority. Immutable, safe for any thread.
 */
public final class SetupPages implements OwnPage.Source {
    private final OwnPages pages = new OwnPages();

    private SetupPages() {}

    /**
     * The pages of a proxy without an authority.
     *
     * @return the pages
     */
    public static SetupPages withoutAuthority() {
        return new SetupPages();
    }

    @Override
    public Optional<OwnPage> page(OwnPage.Request request) {
        return pages.page(request);
    }
}
