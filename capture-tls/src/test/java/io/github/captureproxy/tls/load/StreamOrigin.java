package io.github.captureproxy.tls.load;

import io.github.captureproxy.tls.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.Header;

/** An origin that does on each stream what its plan says. */
final class StreamOrigin implements AutoCloseable {
    private static final int BACKLOG = 100;
    private static final int WINDOW = 200_000;
    private static final long REFUSED_STREAM = 7;

    private final SSLServerSocket server;
    private final StreamLedger ledger;
    private final IntFunction<StreamPlan> plans;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    StreamOrigin(TestCertificate certificate, StreamLedger ledger, IntFunction<StreamPlan> plans) throws Exception {
        this.ledger = ledger;
        this.plans = plans;
        server = (SSLServerSocket) certificate
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        server.setSSLParameters(parameters);
        Thread thread = new Thread(this::accept, "stream-origin");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                serve((SSLSocket) server.accept());
            }
        } catch (IOException e) { // closed, which ends this thread
            return;
        }
    }

    private void serve(SSLSocket socket) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.startHandshake();
            Link link = new Link(socket);
            links.add(link);
            link.start(false, WINDOW);
        } catch (IOException e) { // the stream that the connection was for is reset already
            socket.close();
        }
    }

    /** Ends all connections, none of which is in use. */
    void closeConnections() throws IOException {
        for (Link link : List.copyOf(links)) {
            links.remove(link);
            link.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }

    /** One connection. */
    private final class Link extends FrameLink {
        Link(Socket socket) throws IOException {
            super(socket, "stream-origin-link");
        }

        @Override
        StreamEnd opened(int id, List<Header> fields) {
            String path = fields.stream()
                    .filter(it -> it.getName().equals(":path"))
                    .map(Header::getValue)
                    .findFirst()
                    .orElse("");
            if (path.isEmpty()) {
                return null; // the trailers of a stream that this end has reset
            }
            End end = new End(this, id, plans.apply(Integer.parseInt(path.substring(1))));
            add(end);
            return end;
        }

        @Override
        void ended(StreamEnd stream) {
            // the ends know
        }

        @Override
        void broken(String what) {
            if (links.contains(this)) {
                ledger.wrong("a connection to the origin: " + what);
            }
        }
    }

    /** The origin's end of a stream. */
    private final class End extends StreamEnd {
        private boolean begun;

        End(FrameLink link, int id, StreamPlan plan) {
            super(link, id, plan, false);
        }

        @Override
        void head(List<Header> fields) throws IOException {
            if (plan().ending() == Ending.REFUSED_ONCE && refused.add(plan().ordinal())) {
                reset(REFUSED_STREAM);
            } else if (plan().ending() == Ending.BOTH_WAYS || plan().ending().isEarly()) {
                begin();
            }
        }

        private void begin() throws IOException {
            begun = true;
            String size = Integer.toString(plan().response().size());
            link().sendFields(
                            id(),
                            false,
                            ":status",
                            "200",
                            "x-number",
                            Integer.toString(plan().ordinal()),
                            sometimes() ? "content-length" : "x-nothing",
                            size);
        }

        @Override
        void pump() throws IOException {
            if (!begun && isRemoteEnded()) {
                begin();
            }
            super.pump();
            if (isRemoteEnded()) {
                ledger.originGotAll(plan());
            } else if (isLocalEnded() && plan().ending() == Ending.EARLY_AND_STOPPED) {
                reset(0);
            }
        }

        @Override
        boolean mayBegin() {
            return begun;
        }

        @Override
        boolean mayEnd() {
            return isRemoteEnded() || plan().ending().isEarly();
        }

        @Override
        boolean cuts() {
            return plan().ending() == Ending.ORIGIN_RESETS;
        }

        @Override
        void resetSeen(long code) {
            ledger.originSawReset(plan(), code);
        }

        @Override
        void wrong(String what) {
            ledger.wrong("the origin of " + plan() + ": " + what);
        }

        @Override
        boolean sendsTrailers() {
            return plan().hasResponseTrailers();
        }

        @Override
        boolean expectsTrailers() {
            return plan().hasRequestTrailers();
        }
    }
}
