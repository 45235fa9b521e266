package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;

/** A client's connection. */
public interface TestClient extends AutoCloseable {
    /** Sends a request's head, behind which there is content of the length that it says, or of any. */
    ClientExchange request(TestRequest head) throws IOException;

    /** Sends a request without content. */
    ClientExchange requestEmpty(TestRequest head) throws IOException;

    /** Waits until the proxy has ended the connection. */
    void awaitEnd() throws IOException;

    @Override
    void close() throws IOException;

    /** Begins to speak a version, without TLS, where targets begin with an authority or with nothing. */
    static TestClient plain(RawSocket socket, Version version, String target) throws IOException {
        return version == Version.HTTP_2
                ? new Http2TestClient(socket, socket, "http")
                : new Http1TestClient(socket, socket, target);
    }

    /** Begins to speak a version in TLS, on a connection that carries it. */
    static TestClient secure(RawSocket socket, RawSocket carrier, Version version) throws IOException {
        return version == Version.HTTP_2
                ? new Http2TestClient(socket, carrier, "https")
                : new Http1TestClient(socket, carrier, "");
    }
}
