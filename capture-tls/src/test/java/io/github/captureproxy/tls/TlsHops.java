package io.github.captureproxy.tls;

import static io.github.captureproxy.testkit.hops.Version.HTTP_1_1;
import static io.github.captureproxy.testkit.hops.Version.HTTP_2;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.hops.Hops;
import io.github.captureproxy.testkit.hops.HopsRig;
import io.github.captureproxy.testkit.hops.TestClient;
import io.github.captureproxy.testkit.hops.TestOrigin;
import io.github.captureproxy.testkit.hops.Version;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** The ways inside intercepted TLS, each side of which offers or takes one version alone. */
enum TlsHops implements Hops {
    TLS_1_TO_1(HTTP_1_1, HTTP_1_1),
    TLS_2_TO_2(HTTP_2, HTTP_2),
    TLS_1_TO_2(HTTP_1_1, HTTP_2),
    TLS_2_TO_1(HTTP_2, HTTP_1_1);

    private static final String NAME = "origin.test";

    private final Version client;
    private final Version origin;

    TlsHops(Version client, Version origin) {
        this.client = client;
        this.origin = origin;
    }

    @Override
    public Version client() {
        return client;
    }

    @Override
    public Version origin() {
        return origin;
    }

    @Override
    public boolean isTunnel() {
        return true;
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public HopsRig start(UnaryOperator<CaptureProxyBuilder> options, int... settings) throws Exception {
        TestOrigin to = new TestOrigin(origin, Origin.CONTEXT, settings);
        String authority = NAME + ":" + to.port();
        TlsRig rig = new TlsRig(each -> each, builder -> options.apply(builder.ioThreads(1)));
        InetSocketAddress address = rig.proxy().address();
        return new HopsRig(rig.proxy(), to, authority, () -> connect(address, authority), rig, to);
    }

    private TestClient connect(InetSocketAddress proxy, String authority) throws IOException {
        RawSocket socket =
                RawSocket.connect(proxy).send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        socket.readHead();
        SSLContext context = ClientContext.careless().context();
        return TestClient.secure(socket.secureAsClientOf(context, NAME, client.protocol()), socket, client);
    }

    /** One key for all origins, as making one takes long. */
    private static final class Origin {
        static final SSLContext CONTEXT = make();

        private static SSLContext make() {
            try {
                return TlsRig.certificate(NAME).serverContext();
            } catch (Exception e) {
                throw new IllegalStateException("no certificate could be made", e);
            }
        }
    }
}
