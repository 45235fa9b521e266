package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the proxy says itself: short, plain text, about what failed and nothing else; recorded as it was sent. */
class OwnAnswerTest extends WireTest {
    @Test
    void isPlainTextThatNamesWhatFailed() throws IOException {
        RawSocket client = clientSending(get("/"));
        accept().close();
        String text = "Bad Gateway: the origin closed the connection without a response\n";
        assertThat(client.readToEnd())
                .isEqualTo(
                        "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
                                + "Content-Length: " + text.length() + "\r\n\r\n" + text);
        CapturedResponse recorded = recorded().response().orElseThrow();
        assertThat(recorded.status()).isEqualTo(502);
        assertThat(recorded.body().text()).isEqualTo(text);
    }

    @Test
    void hasNoBodyForHead() throws IOException {
        RawSocket client = clientSending(request("HEAD", "/", ""));
        accept().close();
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 502 ")
                .contains("\r\nContent-Length: 65\r\n")
                .endsWith("\r\n\r\n");
        assertThat(recorded().response().orElseThrow().body().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void closesTheConnectionInAnyVersion(String version) throws IOException {
        RawSocket client = clientSending(get("/").replace("HTTP/1.1", version));
        accept().close();
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("\r\nConnection: close\r\n");
    }

    @Test
    void isA431ForAHeadThatIsTooLarge() throws IOException {
        restart(options().maxHeaderBytes(2_000));
        RawSocket client = clientSending(get("/", "X-Large: " + "v".repeat(2_000)));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.CLIENT);
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void isA431ForAHeadThatNeverEnds() throws IOException {
        RawSocket client = clientSending("GET http://a/ HTTP/1.1\r\n");
        Background.run(() -> {
            try {
                while (true) {
                    client.send("X-More: " + "v".repeat(1_000) + "\r\n");
                }
            } catch (IOException e) {
                // cut off, as it should be
            }
        });
        assertThat(client.readHead()).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    }

    @Test
    void isA431ForTooManyFields() throws IOException {
        restart(options().maxHeaderFields(10));
        RawSocket client = clientSending(get("/", "A: 1\r\n".repeat(9) + "A: 1"));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 431 ");
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void isA502ForAResponseWhoseHeadIsTooLarge() throws IOException {
        restart(options().maxHeaderBytes(2_000));
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "", "X-Large: " + "v".repeat(2_000)));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ").contains("its head is larger than the limit");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_RESPONSE);
    }

    @Test
    void isA502ForAResponseWithTooManyFields() throws IOException {
        restart(options().maxHeaderFields(10));
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("200 OK", "", "A: 1\r\n".repeat(9) + "A: 1"));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void takesHeadsOfExactlyTheLimits() throws IOException {
        int room = 2_000 - get("/", "X-Large: ").length();
        restart(options().maxHeaderBytes(2_000).maxHeaderFields(10));
        String large = "X-Large: " + "v".repeat(room);
        clientSending(get("/", large));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/", large));
        clientSending(get("/", "A: 1\r\n".repeat(8) + "A: 1"));
        assertThat(accept().readHead()).startsWith("GET / ");
    }
}
