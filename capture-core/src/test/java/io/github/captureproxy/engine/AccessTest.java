package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the proxy, and what those who may not are told. */
class AccessTest {
    /** Aladdin:open sesame */
    private static final String RIGHT = "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n";

    private static TunnelRig withCredentials() throws IOException {
        return new TunnelRig(options -> options.credentials("Aladdin", "open sesame"));
    }

    private static String get(TunnelRig rig, String fields) {
        return "GET http://" + rig.origin.authority() + "/ HTTP/1.1\r\nHost: " + rig.origin.authority() + "\r\n"
                + fields + "\r\n";
    }

    @Test
    void listensOnLoopbackAlone() throws Exception {
        try (TunnelRig rig = new TunnelRig()) {
            assertThat(rig.proxy.address().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void refusesAClientThatIsNotInAnAllowedNetwork() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.allowClients("127.0.0.2", "192.0.2.0/24"))) {
            RawSocket client = rig.client().send(get(rig, ""));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 403 ");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.FORBIDDEN);
            assertThat(rig.client()
                            .send(TunnelRig.connect(rig.origin.authority()))
                            .readHead())
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void letsAClientInThatIs() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.allowClients("127.0.0.0/8"))) {
            rig.open();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "page.test", "0.0.0.0"})
    void leadsNobodyToARefusedTargetByWhateverName(String host) throws Exception {
        try (RawOrigin page = new RawOrigin();
                TunnelRig rig =
                        new TunnelRig(options -> options.resolver(name -> List.of(InetAddress.getLoopbackAddress()))
                                .refuseTargets(new InetSocketAddress(InetAddress.getLoopbackAddress(), page.port())))) {
            String authority = host + ":" + page.port();
            RawSocket client =
                    rig.client().send("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 403 ");
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.FORBIDDEN);
            assertThat(rig.client().send(TunnelRig.connect(authority)).readToEnd())
                    .startsWith("HTTP/1.1 403 ");
            assertThat(rig.ended().outcome().status()).isEqualTo(Status.FORBIDDEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Proxy-Authorization: Basic QWxhZGRpbjpvcGVu\r\n",
                "Proxy-Authorization: Basic\r\n",
                "Proxy-Authorization: Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n",
                "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n",
                RIGHT + RIGHT
            })
    void asksForCredentialsThatAreMissingOrWrong(String fields) throws Exception {
        try (TunnelRig rig = withCredentials()) {
            RawSocket client = rig.client().send(get(rig, fields));
            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 407 ")
                    .contains("\r\nProxy-Authenticate: Basic realm=\"");
            Exchange exchange = rig.exchange();
            assertThat(exchange.outcome().status()).isEqualTo(Status.FORBIDDEN);
            assertThat(exchange.client().user()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "basic", "BASIC "})
    void takesTheRightCredentialsAndKeepsThemToItself(String scheme) throws Exception {
        try (TunnelRig rig = withCredentials()) {
            RawSocket client = rig.client().send(get(rig, RIGHT.replace("Basic", scheme)));
            RawSocket server = rig.accept();
            assertThat(server.readHead()).isEqualTo("GET / HTTP/1.1\r\nHost: " + rig.origin.authority() + "\r\n\r\n");
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
            assertThat(rig.exchange().client().user()).contains("Aladdin");
        }
    }

    @Test
    void judgesEachRequestOfAConnection() throws Exception {
        try (TunnelRig rig = withCredentials()) {
            RawSocket client = rig.client().send(get(rig, RIGHT));
            RawSocket server = rig.accept();
            server.readHead();
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
            client.send(get(rig, ""));
            assertThat(client.readHead()).startsWith("HTTP/1.1 407 ");
            rig.exchange();
            assertThat(rig.exchange().client().user()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 407", "true, 200"})
    void asksForCredentialsWithConnectToo(boolean given, int status) throws Exception {
        try (TunnelRig rig = withCredentials()) {
            RawSocket client = rig.client()
                    .send("CONNECT " + rig.origin.authority() + " HTTP/1.1\r\nHost: h\r\n" + (given ? RIGHT : "")
                            + "\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void letsInWhoTriesAgainAfterA407() throws Exception {
        try (TunnelRig rig = withCredentials()) {
            assertThat(rig.client()
                            .send(TunnelRig.connect(rig.origin.authority()))
                            .readToEnd())
                    .startsWith("HTTP/1.1 407 ")
                    .contains("\r\nConnection: close\r\n");
            RawSocket client = rig.client()
                    .send("CONNECT " + rig.origin.authority() + " HTTP/1.1\r\nHost: h\r\n" + RIGHT + "\r\n");
            assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
        }
    }

    @Test
    void asksForNoCredentialsInsideATunnelAndRecordsTheUserThere() throws Exception {
        try (TunnelRig rig = withCredentials()) {
            RawSocket client = rig.client()
                    .send("CONNECT " + rig.origin.authority() + " HTTP/1.1\r\nHost: h\r\n" + RIGHT + "\r\n");
            RawSocket server = rig.accept();
            client.readHead();
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            server.readHead();
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
            assertThat(rig.exchange().client().user()).contains("Aladdin");
            client.close();
            assertThat(rig.ended().client().user()).contains("Aladdin");
        }
    }

    @Test
    void labelsAnExchangeWithTheAddressItCameInOn() throws Exception {
        try (TunnelRig rig = new TunnelRig(options -> options.label("first").listen("second", "127.0.0.1", 0))) {
            assertThat(rig.proxy.addresses()).containsOnlyKeys("first", "second");
            RawSocket client =
                    rig.closing(RawSocket.connect(rig.proxy.addresses().get("second")));
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readHead();
            ClientInfo second = rig.exchange().client();
            assertThat(second.listener()).isEqualTo("second");
            rig.client().send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readHead();
            ClientInfo first = rig.exchange().client();
            assertThat(first.listener()).isEqualTo("first");
            assertThat(first.connection()).isGreaterThan(second.connection());
        }
    }

    /** Also where a connection is kept that a client on this machine has used. */
    @Test
    void keepsClientsFromElsewhereFromThisMachinesServicesOnTheLoopbackToo() throws Exception {
        try (TunnelRig rig = new TunnelRig(
                options -> options.ioThreads(1).listen("cable", "127.0.0.1", 0).clientsFromElsewhere("cable"))) {
            RawSocket here = rig.client().send(get(rig, ""));
            RawSocket server = rig.accept();
            server.readHead();
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            here.readHead();
            assertThat(rig.exchange().outcome().status()).isEqualTo(Status.COMPLETED);
            for (String request : List.of(get(rig, ""), TunnelRig.connect(rig.origin.authority()))) {
                RawSocket device =
                        rig.closing(RawSocket.connect(rig.proxy.addresses().get("cable")));
                assertThat(device.send(request).readToEnd()).startsWith("HTTP/1.1 403 ");
            }
            Exchange exchange = rig.exchange();
            assertThat(exchange.outcome().status()).isEqualTo(Status.FORBIDDEN);
            assertThat(exchange.client().listener()).isEqualTo("cable");
            assertThat(rig.ended().outcome().status()).isEqualTo(Status.FORBIDDEN);
        }
    }

    @Test
    void letsClientsFromElsewhereReachThisMachinesServicesWhereThatIsAllowed() throws Exception {
        try (TunnelRig rig = new TunnelRig(
                options -> options.label("cable").clientsFromElsewhere("cable").allowLocalTargets(true))) {
            rig.open();
        }
    }
}
