package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;

/** A client's connection. */
public interface TestClient extends AutoCloseable {
    /** Sends a request's head, behind which there is content of the length that it says, or of any. */
    ClientExchange request(TestRequest head) throws IOException;

    /** Sends a request without content. */
    ClientExchange requestEmpty(TestRequest head) throws IOException;

    @Override
    void close() throws IOException;

    /** Begins to speak a version. */
    static TestClient on(RawSocket socket, Version version, String scheme, String target) throws IOException {
        return version == Version.HTTP_2 ? new Http2TestClient(socket, scheme) : new Http1TestClient(socket, target);
    }
}
