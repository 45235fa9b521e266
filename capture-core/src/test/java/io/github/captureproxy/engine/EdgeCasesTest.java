package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy says for itself, and what it passes on, at the edges of the rules. */
class EdgeCasesTest extends WireTest {
    @Test
    void theRecordOfAResponseThatBreaksInItsFirstBytesIsTheProxysOwn() throws Exception {
        RawSocket client = clientSending(get("/"));
        accept().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n");
        String text = client.readToEnd();

        Exchange exchange = recorded();
        assertThat(text).startsWith("HTTP/1.1 502 ").endsWith(body(exchange));
        assertThat(body(exchange)).startsWith("Bad Gateway: ");
    }

    private static String body(Exchange exchange) {
        return exchange.response().orElseThrow().body().text();
    }

    @Test
    void anOldClientGetsNoTransferEncodingEvenWithoutABody() throws Exception {
        RawSocket client = clientSending("HEAD http://" + origin.authority() + "/ HTTP/1.0\r\n\r\n");
        accept().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.readHead()).doesNotContainIgnoringCase("transfer-encoding");
    }

    @Test
    void theSizeOfAHeadIsKnownEvenIfItsFieldsContradictEachOther() throws Exception {
        String head = "POST http://a.test/ HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";
        assertThat(clientSending(head).readToEnd()).startsWith("HTTP/1.1 400 ");
        assertThat(recorded().sizes().requestHead()).isEqualTo(head.length());
    }

    @Test
    void interimResponsesCarryViaToo() throws Exception {
        restart(options().via("here"));
        RawSocket client = clientSending(get("/"));
        accept().send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        assertThat(client.readHead()).contains("Via: 1.1 here\r\n");
    }

    @Test
    void aRequestIsNotSentAgainOnceAnInterimResponseHasCome() throws Exception {
        RawSocket client = clientSending(get("/first"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", ""));
        client.readHead();
        client.send(get("/second"));
        server.readHead();
        server.send("HTTP/1.1 103 Early Hints\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 103 ");
        server.close();
        assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void aSlowHeadIsRecordedAsTimedOut() throws Exception {
        restart(options().headTimeout(Duration.ofMillis(200)));
        assertThat(clientSending("GET http://x/ HT").readToEnd()).startsWith("HTTP/1.1 408 ");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.TIMED_OUT);
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.CLIENT);
    }

    @Test
    void aClientThatSpeaksTlsToTheProxyIsToldSo() throws Exception {
        String answer =
                client().send(new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0}).readToEnd();
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("TLS was spoken to the proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://joe:hunter2@127.0.0.1:1/", "http://joe@127.0.0.1/"})
    void userInformationInATargetIsNamedAsTheReason(String target) throws Exception {
        String answer = clientSending("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .readToEnd();
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("user information")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " HTTP/1.1\r\nHost: x\r\n\r\n"})
    void aTargetLongerThanTheLimitGets414HoweverMuchOfTheHeadIsThere(String rest) throws Exception {
        restart(options().maxHeaderBytes(1024));
        assertThat(clientSending("GET http://x/" + "a".repeat(2000) + rest).readToEnd())
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void aReverseProxyOpensNoTunnels() throws Exception {
        restart(options().forwardTo(URI.create("http://" + origin.authority())));
        String authority = origin.authority();
        String answer = clientSending("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n")
                .readToEnd();
        assertThat(answer).startsWith("HTTP/1.1 501 ");
    }

    @Test
    void aSwitchBeforeTheRequestHasEndedIsRefusedForThatReason() throws Exception {
        RawSocket client = clientSending(get("/", "Connection: Upgrade", "Upgrade: irc", "Content-Length: 3"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: irc\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("before the request has ended");
    }

    @ParameterizedTest
    @CsvSource({"websocket, h2c", "websocket, ''", "'chat/2, websocket', irc"})
    void aSwitchToWhatWasNotAskedForIsRefused(String asked, String chosen) throws Exception {
        RawSocket client = clientSending(get("/", "Connection: Upgrade", "Upgrade: " + asked));
        String field = chosen.isEmpty() ? "" : "Upgrade: " + chosen + "\r\n";
        accept().send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n" + field + "\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_RESPONSE);
    }

    @Test
    void aProtocolWhoseNameOnlyContainsOneOfHttpsIsPassedOn() throws Exception {
        RawSocket client = clientSending(get("/", "Connection: Upgrade", "Upgrade: myhttp/1"));
        RawSocket server = accept();
        assertThat(server.readHead()).contains("Upgrade: myhttp/1\r\n");
        server.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: myhttp/1\r\n\r\nhello");
        assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        assertThat(client.read(5)).isEqualTo("hello");
    }

    @Test
    void aRequestInsideATunnelIsGivenTheHostItLacks() throws Exception {
        RawSocket client = tunnel();
        client.send("GET /in HTTP/1.0\r\n\r\n");
        assertThat(accept().readHead()).isEqualTo("GET /in HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
    }

    @Test
    void theLastResponseInsideATunnelSaysThatItIsTheLast() throws Exception {
        RawSocket client = tunnel();
        client.send("GET /in HTTP/1.1\r\nHost: x\r\n\r\n");
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.readToEnd()).contains("Connection: close\r\n");
    }

    private RawSocket tunnel() throws Exception {
        String authority = origin.authority();
        RawSocket client = clientSending("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        assertThat(client.readHead()).isEqualTo(TunnelRig.ESTABLISHED);
        return client;
    }
}
