package io.github.captureproxy.engine;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.testkit.http2.AnsweringHttp2Origin;
import io.github.captureproxy.testkit.http2.Http2CaseTest;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** What a client does wrong by RFC 9113, without TLS. */
class Http2CasesTest {
    /** In a CONNECT tunnel. */
    @Nested
    class InATunnel extends Plain {
        InATunnel() {
            super(Http2Way.IN_A_TUNNEL);
        }
    }

    /** On the proxy's own port. */
    @Nested
    class OnTheProxyPort extends Plain {
        OnTheProxyPort() {
            super(Http2Way.ON_THE_PROXY_PORT);
        }
    }

    /** Whichever way it is. */
    private abstract static class Plain extends Http2CaseTest {
        private final Http2Way way;
        private CaptureProxy proxy;

        Plain(Http2Way way) {
            this.way = way;
        }

        @Override
        protected AnsweringHttp2Origin startOrigin() throws IOException {
            return AnsweringHttp2Origin.start();
        }

        @Override
        protected void startProxy() {
            proxy = CaptureProxy.builder().port(0).ioThreads(1).start();
        }

        @Override
        protected void stopProxy() {
            proxy.close();
        }

        @Override
        protected RawHttp2Client connect(String authority) throws IOException {
            return way.client(proxy, authority);
        }
    }
}
