package io.github.captureproxy.tls.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.testkit.RecordingOrigin;
import io.github.captureproxy.tls.testkit.TestCertificate;
import io.github.captureproxy.tls.testkit.TlsOrigin;
import io.github.captureproxy.tls.testkit.TlsRig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One origin for each way to speak. */
final class Origins implements AutoCloseable {
    static final String GREETING = "220 ready\r\n";

    private final TlsOrigin https;
    private final TlsOrigin echo;
    private final RecordingOrigin http;
    private final ServerSocket greeting;

    Origins() throws Exception {
        TestCertificate.Recipe recipe = new TestCertificate.Recipe().subject("CN=all");
        for (Kind kind : Kind.values()) {
            recipe.dnsName("*." + kind.domain());
        }
        TestCertificate certificate = recipe.make(TlsRig.root());
        https = new TlsOrigin(certificate.serverContext());
        echo = new TlsOrigin(
                certificate.serverContext(),
                socket -> {},
                (origin, socket) -> socket.getInputStream().transferTo(socket.getOutputStream()));
        http = RecordingOrigin.start();
        greeting = new ServerSocket(0, 1_000, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread greeter = new Thread(this::greet, "greeter");
        greeter.setDaemon(true);
        greeter.start();
    }

    private void greet() {
        try {
            while (true) {
                try (Socket socket = greeting.accept()) {
                    socket.getOutputStream().write(GREETING.getBytes(ISO_8859_1));
                }
            }
        } catch (IOException e) { // closed, which ends this thread
            return;
        }
    }

    int port(Kind kind) {
        return switch (kind) {
            case INTERCEPTED, PASSED_BY_RULE, REJECTED, ABORTED -> https.port();
            case NOT_HTTP_INSIDE -> echo.port();
            case PLAIN_HTTP -> http.port();
            case SERVER_SPEAKS_FIRST -> greeting.getLocalPort();
        };
    }

    @Override
    public void close() throws Exception {
        https.close();
        echo.close();
        http.close();
        greeting.close();
    }
}
