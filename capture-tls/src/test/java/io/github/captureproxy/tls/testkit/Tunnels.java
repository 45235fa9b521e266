package io.github.captureproxy.tls.testkit;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.spi.TlsInspection;
import io.github.captureproxy.spi.TlsInterceptor.Decision;
import io.github.captureproxy.spi.TunnelTarget;
import io.github.captureproxy.tls.TlsInterception;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Tunnels without a proxy: what it would ask an interception, and a client's engine. */
public final class Tunnels {
    public static final String ADDRESS = "192.0.2.1";

    private Tunnels() {}

    public static TunnelTarget to(String host) {
        ClientInfo client = new ClientInfo(new InetSocketAddress(ADDRESS, 5000), 1, "", Optional.empty());
        return new TunnelTarget(1, client, host, 443, new Route(Route.Kind.DIRECT, host + ":443"));
    }

    /** A hello of one and the same client, for a name and with ALPN. */
    public static HelloBytes hello(String name, String... alpn) {
        HelloBytes hello = new HelloBytes()
                .versions(0x0304, 0x0303)
                .suites(0x1301, 0xc02b, 0xc02f)
                .groups(List.of(0x1d, 0x17))
                .signatures(List.of(0x0403, 0x0804))
                .keyShares(List.of(0x1d));
        if (!name.isEmpty()) {
            hello.serverName(name);
        }
        return alpn.length == 0 ? hello : hello.alpn(List.of(alpn));
    }

    public static Decision decide(TlsInterception tls, String host, String... alpn) {
        return tls.decide(to(host), hello(host, alpn).parsed());
    }

    /** Decides, and expects inspection. */
    public static TlsInspection inspect(TlsInterception tls, String host, String... alpn) {
        Decision decision = decide(tls, host, alpn);
        if (decision instanceof Decision.Inspect inspect) {
            return inspect.inspection();
        }
        throw new AssertionError("not inspected: " + decision);
    }

    /** A client's engine. */
    public static SSLEngine client(SSLContext context, String name, String version, String... alpn) {
        SSLEngine engine = context.createSSLEngine(name, 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(alpn);
        if (Character.isLetter(name.charAt(0))) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** An origin's engine. */
    public static SSLEngine origin(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return engine;
    }
}
