package io.github.captureproxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Tunnel;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.testkit.RawOrigin;
import io.github.captureproxy.testkit.RawSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A proxy recognises itself, and nobody else. */
class LoopDetectionTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    private static final int MAX_TUNNELS = 10;

    private final Semaphore tunnelsClosed = new Semaphore(0);

    @Test
    void aClientMayComeFromAPortThatATunnelOfTheProxyHad() throws Exception {
        try (RawOrigin origin = new RawOrigin();
                CaptureProxy proxy = CaptureProxy.builder()
                        .port(0)
                        .listener(new TunnelListener())
                        .start()) {
            assertThat(answerToOneFromThePortOfAClosedTunnel(proxy, origin)).startsWith("HTTP/1.1 200 ");
        }
    }

    /** Another program may take the port in between: then the port of another tunnel does as well. */
    private String answerToOneFromThePortOfAClosedTunnel(CaptureProxy proxy, RawOrigin origin) throws Exception {
        for (int tunnel = 1; ; tunnel++) {
            int port = portOfAClosedTunnel(proxy, origin);
            assertThat(tunnelsClosed.tryAcquire(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
                    .isTrue();
            try {
                return answerTo(proxy, port, origin);
            } catch (BindException e) {
                if (tunnel == MAX_TUNNELS) {
                    throw e;
                }
            }
        }
    }

    private static int portOfAClosedTunnel(CaptureProxy proxy, RawOrigin origin) throws IOException {
        try (RawSocket client = RawSocket.connect(proxy.address())) {
            client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
            try (RawSocket server = origin.accept()) {
                client.readHead();
                client.send(new byte[] {0});
                server.read(1);
                return server.socket().getPort();
            } finally {
                client.readToEnd();
            }
        }
    }

    private static String answerTo(CaptureProxy proxy, int localPort, RawOrigin origin) throws IOException {
        try (Socket client = new Socket()) {
            client.setSoTimeout(TIMEOUT_MILLIS);
            client.setReuseAddress(true);
            client.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), localPort));
            client.connect(proxy.address());
            String connect = "CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n";
            client.getOutputStream().write(connect.getBytes(StandardCharsets.ISO_8859_1));
            return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
        }
    }

    /** Tells that the tunnel has ended. */
    private final class TunnelListener implements ExchangeListener {
        @Override
        public void onExchange(Exchange exchange) {}

        @Override
        public void onTunnelClosed(Tunnel tunnel) {
            tunnelsClosed.release();
        }
    }
}
