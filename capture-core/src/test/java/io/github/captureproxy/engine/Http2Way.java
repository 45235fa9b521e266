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
        RawSocket prepared(RawSocket socket, String authority) throws IOException {
            socket.send(TunnelRig.connect(authority)).readHead();
            return socket;
        }
    },
    /** On the proxy's own port, which learns from each request where it goes. */
    ON_THE_PROXY_PORT {
        @Override
        RawSocket prepared(RawSocket socket, String authority) {
            return socket;
        }
    };

    /** Makes a connection to the proxy one on which the preface is to come next. */
    abstract RawSocket prepared(RawSocket socket, String authority) throws IOException;

    /** A client that has sent nothing yet. */
    RawHttp2Client client(CaptureProxy proxy, String authority) throws IOException {
        return client(RawSocket.connect(proxy.address()), authority);
    }

    /** A client that has sent nothing yet, with a receive buffer of so many bytes. */
    RawHttp2Client client(CaptureProxy proxy, String authority, int receiveBuffer) throws IOException {
        return client(RawSocket.connectReceiving(receiveBuffer, proxy.address()), authority);
    }

    private RawHttp2Client client(RawSocket socket, String authority) throws IOException {
        return new RawHttp2Client(prepared(socket, authority), "http", authority);
    }
}
