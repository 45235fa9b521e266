package io.github.captureproxy.testkit.hops;

import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.testkit.RawSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client of HTTP/1.1, which makes one request after another. */
final class Http1TestClient implements TestClient {
    private final RawSocket socket;
    private final RawSocket carrier;
    private final String target;

    /** With what comes before the path of a target. */
    Http1TestClient(RawSocket socket, RawSocket carrier, String target) {
        this.socket = socket;
        this.carrier = carrier;
        this.target = target;
    }

    @Override
    public ClientExchange request(TestRequest head) throws IOException {
        return request(head, true);
    }

    @Override
    public ClientExchange requestEmpty(TestRequest head) throws IOException {
        return request(head, false);
    }

    private ClientExchange request(TestRequest head, boolean withContent) throws IOException {
        Exchange made = new Exchange(socket, carrier, head.method().equals("HEAD"));
        List<Header> fields = new ArrayList<>();
        fields.add(new Header("Host", head.authority()));
        fields.addAll(head.fields());
        String line = head.method() + " " + target + head.path() + " HTTP/1.1";
        socket.send(made.head(line, HeaderList.of(fields), withContent));
        return made;
    }

    @Override
    public void awaitEnd() throws IOException {
        socket.readToAnyEnd();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** One of them. */
    private static final class Exchange extends Http1Half implements ClientExchange {
        private final boolean toHead;

        Exchange(RawSocket socket, RawSocket carrier, boolean toHead) {
            super(socket, carrier);
            this.toHead = toHead;
        }

        @Override
        public TestResponse response() throws IOException {
            Head head = Head.of(socket);
            int status = Integer.parseInt(head.line().substring(9, 12));
            if (status >= 200) {
                content = Http1Content.ofResponse(socket, head.all(), status, toHead);
            }
            return new TestResponse(status, head.fields());
        }
    }
}
