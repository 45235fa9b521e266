package io.github.captureproxy.engine;

import static io.github.captureproxy.testkit.hops.Version.HTTP_1_1;
import static io.github.captureproxy.testkit.hops.Version.HTTP_2;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.hops.Hops;
import io.github.captureproxy.testkit.hops.HopsRig;
import io.github.captureproxy.testkit.hops.TestClient;
import io.github.captureproxy.testkit.hops.TestOrigin;
import io.github.captureproxy.testkit.hops.Version;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** The ways without TLS. A client of HTTP/1.1 is not answered in another version, so one is missing. */
enum PlainHops implements Hops {
    TUNNEL_1_TO_1(true, HTTP_1_1, HTTP_1_1),
    TUNNEL_2_TO_2(true, HTTP_2, HTTP_2),
    PORT_1_TO_1(false, HTTP_1_1, HTTP_1_1),
    PORT_2_TO_2(false, HTTP_2, HTTP_2),
    PORT_2_TO_1(false, HTTP_2, HTTP_1_1);

    private final boolean inTunnel;
    private final Version client;
    private final Version origin;

    PlainHops(boolean inTunnel, Version client, Version origin) {
        this.inTunnel = inTunnel;
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
        return inTunnel;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public HopsRig start(UnaryOperator<CaptureProxyBuilder> options, int... settings) throws IOException {
        TestOrigin to = new TestOrigin(origin, null, settings);
        CaptureProxy proxy =
                options.apply(CaptureProxy.builder().port(0).ioThreads(1)).start();
        return new HopsRig(proxy, to, to.authority(), () -> connect(proxy, to.authority()), proxy, to);
    }

    private TestClient connect(CaptureProxy proxy, String authority) throws IOException {
        RawSocket socket = RawSocket.connect(proxy.address());
        if (inTunnel) {
            socket.send(TunnelRig.connect(authority)).readHead();
        }
        return TestClient.plain(socket, client, inTunnel ? "" : "http://" + authority);
    }
}
