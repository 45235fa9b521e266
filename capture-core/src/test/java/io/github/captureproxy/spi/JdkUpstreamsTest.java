package io.github.captureproxy.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.HttpOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a JDK selector says, as far as HTTP goes. */
class JdkUpstreamsTest {
    private static final Proxy HTTP = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("p.test", 3128));
    private static final Proxy SOCKS = new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("s.test", 1080));

    private final List<URI> asked = new ArrayList<>();

    private UpstreamSelector saying(Proxy... proxies) {
        return UpstreamSelector.of(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(proxies);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // nobody asks again
            }
        });
    }

    private static HttpOrigin target(String host) {
        return new HttpOrigin("https", host, 443);
    }

    @Test
    void takesTheFirstHttpProxy() {
        assertThat(saying(SOCKS, HTTP, Proxy.NO_PROXY).select(target("host.test")))
                .contains(UpstreamProxy.of("p.test", 3128));
    }

    @Test
    void goesDirectWhereThatComesFirst() {
        assertThat(saying(Proxy.NO_PROXY, HTTP).select(target("host.test"))).isEmpty();
    }

    @Test
    void goesDirectWhereThereIsNothingButSocks() {
        assertThat(saying(SOCKS).select(target("host.test"))).isEmpty();
    }

    @Test
    void asksWithAUriOfTheTarget() {
        saying(HTTP).select(target("::1"));
        assertThat(asked).singleElement().satisfies(uri -> {
            assertThat(uri.getScheme()).isEqualTo("https");
            assertThat(uri.getHost()).isEqualTo("[::1]");
        });
    }
}
