package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Tunnel.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What resembles HTTP or TLS at first, and is neither, passes a tunnel whole. */
class TunnelFirstBytesTest {
    private TunnelRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new TunnelRig();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GE\u0000\u00ff\u0001",
                "GET \u0000",
                "GET /x\r\n",
                "GET /x HTTP/2.0\r\n\r\n",
                "CONNECT a:1 HTTP/1.1\r\n\r\n",
                "SSH-2.0-x\r\n",
                "EHLO x\r\n",
                "\u0016\u0003\u00ff",
                "\u0000"
            })
    void relaysWhatIsNoHttp(String bytes) throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(bytes);
        assertThat(ends.server().read(bytes.length())).isEqualTo(bytes);
        ends.server().send("\u0001answer");
        assertThat(ends.client().read(7)).isEqualTo("\u0001answer");
        ends.client().close();
        ends.server().close();
        assertThat(rig.ended().reason()).isEqualTo(Reason.NOT_TLS);
        assertThat(rig.proxy.history().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r", "PRI * HT", "\u0016\u0003"})
    void doesNotHoldAClientUpThatWaitsForAnAnswerToThis(String bytes) throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send(bytes);
        assertThat(ends.server().read(bytes.length())).isEqualTo(bytes);
        ends.server().send("go on");
        assertThat(ends.client().read(5)).isEqualTo("go on");
    }

    @Test
    void losesNothingWhenTheServerSpeaksWhileTheClientHesitates() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send("GET /ha");
        ends.server().send("hello");
        assertThat(ends.client().read(5)).isEqualTo("hello");
        ends.client().send("lf");
        assertThat(ends.server().read(9)).isEqualTo("GET /half");
    }

    @Test
    void findsHttpThatComesByteByByte() throws Exception {
        String request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        TunnelRig.Ends ends = rig.open();
        for (int i = 0; i < request.length(); i++) {
            ends.client().send(request.substring(i, i + 1));
        }
        assertThat(ends.server().readHead()).isEqualTo(request);
        assertThat(rig.proxy.history().inFlight())
                .anySatisfy(exchange -> assertThat(exchange.request().method()).isEqualTo("GET"));
    }

    @Test
    void sendsOnAHalfRequestLineWhoseClientEndsItsStream() throws Exception {
        TunnelRig.Ends ends = rig.open();
        ends.client().send("GET /ha").halfClose();
        assertThat(ends.server().readToEnd()).isEqualTo("GET /ha");
    }
}
