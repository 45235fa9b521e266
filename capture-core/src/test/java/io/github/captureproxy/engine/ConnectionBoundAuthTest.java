package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that was authenticated as a whole, by NTLM or Negotiate, belongs to one client (RFC 4559 section 6). */
class ConnectionBoundAuthTest extends WireTest {
    private static final String OK = response("200 OK", "");

    /** The connection that a client has authenticated. */
    private RawSocket authenticated(RawSocket client, String scheme) throws IOException {
        client.send(get("/", "Authorization: " + scheme + " TlRMTVNTUAAD"));
        RawSocket server = accept();
        server.readHead();
        server.send(OK);
        client.readHead();
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"NTLM", "ntlm", "Negotiate", "NEGOTIATE"})
    void staysWithItsClient(String scheme) throws IOException {
        RawSocket client = client();
        RawSocket server = authenticated(client, scheme);
        for (int i = 0; i < 3; i++) {
            client.send(get("/" + i));
            assertThat(server.readHead()).isEqualTo(forwarded("GET", "/" + i));
            server.send(OK);
            client.readHead();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NTLM", "Negotiate"})
    void isNeverGivenToAnotherClient(String scheme) throws IOException {
        RawSocket client = client();
        RawSocket server = authenticated(client, scheme);
        clientSending(get("/other"));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/other"));
        client.send(get("/mine"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/mine"));
    }

    @Test
    void isClosedWithItsClient() throws IOException {
        RawSocket client = client();
        RawSocket server = authenticated(client, "NTLM");
        client.close();
        assertThat(server.readToEnd()).isEmpty();
    }

    @Test
    void keepsTheConnectionThatWasChallenged() throws IOException {
        RawSocket client = clientSending(get("/1"));
        RawSocket server = accept();
        server.readHead();
        server.send(response("401 Who", "", "WWW-Authenticate: Basic realm=\"a\"", "WWW-Authenticate: NTLM"));
        client.readHead();
        clientSending(get("/other"));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/other"));
        client.send(get("/2", "Authorization: NTLM TlRMTVNTUAAB"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/2", "Authorization: NTLM TlRMTVNTUAAB"));
    }

    @Test
    void servesNoOtherOrigin() throws IOException {
        RawOrigin other = opened(new RawOrigin());
        RawSocket client = client();
        RawSocket server = authenticated(client, "NTLM");
        client.send(get("/").replace(origin.authority(), other.authority()));
        RawSocket elsewhere = opened(other.accept());
        assertThat(elsewhere.readHead())
                .isEqualTo(forwarded("GET", "/").replace(origin.authority(), other.authority()));
        elsewhere.send(OK);
        client.readHead();
        client.send(get("/back"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/back"));
    }

    @Test
    void isReplacedWhenTheOriginHasClosedIt() throws IOException {
        RawSocket client = client();
        authenticated(client, "NTLM").close();
        letProxyRead();
        client.send(get("/again"));
        assertThat(accept().readHead()).isEqualTo(forwarded("GET", "/again"));
    }

    @Test
    void basicCredentialsBindNothing() throws IOException {
        RawSocket client = client();
        RawSocket server = authenticated(client, "Basic");
        clientSending(get("/other"));
        assertThat(server.readHead()).isEqualTo(forwarded("GET", "/other"));
    }
}
