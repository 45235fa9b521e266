package io.github.captureproxy.tls.internal.origin;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes each socket by the factory of the moment: programs keep a factory for long. Safe for any thread. */
final class OriginSockets extends SSLSocketFactory {
    private final Supplier<SSLSocketFactory> current;

    OriginSockets(Supplier<SSLSocketFactory> current) {
        this.current = current;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return current.get().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return current.get().getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return current.get().createSocket();
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean closesIt) throws IOException {
        return current.get().createSocket(below, host, port, closesIt);
    }

    @Override
    public Socket createSocket(Socket below, @Nullable InputStream consumed, boolean closesIt) throws IOException {
        return current.get().createSocket(below, consumed, closesIt);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return current.get().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, @Nullable InetAddress own, int ownPort) throws IOException {
        return current.get().createSocket(host, port, own, ownPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return current.get().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, @Nullable InetAddress own, int ownPort) throws IOException {
        return current.get().createSocket(host, port, own, ownPort);
    }
}
