package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.spi.UpstreamProxy;
import io.github.captureproxy.testkit.RawSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that is led back to itself says so, instead of calling itself without end. */
class LoopTest {
    private static String get(String authority) {
        return "GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0", "alias.test", "[::ffff:127.0.0.1]"})
    void answers502ToARequestForItself(String host) throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.resolver(name -> List.of(TunnelRig.LOOPBACK)))) {
            RawSocket client = rig.client().send(get(host + ":" + rig.proxy.port()));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("this proxy itself");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.LOOP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0"})
    void answers502ToATunnelToItself(String host) throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.resolver(name -> List.of(TunnelRig.LOOPBACK)))) {
            RawSocket client = rig.client().send(TunnelRig.connect(host + ":" + rig.proxy.port()));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("this proxy itself");
            assertThat(rig.ended().outcome().status()).isEqualTo(Status.LOOP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "0.0.0.0"})
    void knowsItselfByAnyAddressWhereItListensOnAll(String host) throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.bind("0.0.0.0").allowClients("127.0.0.0/8"))) {
            RawSocket client =
                    rig.closing(RawSocket.connect(new InetSocketAddress(TunnelRig.LOOPBACK, rig.proxy.port())));
            client.send(get(host + ":" + rig.proxy.port()));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.LOOP);
        }
    }

    @Test
    void knowsItsOtherListeningAddresses() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.listen("second", "127.0.0.1", 0))) {
            int second = rig.proxy.addresses().get("second").getPort();
            RawSocket client = rig.client().send(get("127.0.0.1:" + second));
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void tellsAClientThatTakesItForAServerWhatItIs() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            RawSocket client = rig.client().send("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + rig.proxy.port() + "\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").contains("this is a proxy");
        }
    }

    @Test
    void endsWhereTwoProxiesSendToEachOther() throws Exception {
        AtomicInteger second = new AtomicInteger();
        try (TunnelRig one = new TunnelRig(options -> options.maxConnections(20)
                        .upstream(target -> Optional.of(UpstreamProxy.of("127.0.0.1", second.get()))));
                TunnelRig two = new TunnelRig(options -> options.maxConnections(20)
                        .upstream(target -> Optional.of(UpstreamProxy.of("127.0.0.1", one.proxy.port()))))) {
            second.set(two.proxy.port());
            RawSocket client = one.client().send(get("far.test"));
            assertThat(client.readHead()).startsWith("HTTP/1.1 503 ");
            RawSocket tunnel = one.client().send(TunnelRig.connect("far.test:443"));
            assertThat(tunnel.readHead()).startsWith("HTTP/1.1 50");
        }
    }
}
