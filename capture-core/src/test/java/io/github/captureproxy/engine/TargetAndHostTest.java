package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target passes byte for byte, and Host says what the target says (RFC 9112 section 3.2). */
class TargetAndHostTest extends WireTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb%2f",
                "/|{}[]^`<>\"\\",
                "/\u00e9\u00ff\u0080",
                "//a//b",
                "/?",
                "/?a=http://b/c?d&e=%zz",
                "/a/../b/./c/",
                "/..",
                "/;p=1,2",
                "/%",
                "/*",
                "/a:b@c"
            })
    void passesPathAndQueryByteForByte(String path) throws IOException {
        RawSocket client = clientSending(get(path));
        RawSocket server = accept();
        assertThat(server.readHead()).isEqualTo(forwarded("GET", path));
        server.send(response("200 OK", ""));
        client.readHead();
        assertThat(recorded().request().url()).isEqualTo("http://" + origin.authority() + path);
    }

    @ParameterizedTest
    @CsvSource({"GET,'',/", "GET,?,/?", "GET,?q=/x,/?q=/x", "OPTIONS,'',*", "OPTIONS,?q,/?q", "OPTIONS,/,/"})
    void writesAnEmptyPathInOriginForm(String method, String path, String sent) throws IOException {
        clientSending(request(method, path, ""));
        assertThat(accept().readHead()).isEqualTo(forwarded(method, sent));
    }

    @Test
    void refusesAFragment() throws IOException {
        RawSocket client = clientSending(get("/a#b"));
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_REQUEST);
        assertThat(nextAtOrigin(null)).isEqualTo(sentinel());
    }

    @Test
    void passesALongTarget() throws IOException {
        String path = "/" + "x".repeat(30_000);
        clientSending(get(path));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.example", "other.example:80", "127.0.0.1", "LOCALHOST"})
    void putsTheTargetsAuthorityIntoAHostThatDiffers(String host) throws IOException {
        clientSending("GET http://" + origin.authority() + "/ HTTP/1.1\r\nA: 1\r\nhOST:" + host + "\r\nB: 2\r\n\r\n");
        assertThat(accept().readHead())
                .isEqualTo("GET / HTTP/1.1\r\nA: 1\r\nhOST: " + origin.authority() + "\r\nB: 2\r\n\r\n");
    }

    @Test
    void leavesAHostThatIsRightAsItIsWritten() throws IOException {
        clientSending(
                "GET http://" + origin.authority() + "/ HTTP/1.1\r\nhOST:   " + origin.authority() + "  \r\n\r\n");
        assertThat(accept().readHead()).isEqualTo("GET / HTTP/1.1\r\nhOST:   " + origin.authority() + "  \r\n\r\n");
    }

    @Test
    void addsAHostThatAnOldClientLeftOut() throws IOException {
        clientSending("GET http://" + origin.authority() + "/ HTTP/1.0\r\nA: 1\r\n\r\n");
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/", "A: 1"));
    }

    @Test
    void takesTheHostsCaseFromTheTarget() throws IOException {
        clientSending("GET http://LocalHost:" + origin.port() + "/ HTTP/1.1\r\nHost: localhost:" + origin.port()
                + "\r\n\r\n");
        assertThat(accept().readHead()).isEqualTo("GET / HTTP/1.1\r\nHost: LocalHost:" + origin.port() + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "hTTp"})
    void takesASchemeInAnyCase(String scheme) throws IOException {
        clientSending(scheme + "-method " + scheme + "://" + origin.authority() + "/ HTTP/1.1\r\nHost: "
                + origin.authority() + "\r\n\r\n");
        assertThat(accept().readHead()).isEqualTo(forwarded(scheme + "-method", "/"));
    }

    @Test
    void tellsWhoSendsItARequestInOriginFormThatItIsAProxy() throws IOException {
        RawSocket client = clientSending("GET / HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").contains("this is a proxy");
        assertThat(recorded().outcome().side()).isEqualTo(Outcome.Side.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "ftp://127.0.0.1/", "urn:x"})
    void refusesSchemesThatItDoesNotForward(String target) throws IOException {
        RawSocket client = clientSending("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        assertThat(client.readToEnd()).startsWith("HTTP/1.1 501 ");
        assertThat(recorded().outcome().status()).isEqualTo(Outcome.Status.MALFORMED_REQUEST);
    }
}
