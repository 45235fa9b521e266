package io.github.captureproxy.tls;

import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.AnsweringHttp2Origin;
import io.github.captureproxy.testkit.http2.Http2CaseTest;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import io.github.captureproxy.tls.testkit.ClientContext;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.io.IOException;

/** What a client does wrong by RFC 9113 inside intercepted TLS, with h2 by ALPN on both sides. */
class Http2CasesTest extends Http2CaseTest {
    private static final String NAME = "origin.test";

    private final ClientContext context = ClientContext.careless();
    private TlsRig rig;

    @Override
    protected AnsweringHttp2Origin startOrigin() throws Exception {
        return AnsweringHttp2Origin.start(TlsRig.certificate(NAME).serverContext());
    }

    @Override
    protected void startProxy() {
        rig = new TlsRig();
    }

    @Override
    protected void stopProxy() throws Exception {
        rig.close();
    }

    @Override
    protected RawHttp2Client connect(String authority) throws IOException {
        String named = NAME + authority.substring(authority.indexOf(':'));
        RawSocket socket = RawSocket.connect(rig.proxy().address())
                .send("CONNECT " + named + " HTTP/1.1\r\nHost: " + named + "\r\n\r\n");
        socket.readHead();
        return new RawHttp2Client(socket.secureAsClientOf(context.context(), NAME, "h2"), "https", named);
    }
}
