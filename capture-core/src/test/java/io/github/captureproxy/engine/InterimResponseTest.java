package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.InformationalResponse;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1xx responses are passed on as they come, and come from the origin alone (RFC 9110 sections 10.1.1 and 15.2). */
class InterimResponseTest extends WireTest {
    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints", "199 Odd"})
    void passesOneOnBeforeTheFinalResponseIsThere(String line) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        String interim = "HTTP/1.1 " + line + "\r\nLink: </a.css>\r\nlink: </b.css>\r\n\r\n";
        server.send(interim);
        assertThat(client.readHead()).isEqualTo(interim);
        server.send(response("200 OK", "abc"));
        assertThat(client.readHead() + client.read(3)).isEqualTo(response("200 OK", "abc"));
    }

    @Test
    void passesSeveralOnThatComeInOneWriteWithTheFinalOne() throws IOException {
        String all = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
                + "A: 2\r\n\r\n" + response("200 OK", "abc");
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(all);
        assertThat(client.read(all.length())).isEqualTo(all);
        assertThat(recorded().informational())
                .extracting(InformationalResponse::status)
                .containsExactly(100, 103, 103);
        assertThat(recorded().response().orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void asksForTheBodyOnlyWhenTheOriginDoes() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "", "Expect: 100-continue", "Content-Length: 3"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("POST", "/", "Expect: 100-continue", "Content-Length: 3"));
        server.send("HTTP/1.1 103 Early Hints\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 103 Early Hints\r\n\r\n");
        server.send("HTTP/1.1 100 Go on\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Go on\r\n\r\n");
        client.send("abc");
        assertThat(server.read(3)).isEqualTo("abc");
        server.send(response("200 OK", ""));
        assertThat(client.readHead()).isEqualTo(response("200 OK", ""));
    }

    @Test
    void sendsABodyOnThatDoesNotWaitToBeAskedFor() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "ab", "Expect: 100-continue", "Content-Length: 4"));
        RawSocket server = accept();
        server.readHead();
        assertThat(server.read(2)).isEqualTo("ab");
        client.send("cd");
        assertThat(server.read(2)).isEqualTo("cd");
        server.send(response("200 OK", ""));
        assertThat(client.readHead()).isEqualTo(response("200 OK", ""));
        assertThat(recorded().informational()).isEmpty();
    }

    @Test
    void passesARefusalToExpectAndNeverSendsTheBody() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "", "Expect: 100-continue", "Content-Length: 3"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("417 No", ""));
        assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 417 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(server.readToEnd()).isEmpty();
        assertThat(recorded().request().body().isComplete()).isFalse();
    }

    @Test
    void keepsInterimResponsesFromAnOldClientAndRecordsThem() throws IOException {
        RawSocket client = clientSending(get("/").replace("HTTP/1.1", "HTTP/1.0"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 103 Early Hints\r\n\r\n" + response("200 OK", "abc"));
        assertThat(client.readToEnd())
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        assertThat(recorded().informational()).hasSize(1);
    }

    @Test
    void refusesAProtocolSwitchThatNobodyAskedFor() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
        assertThat(server.endsByReset()).isTrue();
    }
}
