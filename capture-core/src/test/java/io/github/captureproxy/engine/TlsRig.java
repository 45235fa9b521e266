package io.github.captureproxy.engine;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.testkit.TestTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A proxy that looks into tunnels, with one I/O thread, so that all of them share its kept connections. */
final class TlsRig implements AutoCloseable {
    static final String NAME = "origin.test";
    private static final int WAIT_SECONDS = 20;

    final TestInterceptor interceptor;
    final TunnelRig tunnels;
    final SSLContext clientContext;
    final SSLContext serverContext;
    private volatile @Nullable RawSocket rawServer;

    TlsRig(TestTls tls) throws IOException, GeneralSecurityException {
        this(tls, options -> options);
    }

    TlsRig(TestTls tls, UnaryOperator<CaptureProxyBuilder> options) throws IOException, GeneralSecurityException {
        interceptor = new TestInterceptor(tls);
        clientContext = tls.newContext();
        serverContext = tls.newContext();
        tunnels = new TunnelRig(builder -> options.apply(builder.ioThreads(1).tls(interceptor)));
    }

    RawOrigin origin() {
        return tunnels.origin;
    }

    /** A client whose tunnel to the origin is open; nothing has been sent inside. */
    RawSocket tunnel() throws IOException {
        return tunnelTo(origin().authority());
    }

    RawSocket tunnelTo(String authority) throws IOException {
        RawSocket client = tunnels.client().send(TunnelRig.connect(authority));
        client.read(TunnelRig.ESTABLISHED.length());
        return client;
    }

    /** Shakes hands as the client. */
    RawSocket secure(RawSocket client, String... versions) throws IOException {
        return tunnels.closing(client.secureAsClient(clientContext, NAME, versions));
    }

    /** Shakes hands as the origin on its next connection, beside the test's own thread. */
    Future<RawSocket> serving(String... versions) {
        return serving(origin(), versions);
    }

    Future<RawSocket> serving(RawOrigin at, String... versions) {
        return beside(() -> {
            RawSocket raw = at.accept();
            rawServer = raw;
            try {
                return raw.secureAsServer(serverContext, versions);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        });
    }

    /** What carries the TLS of the connection that {@link #serving} took last. */
    RawSocket rawServer() {
        return Objects.requireNonNull(rawServer);
    }

    static <T> Future<T> beside(Callable<T> step) {
        FutureTask<T> task = new FutureTask<>(step);
        Thread thread = new Thread(task, "one side of a conversation");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** What another thread made, which is closed with the rig. */
    RawSocket taken(Future<RawSocket> socket) throws ExecutionException, InterruptedException, TimeoutException {
        return tunnels.closing(socket.get(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    /** Both ends of a tunnel in which hands have been shaken. */
    TunnelRig.Ends open(String... versions) throws Exception {
        Future<RawSocket> server = serving(versions);
        RawSocket client = secure(tunnel(), versions);
        return new TunnelRig.Ends(client, taken(server));
    }

    /** Both ends of a tunnel through which one exchange has gone. */
    TunnelRig.Ends used() throws Exception {
        TunnelRig.Ends ends = open();
        exchange(ends, "/first");
        tunnels.exchange();
        return ends;
    }

    /** One exchange with a short response. */
    void exchange(TunnelRig.Ends ends, String path) throws IOException {
        ends.client().send(get(path));
        ends.server().readHead();
        ends.server().send(WireTest.response("200 OK", "hello"));
        ends.client().readThrough("hello");
    }

    /** Returns when the proxy's one I/O thread has read all that was sent to it before: it has done other work since. */
    void letProxyRead() throws IOException {
        for (int i = 0; i < 2; i++) {
            tunnels.client()
                    .send("OPTIONS http://probe.test/ HTTP/1.1\r\nHost: probe.test\r\nMax-Forwards: 0\r\n\r\n")
                    .readToEnd();
        }
    }

    /** A request as it is sent inside. */
    String get(String path, String... fields) {
        return request("GET", path, "", fields);
    }

    String request(String method, String path, String body, String... fields) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n" + WireTest.lines(fields) + "\r\n" + body;
    }

    String host() {
        return NAME + ":" + origin().port();
    }

    Exchange exchange() throws InterruptedException {
        return tunnels.exchange();
    }

    Tunnel ended() throws InterruptedException {
        return tunnels.ended();
    }

    @Override
    public void close() throws Exception {
        tunnels.close();
    }
}
