package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.testkit.TestTls;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a response inside TLS ends: what is cut short never looks whole, and who reads slowly holds the other side back */
class InsideEndsTest {
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

    private static final String CLOSE_DELIMITED = "HTTP/1.1 200 OK\r\n\r\nbody";

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResponseThatEndsWithTheStreamIsWhole(String version) throws Exception {
        TunnelRig.Ends ends = asked(version);
        ends.server().send(CLOSE_DELIMITED).close();
        assertThat(ends.client().readThrough("body")).endsWith("body");
        Exchange exchange = rig.exchange();
        assertThat(exchange.outcome().status()).isEqualTo(Status.COMPLETED);
        assertThat(exchange.response().orElseThrow().body().text()).isEqualTo("body");
    }

    private TunnelRig.Ends asked(String version) throws Exception {
        TunnelRig.Ends ends = rig.open(version);
        ends.client().send("GET / HTTP/1.0\r\nHost: " + rig.host() + "\r\n\r\n");
        ends.server().readHead();
        return ends;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theClientIsToldThatItIsWhole(String version) throws Exception {
        TunnelRig.Ends ends = asked(version);
        ends.server().send(CLOSE_DELIMITED).close();
        assertThat(ends.client().endsWhole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void oneThatEndsWithTheConnectionAloneIsNot(String version) throws Exception {
        TunnelRig.Ends ends = asked(version);
        ends.server().send(CLOSE_DELIMITED);
        assertThat(ends.client().readThrough("body")).endsWith("body");
        rig.rawServer().halfClose();
        assertThat(ends.client().endsWhole()).isFalse();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @Test
    void oneThatIsCutByAResetIsNot() throws Exception {
        TunnelRig.Ends ends = asked("TLSv1.3");
        ends.server().send(CLOSE_DELIMITED);
        assertThat(ends.client().readThrough("body")).endsWith("body");
        rig.rawServer().reset();
        assertThat(ends.client().endsWhole()).isFalse();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9\r\n\r\nbody", "Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n"})
    void aPartOfABodyIsNotWholeHoweverTheStreamEnds(String part) throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.get("/"));
        ends.server().readHead();
        ends.server().send("HTTP/1.1 200 OK\r\n" + part).close();
        assertThat(ends.client().endsWhole()).isFalse();
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.ORIGIN_ABORTED);
    }

    @Test
    void whatComesBeforeAnAlertIsPassedOn() throws Exception {
        TunnelRig.Ends ends = rig.open("TLSv1.2");
        ends.client().send(rig.get("/"));
        ends.server().readHead();
        ends.server().send(WireTest.response("400 No", "certificate, please"));
        rig.rawServer().send("\u0015\u0003\u0003\u0000\u0002\u0002\u0028");
        assertThat(ends.client().readThrough("please")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aClientThatTakesNothingStopsTheOrigin() throws Exception {
        int large = 64 * 1024 * 1024;
        byte[] part = new byte[64 * 1024];
        AtomicLong written = new AtomicLong();
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.get("/"));
        ends.server().readHead();
        ends.server().send("HTTP/1.1 200 OK\r\nContent-Length: " + large + "\r\n\r\n");
        Thread sender = Background.run(() -> {
            while (written.get() < large) {
                ends.server().send(part);
                written.addAndGet(part.length);
            }
        });
        ends.client().readHead();
        sender.join(1_500); // one that is only slow makes the test weaker, not wrong
        assertThat(written.get()).isLessThan(large / 2);
        for (int read = 0; read < large; read += part.length) {
            ends.client().readBytes(part.length);
        }
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void largeBodiesPassBothWaysAtOnce() throws Exception {
        byte[] up = new byte[8 * 1024 * 1024];
        byte[] down = new byte[up.length];
        Arrays.fill(up, (byte) 1);
        Arrays.fill(down, (byte) 2);
        TunnelRig.Ends ends = rig.open();
        ends.client().send(rig.request("POST", "/", "", "Content-Length: " + up.length));
        ends.server().readHead();
        ends.server().send("HTTP/1.1 200 OK\r\nContent-Length: " + down.length + "\r\n\r\n");
        ends.client().readHead();
        Background.run(() -> ends.client().send(up));
        Background.run(() -> ends.server().send(down));
        Future<byte[]> got = TlsRig.beside(() -> ends.server().readBytes(up.length));
        assertThat(ends.client().readBytes(down.length)).isEqualTo(down);
        assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo(up);
        assertThat(rig.exchange().outcome().status()).isEqualTo(Status.COMPLETED);
    }
}
