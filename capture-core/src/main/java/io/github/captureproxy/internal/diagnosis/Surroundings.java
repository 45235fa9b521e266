package io.github.captureproxy.internal.diagnosis;

import io.github.captureproxy.internal.address.AddressLiteral;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What clients go by that are not told of a proxy themselves.
 *
 * @param properties the system properties
 * @param variables the environment
 * @param selector the default selector; null if there is none
 */
public record Surroundings(
        Properties properties,
        Map<String, String> variables,
        @Nullable ProxySelector selector) {
    /**
     * Those of this JVM.
     *
     * @return the properties themselves, not a copy
     */
    public static Surroundings here() {
        return new Surroundings(System.getProperties(), System.getenv(), ProxySelector.getDefault());
    }

    Optional<String> property(String name) {
        return Optional.ofNullable(properties.getProperty(name));
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** Where a client goes that asks the default selector. */
    Way way(URI target) {
        ProxySelector asked = selector;
        if (asked == null) {
            return Way.DIRECT;
        }
        try {
            @Nullable List<Proxy> proxies = asked.select(target);
            return proxies == null || proxies.isEmpty() ? Way.DIRECT : Way.of(proxies.get(0));
        } catch (RuntimeException e) { // a selector of the program's own, whose fault this is
            return new Way(
                    Optional.empty(),
                    "an error of the selector: " + e.getClass().getName());
        }
    }

    /**
     * Where a selector leads.
     *
     * @param proxy the HTTP proxy, if it is one
     * @param shown in words
     */
    record Way(Optional<InetSocketAddress> proxy, String shown) {
        static final Way DIRECT = new Way(Optional.empty(), "straight to the server");

        static Way of(Proxy proxy) {
            if (proxy.type() == Proxy.Type.DIRECT) {
                return DIRECT;
            }
            if (proxy.type() == Proxy.Type.HTTP && proxy.address() instanceof InetSocketAddress address) {
                return new Way(Optional.of(address), "the proxy " + address.getHostString() + ":" + address.getPort());
            }
            return new Way(Optional.empty(), "the SOCKS proxy " + proxy.address());
        }

        boolean isDirect() {
            return this.equals(DIRECT);
        }

        boolean leadsTo(Facts facts) {
            return proxy.isPresent()
                    && leadsTo(facts, proxy.get().getHostString(), proxy.get().getPort());
        }

        /** The port tells, for a name need not be resolved to be ours; an address literal that is not tells too. */
        static boolean leadsTo(Facts facts, String host, int port) {
            return facts.addresses().values().stream().anyMatch(bound -> bound.getPort() == port && isOwn(bound, host));
        }

        private static boolean isOwn(InetSocketAddress bound, String host) {
            return AddressLiteral.parse(host)
                    .map(address -> address.equals(bound.getAddress())
                            || bound.getAddress().isAnyLocalAddress()
                            || bound.getAddress().isLoopbackAddress() && address.isLoopbackAddress())
                    .orElse(true);
        }
    }
}
