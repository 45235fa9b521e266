package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connection to the origin a request inside TLS goes on */
class InsideReuseTest {
    private static TestTls tls;
    private TlsRig rig;

    @BeforeAll
    static void makeKey() throws Exception {
        tls = TestTls.create();
    }

    @BeforeEach
    void start() throws Exception {
        rig = new TlsRig(tls);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aNewOneAfterTheOriginHasEndedTheFirst() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.get("/1"));
        ends.server().readHead();
        ends.server()
                .send(WireTest.response("200 OK", "one", "Connection: close"))
                .close();
        assertThat(ends.client().readThrough("one")).startsWith("HTTP/1.1 200 ");
        assertNext(ends, "/2");
    }

    private void assertNext(TunnelRig.Ends ends, String path) throws Exception {
        Future<RawSocket> serving = rig.serving();
        ends.client().send(rig.get(path));
        RawSocket server = rig.taken(serving);
        assertThat(server.readHead()).isEqualTo(rig.get(path));
        server.send(WireTest.response("200 OK", "again"));
        assertThat(ends.client().readThrough("again")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aNewOneAfterTheOriginHasLeftRightAfterTheHandshake() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.server().close();
        rig.letProxyRead();
        assertNext(ends, "/1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewOneWhereAKeptOneHasGoneStale(boolean inTls) throws Exception {
        TunnelRig.Ends ends = rig.used();
        Future<RawSocket> serving = rig.serving();
        RawSocket kept = rig.rawServer();
        ends.client().send(rig.get("/2"));
        ends.server().readHead();
        if (inTls) {
            ends.server().close();
        } else {
            kept.close();
        }
        RawSocket server = rig.taken(serving);
        assertThat(server.readHead()).isEqualTo(rig.get("/2"));
        server.send(WireTest.response("200 OK", "again"));
        assertThat(ends.client().readThrough("again")).startsWith("HTTP/1.1 200 ");
        assertThat(rig.interceptor.originBreaks).isEmpty();
    }

    @Test
    void noneForARequestThatMayNotBeSentTwice() throws Exception {
        TunnelRig.Ends ends = rig.used();
        ends.client().send(rig.request("POST", "/2", "abc", "Content-Length: 3"));
        ends.server().readHead();
        ends.server().read(3);
        ends.server().close();
        assertThat(ends.client().readToEnd()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void oneThatIsClosedWithoutAWordTeachesNothing() throws Exception {
        TunnelRig.Ends ends = rig.used();
        rig.rawServer().close();
        rig.letProxyRead();
        assertNext(ends, "/2");
        assertThat(rig.interceptor.originBreaks).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NTLM", "Negotiate"})
    void oneThatWasAuthenticatedIsItsClientsAlone(String scheme) throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.get("/1", "Authorization: " + scheme + " TlRMTVNTUAAD"));
        ends.server().readHead();
        ends.server().send(WireTest.response("200 OK", "hello"));
        ends.client().readThrough("hello");
        TunnelRig.Ends other = rig.open();
        rig.exchange(other, "/other");
        rig.exchange(ends, "/mine");
    }
}
