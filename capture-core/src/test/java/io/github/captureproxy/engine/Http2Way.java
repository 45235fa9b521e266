package io.github.captureproxy.engine;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import java.io.IOException;

/** How a client that knows that HTTP/2 is spoken reaches an origin without TLS. */
enum Http2Way {
    /** In a CONNECT tunnel. */
    IN_A_TUNNEL {
        @Override
        RawSocket socket(CaptureProxy proxy, String authority) throws IOException {
            RawSocket socket = RawSocket.connect(proxy.address()).send(TunnelRig.connect(authority));
            socket.readHead();
            return socket;
        }
    },
    /** On the proxy's own port, which learns from each request where it goes. */
    ON_THE_PROXY_PORT {
        @Override
        RawSocket socket(CaptureProxy proxy, String authority) throws IOException {
            return RawSocket.connect(proxy.address());
        }
    };

    /** A connection on which the preface is to come next. */
    abstract RawSocket socket(CaptureProxy proxy, String authority) throws IOException;

    /** A client that has sent nothing yet. */
    RawHttp2Client client(CaptureProxy proxy, String authority) throws IOException {
        return new RawHttp2Client(socket(proxy, authority), "http", authority);
    }
}
