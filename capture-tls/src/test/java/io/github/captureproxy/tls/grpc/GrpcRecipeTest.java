package io.github.captureproxy.tls.grpc;

import static io.github.captureproxy.history.ExchangeFilter.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsRig;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.ClientCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of grpc-java writes: the README shows it. */
class GrpcRecipeTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"http", "https"})
    void theCallIsCaptured(String scheme) throws Exception {
        boolean secured = scheme.equals("https");
        try (TlsRig rig = new TlsRig()) {
            Server server = server(secured);
            int port = server.getPort();
            ManagedChannel channel = secured ? secured(rig.proxy(), port) : plain(rig.proxy(), port);
            byte[] answer = ClientCalls.blockingUnaryCall(channel, Bytes.UNARY, CallOptions.DEFAULT, new byte[] {7});
            channel.shutdownNow();
            server.shutdownNow().awaitTermination();

            assertThat(answer).containsExactly(7);
            Exchange exchange = rig.proxy().history().single(path("/test.Echo/Unary"));
            assertThat(exchange.request().url()).isEqualTo(scheme + "://localhost:" + port + "/test.Echo/Unary");
        }
    }

    private static ManagedChannel secured(CaptureProxy proxy, int port) {
        String target = "localhost:" + port;
        // README grpc
        ManagedChannel channel = Grpc.newChannelBuilder(
                        target,
                        TlsChannelCredentials.newBuilder()
                                .trustManager(proxy.trustManager())
                                .build())
                .proxyDetector(address -> HttpConnectProxiedSocketAddress.newBuilder()
                        .setProxyAddress(proxy.address())
                        .setTargetAddress((InetSocketAddress) address)
                        .build())
                .build();
        // end
        return channel;
    }

    private static ManagedChannel plain(CaptureProxy proxy, int port) {
        return Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create())
                .proxyDetector(address -> HttpConnectProxiedSocketAddress.newBuilder()
                        .setProxyAddress(proxy.address())
                        .setTargetAddress((InetSocketAddress) address)
                        .build())
                .build();
    }

    private static Server server(boolean secured) throws Exception {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Service().definition());
        if (secured) {
            TestCertificate certificate = TlsRig.certificate("localhost");
            builder.sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(
                            certificate.key(), certificate.chain().toArray(X509Certificate[]::new)))
                    .build());
        }
        return builder.build().start();
    }
}
