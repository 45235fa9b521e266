package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS itself does on an established connection of either side */
class InsideTlsMechanicsTest {
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
    void aClientMayChangeItsKeys() throws Exception {
        TunnelRig.Ends ends = rig.open("TLSv1.3");
        for (int i = 0; i < 3; i++) {
            rig.exchange(ends, "/" + i);
            ((SSLSocket) ends.client().socket()).startHandshake();
        }
        rig.exchange(ends, "/last");
    }

    @Test
    void anOriginMayChangeItsKeys() throws Exception {
        TunnelRig.Ends ends = rig.open("TLSv1.3");
        for (int i = 0; i < 3; i++) {
            rig.exchange(ends, "/" + i);
            ((SSLSocket) ends.server().socket()).startHandshake();
        }
        rig.exchange(ends, "/last");
    }

    @Test
    void keysMayChangeWhileABodyPasses() throws Exception {
        byte[] part = new byte[100_000];
        TunnelRig.Ends ends = rig.open("TLSv1.3");
        ends.client().send(rig.request("POST", "/", "", "Content-Length: " + 5 * part.length));
        ends.server().readHead();
        for (int i = 0; i < 5; i++) {
            ends.client().send(part);
            ((SSLSocket) ends.client().socket()).startHandshake();
            assertThat(ends.server().readBytes(part.length)).isEqualTo(part);
        }
    }

    @Test
    void aSecondHandshakeOfAClientEndsItsConnectionAlone() throws Exception {
        TunnelRig.Ends other = rig.open("TLSv1.2");
        TunnelRig.Ends ends = rig.open("TLSv1.2");
        rig.exchange(ends, "/1");
        assertThatThrownBy(() -> {
                    ((SSLSocket) ends.client().socket()).startHandshake();
                    ends.client().send(rig.get("/2")).readHead();
                })
                .isInstanceOf(IOException.class);
        rig.exchange(other, "/3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientResumesItsSession(String version) throws Exception {
        AtomicInteger shown = new AtomicInteger();
        SSLContext counting = SSLContext.getInstance("TLS");
        counting.init(null, new TrustManager[] {new Counting(shown)}, null);
        Future<RawSocket> serving = rig.serving(version);
        RawSocket first = rig.tunnels.closing(rig.tunnel().secureAsClient(counting, TlsRig.NAME, version));
        RawSocket server = rig.taken(serving);
        rig.exchange(new TunnelRig.Ends(first, server), "/1");
        RawSocket second = rig.tunnels.closing(rig.tunnel().secureAsClient(counting, TlsRig.NAME, version));
        rig.exchange(new TunnelRig.Ends(second, server), "/2");
        assertThat(shown).hasValue(1);
    }

    /** Counts how often a certificate is shown. */
    private record Counting(AtomicInteger shown) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("there are no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            shown.incrementAndGet();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
