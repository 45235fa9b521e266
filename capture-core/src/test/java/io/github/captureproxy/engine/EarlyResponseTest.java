package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A final response of 300 or more that comes before the request's end ends the upload, and is not lost. */
class EarlyResponseTest extends WireTest {
    /** More than all the buffers on the way hold. */
    private static final int LARGE = 64 * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"300 Many", "307 There", "401 Who", "413 Large", "500 No"})
    void endsTheUploadAndBothConnections(String line) throws IOException {
        RawSocket client = clientSending(request("POST", "/", "ab", "Content-Length: 10"));
        RawSocket server = accept();
        server.readHead();
        assertThat(server.read(2)).isEqualTo("ab");
        server.send(response(line, "abc"));
        assertThat(client.readToEnd())
                .isEqualTo("HTTP/1.1 " + line + "\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
        assertThat(server.readToEnd()).isEmpty();
        Exchange exchange = recorded();
        assertThat(exchange.outcome()).isEqualTo(new Outcome(Outcome.Status.COMPLETED, Outcome.Side.NONE, 3, ""));
        assertThat(exchange.request().body().isComplete()).isFalse();
        assertThat(exchange.request().body().text()).isEqualTo("ab");
    }

    @Test
    void neverTakesTheRestOfTheUploadForARequest() throws IOException {
        RawSocket client = clientSending(request("POST", "/", "", "Content-Length: 1000"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("413 Large", ""));
        client.readHead();
        client.send(get("/smuggled"));
        assertThat(client.readToEnd()).isEmpty();
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
        assertThat(exchanges().size()).isEqualTo(1);
    }

    @Test
    void deliversAnAnswerToAClientThatIsStillUploading() throws IOException {
        RawSocket client = client();
        uploading(client);
        RawSocket server = accept();
        server.readHead();
        server.send(response("413 Large", "too large", "Connection: close"));
        assertThat(client.readToEnd())
                .isEqualTo("HTTP/1.1 413 Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large");
    }

    @Test
    void deliversAnAnswerThatIsFollowedByAReset() throws IOException {
        RawSocket client = client();
        uploading(client);
        RawSocket server = accept();
        server.readHead();
        server.send(response("413 Large", "too large")).reset();
        assertThat(client.readHead()).startsWith("HTTP/1.1 413 Large\r\n");
        assertThat(client.read(9)).isEqualTo("too large");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.COMPLETED);
    }

    @Test
    void deliversALargeAnswerWhileTheOriginReadsNothing() throws IOException {
        String body = "x".repeat(1_000_000);
        RawSocket client = client();
        uploading(client);
        RawSocket server = accept();
        server.readHead();
        Background.run(() -> server.send(response("413 Large", body)));
        assertThat(client.readHead()).startsWith("HTTP/1.1 413 Large\r\n");
        assertThat(client.read(body.length())).isEqualTo(body);
        assertThat(recorded().outcome().bytes()).isEqualTo(body.length());
    }

    @Test
    void deliversItsOwnRefusalToAClientThatIsStillUploading() throws IOException {
        restart(options().credentials("user", "password"));
        RawSocket client = client();
        uploading(client);
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 407 ").endsWith("a user name and a password\n");
    }

    /** A client that goes on sending a large body, whatever it is told. */
    private void uploading(RawSocket client) {
        Background.run(() -> {
            client.send(request("POST", "/", "", "Content-Length: " + LARGE));
            byte[] part = new byte[64 * 1024];
            try {
                for (int sent = 0; sent < LARGE; sent += part.length) {
                    client.send(part);
                }
            } catch (IOException e) {
                // cut off, as it should be
            }
        });
    }
}
