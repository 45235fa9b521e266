package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome.Status;
import io.github.captureproxy.exchange.Route;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tunnel through an upstream proxy: the upstream is asked for it, and what it says is kept from the client. */
class UpstreamConnectTest {
    /** user:s3cret */
    private static final String ASKED =
            "CONNECT far.test:443 HTTP/1.1\r\nHost: far.test:443\r\nProxy-Authorization: Basic dXNlcjpzM2NyZXQ=\r\n\r\n";

    private RawOrigin upstream;
    private TunnelRig rig;

    @BeforeEach
    void start() throws Exception {
        upstream = new RawOrigin();
        rig = new TunnelRig(options -> options.upstreamProxy(URI.create("http://user:s3cret@" + upstream.authority()))
                .connectTimeout(Duration.ofSeconds(1)));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        upstream.close();
    }

    private RawSocket accept() throws Exception {
        return rig.closing(upstream.accept());
    }

    private RawSocket client() throws Exception {
        return rig.client().send(ASKED.replace("dXNlcjpzM2NyZXQ=", "bWluZTptaW5l"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.0 200 Connection established\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void asksInItsOwnNameAndOpensOnSuccess(String answer) throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(ASKED);
        server.send(answer + "first");
        assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
        assertThat(client.read(5)).isEqualTo("first");
        client.send("\u0001x").close();
        assertThat(server.readToEnd()).isEqualTo("\u0001x");
        server.close();
        Tunnel tunnel = rig.ended();
        assertThat(tunnel.host()).isEqualTo("far.test");
        assertThat(tunnel.route()).isEqualTo(new Route(Route.Kind.UPSTREAM_PROXY, upstream.authority()));
        assertThat(tunnel.reason()).isEqualTo(Tunnel.Reason.SERVER_SPEAKS_FIRST);
        assertThat(tunnel.toString()).doesNotContain("s3cret");
    }

    @Test
    void takesAnAnswerThatComesByteByByte() throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        server.readHead();
        for (char c : "HTTP/1.1 100 A\r\n\r\nHTTP/1.1 200 B\r\n\r\n".toCharArray()) {
            server.send(String.valueOf(c));
        }
        assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
    }

    @Test
    void bracketsAnIpv6Target() throws Exception {
        rig.client().send("CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(accept().readHead()).startsWith("CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n");
    }

    @ParameterizedTest
    @CsvSource({"403 Forbidden, answered 403", "502 Bad Gateway, answered 502", "302 Found, answered 302"})
    void answers502WhereTheUpstreamRefuses(String status, String detail) throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 " + status + "\r\nX-Secret: inner\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 ")
                .contains(detail)
                .doesNotContain("inner");
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.CONNECT_FAILED);
    }

    @Test
    void answers502WhereTheUpstreamRefusesTheCredentials() throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 ")
                .contains("refused its credentials")
                .doesNotContain("Proxy-Authenticate", "corp");
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001 garbage\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"
            })
    void answers502ToWhatIsNoAnswer(String garbage) throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        server.readHead();
        server.send(garbage);
        assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
        assertThat(rig.ended().reason()).isEqualTo(Tunnel.Reason.NOT_OPENED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 O"})
    void answers502WhereTheUpstreamCloses(String beginning) throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        server.readHead();
        server.send(beginning).close();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("closed the connection");
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.CONNECT_FAILED);
    }

    @Test
    void answers504WhereTheUpstreamIsSilent() throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        server.readHead();
        assertThat(client.readHead()).startsWith("HTTP/1.1 504 ");
        assertThat(server.endsByReset()).isTrue();
        assertThat(rig.ended().outcome().status()).isEqualTo(Status.TIMED_OUT);
    }

    @Test
    void keepsPlainHttpInsideOnTheSameWay() throws Exception {
        RawSocket client = client();
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n\r\n");
        client.readHead();
        client.send("GET /in HTTP/1.1\r\nHost: far.test\r\n\r\n");
        assertThat(server.readHead()).isEqualTo("GET /in HTTP/1.1\r\nHost: far.test\r\n\r\n");
        server.send("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 204 ");
        assertThat(rig.exchange().route()).isEqualTo(new Route(Route.Kind.UPSTREAM_PROXY, upstream.authority()));
    }
}
