package io.github.captureproxy.tls.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.history.History;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A gRPC server, a channel to it, and a proxy between the two that looks inside. */
final class GrpcRig implements AutoCloseable {
    static final String HOST = "grpc.test";

    static final int MAX_MESSAGE = 16 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TlsRig tls = new TlsRig(options -> options, builder -> builder.maxBodyBytes(2L * MAX_MESSAGE));
    private final Service service = new Service();
    private final boolean secured;
    private Server server;
    private final ManagedChannel channel;

    /** How client and server speak with each other. */
    enum Kind {
        TLS,
        /** Prior knowledge in a plain tunnel, in which the server speaks first. */
        PLAIN
    }

    GrpcRig(Kind kind) throws Exception {
        this(kind, channel -> channel);
    }

    GrpcRig(Kind kind, UnaryOperator<NettyChannelBuilder> options) throws Exception {
        secured = kind == Kind.TLS;
        server = server(0).build().start();
        channel = options.apply(toServer()).build();
    }

    private NettyServerBuilder server(int port) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .maxInboundMessageSize(MAX_MESSAGE)
                .addService(service.definition());
        if (secured) {
            TestCertificate certificate = TlsRig.certificate(HOST);
            builder.sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(
                            certificate.key(), certificate.chain().toArray(X509Certificate[]::new)))
                    .build());
        }
        return builder;
    }

    private NettyChannelBuilder toServer() throws Exception {
        InetSocketAddress proxy = tls.proxy().address();
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + HOST + ":" + server.getPort())
                .maxInboundMessageSize(MAX_MESSAGE)
                .proxyDetector(target -> HttpConnectProxiedSocketAddress.newBuilder()
                        .setProxyAddress(proxy)
                        .setTargetAddress((InetSocketAddress) target)
                        .build());
        if (!secured) {
            return builder.usePlaintext();
        }
        X509Certificate authority = tls.tls().authority().certificate();
        return builder.sslContext(
                GrpcSslContexts.forClient().trustManager(authority).build());
    }

    ManagedChannel channel() {
        return channel;
    }

    Service service() {
        return service;
    }

    Server server() {
        return server;
    }

    /** Has the server take no more calls and end when those it has are over; another one takes its place. */
    Server replaceServer() throws Exception {
        Server old = server;
        int port = old.getPort();
        old.shutdown();
        server = server(port).build().start();
        return old;
    }

    History history() {
        return tls.proxy().history();
    }

    /** The one call that is recorded now, which nobody waits for: the client has its status. */
    Exchange only() {
        assertThat(history().snapshot()).hasSize(1);
        return history().snapshot().get(0);
    }

    /** The one call that is recorded once the proxy knows of its end, which no client hears of. */
    Exchange next() throws Exception {
        return history().await(exchange -> true, PATIENCE);
    }

    @Override
    public void close() throws Exception {
        channel.shutdownNow();
        assertThat(channel.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        server.shutdownNow();
        assertThat(server.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        tls.close();
    }
}
