package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.http2.Http2Frame;
import io.github.captureproxy.testkit.http2.RawHttp2Client;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client of HTTP/2, which makes each request on a stream of its own. */
final class Http2TestClient implements TestClient {
    private final String scheme;
    private final RawHttp2Client connection;
    private final Http2Wire wire;
    private int nextStream = 1;

    Http2TestClient(RawSocket socket, RawSocket carrier, String scheme) throws IOException {
        this.scheme = scheme;
        connection = new RawHttp2Client(socket, scheme, "unused");
        wire = new Http2Wire(connection, carrier, stream -> {
            throw new IllegalStateException("the peer opened stream " + stream);
        });
        connection.send(RawHttp2Client.PREFACE);
        connection.send(Http2Frame.settings());
        Threads.start("an HTTP/2 client", wire);
    }

    @Override
    public ClientExchange request(TestRequest head) throws IOException {
        return request(head, false);
    }

    @Override
    public ClientExchange requestEmpty(TestRequest head) throws IOException {
        return request(head, true);
    }

    private synchronized ClientExchange request(TestRequest head, boolean ends) throws IOException {
        Exchange made = new Exchange(wire, nextStream);
        nextStream += 2;
        wire.add(made);
        List<Header> fields = new ArrayList<>(List.of(
                new Header(":method", head.method()),
                new Header(":scheme", scheme),
                new Header(":authority", head.authority()),
                new Header(":path", head.path())));
        fields.addAll(Http2Half.lowered(head.fields()));
        wire.sendBlock(made.stream(), fields, ends);
        return made;
    }

    @Override
    public void awaitEnd() throws IOException {
        wire.awaitEnd();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** One of them. */
    private static final class Exchange extends Http2Half implements ClientExchange {
        Exchange(Http2Wire wire, int stream) {
            super(wire, stream);
        }

        @Override
        public TestResponse response() throws IOException {
            List<Header> fields = block();
            return new TestResponse(Integer.parseInt(pseudo(fields, ":status")), regular(fields));
        }
    }
}
