package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Max-Forwards, {@code OPTIONS *} and Via (RFC 9110 sections 7.6.2, 9.3.7 and 7.6.3). */
class ForwardingOptionsTest extends WireTest {
    @ParameterizedTest
    @CsvSource({
        "TRACE,1,0",
        "OPTIONS,10,9",
        "GET,5,5",
        "GET,0,0",
        "OPTIONS,x,x",
        "OPTIONS,+5,+5",
        "TRACE,9000000000,2147483647",
        "max,0,0"
    })
    void countsForwardsDownForTraceAndOptionsAlone(String method, String value, String sent) throws IOException {
        clientSending(request(method, "/", "", "A: 1", "max-forwards:" + value, "B: 2"));
        assertThat(accept().readHead().replace("max-forwards: ", "max-forwards:"))
                .isEqualTo(forwarded(method, "/", "A: 1", "max-forwards:" + sent, "B: 2"));
    }

    @Test
    void answersTraceItselfWhenItMayGoNoFurtherAndLeavesCredentialsOut() throws IOException {
        RawSocket client = clientSending(request(
                "TRACE", "/a", "", "Max-Forwards: 0", "Cookie: s", "Authorization: s", "Proxy-Authorization: s"));
        String echo = "TRACE http://" + origin.authority() + "/a HTTP/1.1\r\nHost: " + origin.authority()
                + "\r\nMax-Forwards: 0\r\n\r\n";
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Type: message/http\r\n")
                .endsWith("\r\n\r\n" + echo);
        assertThat(recorded().outcome())
                .isEqualTo(new Outcome(
                        Outcome.Status.ANSWERED_BY_PROXY,
                        Outcome.Side.PROXY,
                        recorded().outcome().bytes(),
                        ""));
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "000"})
    void answersOptionsItselfWhenItMayGoNoFurther(String none) throws IOException {
        RawSocket client = clientSending(request("OPTIONS", "/", "", "Max-Forwards: " + none));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: 0\r\n");
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void answersOptionsForItselfAlone() throws IOException {
        RawSocket client = clientSending("OPTIONS * HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: 0\r\n");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.ANSWERED_BY_PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET *", "OPTIONS **", "OPTIONS *?a"})
    void refusesAnAsteriskElsewhere(String line) throws IOException {
        RawSocket client = clientSending(line + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void sendsOptionsForAWholeOriginOnWithAnAsterisk() throws IOException {
        clientSending(request("OPTIONS", "", ""));
        assertThat(accept().readHead()).isEqualTo(forwarded("OPTIONS", "*"));
    }

    @Test
    void addsViaToBothMessagesWhenItIsSwitchedOn() throws IOException {
        restart(options().via("capture"));
        RawSocket client = clientSending(get("/", "Via: 1.0 other"));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/", "Via: 1.0 other", "Via: 1.1 capture"));
        server.send("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nVia: 1.0 capture\r\n\r\n");
        assertThat(recorded().request().headers().all("Via")).containsExactly("1.0 other");
    }
}
