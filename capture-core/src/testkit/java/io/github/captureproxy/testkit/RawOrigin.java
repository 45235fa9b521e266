package io.github.captureproxy.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** An origin on a free loopback port that a test accepts connections of by hand. */
public final class RawOrigin implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ServerSocket server;

    /** Listens. */
    public RawOrigin() throws IOException {
        server = new ServerSocket(0, 1_000, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        server.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** Takes the next connection. */
    public RawSocket accept() throws IOException {
        return new RawSocket(server.accept());
    }

    /** The port. */
    public int port() {
        return server.getLocalPort();
    }

    /** The authority, as it stands in URLs. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** The address. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
