package io.github.captureproxy;

import static io.github.captureproxy.Problems.quoted;

import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.address.UriHost;
import io.github.captureproxy.internal.config.HostMap;
import io.github.captureproxy.internal.config.Routing;
import io.github.captureproxy.spi.HostResolver;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.spi.UpstreamSelector;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where requests go, as the builder collects it. */
final class RoutingOptions {
    /** A pseudonym, or a host name and port (RFC 9110 section 7.6.3). */
    private static final Pattern VIA_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+(:[0-9]{1,5})?");

    private final List<Mapping> mappings = new ArrayList<>();

    @Nullable
    URI forwardTo;

    @Nullable
    SSLContext forwardTls;

    @Nullable
    URI upstreamProxy;

    @Nullable
    UpstreamSelector upstream;

    HostResolver resolver = HostResolver.system();

    @Nullable
    String via;

    void map(String target, InetSocketAddress address) {
        mappings.add(new Mapping(target, address.toString(), Optional.of(address)));
    }

    void map(String target, String address) {
        mappings.add(
                new Mapping(target, quoted(address), HostPort.parse(address).map(HostPort::toSocketAddress)));
    }

    Routing build(Problems problems) {
        Optional<HttpOrigin> target = reverseTarget(problems);
        return new Routing(
                target, reverseTls(target, problems), upstream(problems), resolver, hostMap(problems), via(problems));
    }

    private Optional<HttpOrigin> reverseTarget(Problems problems) {
        if (forwardTo == null) {
            return Optional.empty();
        }
        String wrong = wrongTarget(forwardTo);
        if (!wrong.isEmpty()) {
            problems.add("forwardTo", UpstreamProxy.withoutSecrets(forwardTo.toString()), wrong);
            return Optional.empty();
        }
        String scheme = forwardTo.getScheme();
        return UriHost.of(forwardTo).map(host -> host.origin(scheme));
    }

    private Optional<SSLContext> reverseTls(Optional<HttpOrigin> target, Problems problems) {
        if (target.filter(origin -> origin.scheme().equals("https")).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(forwardTls == null ? SSLContext.getDefault() : forwardTls);
        } catch (NoSuchAlgorithmException e) {
            problems.add(
                    "forwardTo", quoted(target.get().toString()), "the JVM's default SSLContext is broken: give one");
            return Optional.empty();
        }
    }

    private static String wrongTarget(URI target) {
        String scheme = Optional.ofNullable(target.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        Optional<UriHost> host = UriHost.of(target);
        if (!scheme.equals("http") && !scheme.equals("https") || host.isEmpty()) {
            return "give an origin, such as http://localhost:8080";
        }
        if (target.getRawUserInfo() != null) {
            return "give it without user and password: the client sends them";
        }
        String path = target.getRawPath();
        if (!path.isEmpty() && !path.equals("/") || target.getRawQuery() != null || target.getRawFragment() != null) {
            return "give it without a path, a query or a fragment: the client's target is sent on as it is";
        }
        int number = host.get().port();
        boolean port = number != 0 && number <= HostPort.MAX_PORT;
        return port ? "" : "give a port of 1 to 65535";
    }

    private UpstreamSelector upstream(Problems problems) {
        if (upstreamProxy == null) {
            return upstream == null ? UpstreamSelector.direct() : upstream;
        }
        String shown = UpstreamProxy.withoutSecrets(upstreamProxy.toString());
        if (upstream != null) {
            problems.add("upstreamProxy", shown, "upstream(...) is given too: choose one of the two");
        }
        try {
            return UpstreamSelector.always(UpstreamProxy.parse(upstreamProxy.toString()));
        } catch (IllegalArgumentException e) {
            problems.add("upstreamProxy", shown, e.getMessage() + "; give http://user:password@host:port");
            return UpstreamSelector.direct();
        }
    }

    private HostMap hostMap(Problems problems) {
        Map<HostMap.Target, InetSocketAddress> addresses = new HashMap<>();
        for (Mapping mapping : mappings) {
            Optional<HostPort> target = HostPort.parse(mapping.target());
            if (target.isEmpty()) {
                problems.add("mapHost", mapping, "give the target as \"host\" or \"host:port\"");
            } else if (mapping.target().indexOf('*') >= 0) {
                problems.add("mapHost", mapping, "name one host, without *; resolver(...) answers for many");
            }
            if (mapping.address().isEmpty()) {
                problems.add("mapHost", mapping, "give the address as \"host\" or \"host:port\"");
            }
            target.ifPresent(found -> mapping.address()
                    .ifPresent(address -> addresses.put(new HostMap.Target(found.host(), found.port()), address)));
        }
        return new HostMap(addresses);
    }

    private Optional<String> via(Problems problems) {
        if (via != null && !VIA_NAME.matcher(via).matches()) {
            problems.add("via", quoted(via), "give letters, digits and dashes, such as \"capture\", or host:port");
        }
        return Optional.ofNullable(via);
    }

    /** A target, and the address that stands in for it if it could be read. */
    private record Mapping(String target, String written, Optional<InetSocketAddress> address) {
        @Override
        public String toString() {
            return quoted(target) + ", " + written;
        }
    }
}
