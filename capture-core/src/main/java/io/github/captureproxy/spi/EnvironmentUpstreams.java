package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.HttpOrigin;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The upstream proxies that environment variables name. */
final class EnvironmentUpstreams implements UpstreamSelector {
    private final Optional<UpstreamProxy> forHttp;
    private final Optional<UpstreamProxy> forHttps;
    private final NoProxyList noProxy;

    private EnvironmentUpstreams(
            Optional<UpstreamProxy> forHttp, Optional<UpstreamProxy> forHttps, NoProxyList noProxy) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.noProxy = noProxy;
    }

    static EnvironmentUpstreams read(Map<String, String> variables) {
        String noProxy = variable(variables, "no_proxy").map(Variable::value).orElse("");
        return new EnvironmentUpstreams(
                proxy(variables, "http_proxy"), proxy(variables, "https_proxy"), NoProxyList.parse(noProxy));
    }

    @Override
    public Optional<UpstreamProxy> select(HttpOrigin target) {
        if (noProxy.matches(target.host(), target.port())) {
            return Optional.empty();
        }
        return target.scheme().equals("https") || target.scheme().equals("wss") ? forHttps : forHttp;
    }

    private static Optional<UpstreamProxy> proxy(Map<String, String> variables, String name) {
        return variable(variables, name)
                .or(() -> variable(variables, "all_proxy"))
                .map(EnvironmentUpstreams::parse);
    }

    private static Optional<Variable> variable(Map<String, String> variables, String lowerCase) {
        String upperCase = lowerCase.toUpperCase(Locale.ROOT);
        Optional<Variable> lower = Variable.of(variables, lowerCase);
        // A CGI program finds the client's field "Proxy" under this name (RFC 3875 section 4.1.18).
        boolean fromClient = lowerCase.equals("http_proxy") && variables.containsKey("REQUEST_METHOD");
        return fromClient ? lower : lower.or(() -> Variable.of(variables, upperCase));
    }

    private static UpstreamProxy parse(Variable variable) {
        try {
            return UpstreamProxy.parse(variable.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "environment variable " + variable.name() + ": " + e.getMessage() + "; or unset " + variable.name(),
                    e);
        }
    }

    @Override
    public String toString() {
        return "http " + forHttp.map(UpstreamProxy::toString).orElse("direct") + ", https "
                + forHttps.map(UpstreamProxy::toString).orElse("direct");
    }

    /** A variable that is set to more than blanks. */
    private record Variable(String name, String value) {
        static Optional<Variable> of(Map<String, String> variables, String name) {
            String value = variables.getOrDefault(name, "").strip();
            return value.isEmpty() ? Optional.empty() : Optional.of(new Variable(name, value));
        }
    }
}
