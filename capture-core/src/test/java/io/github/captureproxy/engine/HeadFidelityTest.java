package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a head says end to end passes as it was written: case, order, repetition, white space and odd bytes. */
class HeadFidelityTest extends WireTest {
    private static final String ODD_FIELDS = lines(
            "B: 2",
            "a: 1",
            "b:3",
            "B:",
            "A:\t x \t y \t",
            "Set-Cookie: a=\"b, c\"; d",
            "set-cookie:  e",
            "X-Latin: \u00e9\u0080\u009f\u00ff",
            "!#$%&'*+-.^_`|~9: token",
            "X-Empty: ");

    @ParameterizedTest
    @ValueSource(strings = {"GET", "get", "PATCH", "PROPFIND", "M-SEARCH", "!#$%&'*+-.^_`|~", "X"})
    void passesAnyMethod(String method) throws IOException {
        RawSocket client = clientSending(request(method, "/", ""));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded(method, "/"));
        server.send(response("200 OK", ""));
        client.readHead();
        assertThat(recorded().request().method()).isEqualTo(method);
    }

    @Test
    void passesRequestFieldsAsTheyAreWritten() throws IOException {
        String head = "GET / HTTP/1.1\r\n" + ODD_FIELDS + "Host: " + origin.authority() + "\r\n\r\n";
        clientSending(head.replace(" / ", " http://" + origin.authority() + "/ "));
        assertThat(accept().readHead()).isEqualTo(head);
    }

    @Test
    void passesResponseFieldsAsTheyAreWritten() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        String head = "HTTP/1.1 200 OK\r\n" + ODD_FIELDS + "content-LENGTH:0\r\n\r\n";
        server.send(head);
        assertThat(client.readHead()).isEqualTo(head);
    }

    @Test
    void recordsRepeatedFieldsInTheirOrder() throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send("HTTP/1.1 200 OK\r\n" + ODD_FIELDS + "Content-Length: 0\r\n\r\n");
        client.readHead();
        CapturedResponse response = recorded().response().orElseThrow();
        assertThat(response.headers().all("b")).containsExactly("2", "3", "");
        assertThat(response.headers().all("SET-COOKIE")).containsExactly("a=\"b, c\"; d", "e");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK,HTTP/1.1 200 OK",
        "'HTTP/1.1 200 ','HTTP/1.1 200 '",
        "HTTP/1.1 200,HTTP/1.1 200",
        "HTTP/1.1 299 \u00e9\t \u0080 reason,HTTP/1.1 299 \u00e9\t \u0080 reason",
        "HTTP/1.1 999 Odd,HTTP/1.1 999 Odd",
        "HTTP/1.0 200 Old,HTTP/1.1 200 Old",
        "HTTP/1.3 200 New,HTTP/1.1 200 New"
    })
    void passesStatusAndReasonInItsOwnVersion(String line, String sent) throws IOException {
        RawSocket client = clientSending(get("/"));
        RawSocket server = accept();
        server.readHead();
        server.send(line + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(client.readHead()).isEqualTo(sent + "\r\nContent-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.2", "1.9"})
    void speaksItsOwnVersionToTheOrigin(String version) throws IOException {
        clientSending(get("/").replace("HTTP/1.1", "HTTP/" + version));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/"));
    }

    @Test
    void passesALargeHead() throws IOException {
        String large = "X-Large: " + "v".repeat(60_000);
        RawSocket client = clientSending(get("/", large));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/", large));
        server.send(response("200 OK", "abc", large));
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 OK\r\n" + large + "\r\nContent-Length: 3\r\n\r\n");
        assertThat(client.read(3)).isEqualTo("abc");
    }

    @Test
    void takesAHeadThatComesByteByByte() throws IOException {
        RawSocket client = client();
        for (char c : ("\r\n" + get("/", "A: 1")).toCharArray()) {
            client.send(String.valueOf(c));
        }
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/", "A: 1"));
        for (char c : response("200 OK", "abc").toCharArray()) {
            server.send(String.valueOf(c));
        }
        assertThat(client.readHead() + client.read(3)).isEqualTo(response("200 OK", "abc"));
    }

    @Test
    void ignoresAnEmptyLineThatComesInTwoParts() throws IOException {
        RawSocket client = clientSending("\r");
        letProxyRead();
        client.send("\n" + get("/"));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r\n\r\n"})
    void ignoresEmptyLinesBeforeARequest(String lines) throws IOException {
        clientSending(lines + get("/"));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/"));
    }
}
