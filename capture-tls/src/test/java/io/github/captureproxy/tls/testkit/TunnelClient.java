package io.github.captureproxy.tls.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client that has opened a tunnel, and may speak TLS in it. Every wait ends after twenty seconds. */
public final class TunnelClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket plain;
    private final String host;
    private SSLSocket secured;

    private TunnelClient(Socket plain, String host) {
        this.plain = plain;
        this.host = host;
    }

    /** Connects to a proxy, and through it to a target; the tunnel is open then. */
    public static TunnelClient open(InetSocketAddress proxy, String host, int port) throws IOException {
        return open(new Socket(), proxy, host, port);
    }

    /** The same on a socket that is not connected yet. */
    public static TunnelClient open(Socket socket, InetSocketAddress proxy, String host, int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(proxy, TIMEOUT_MILLIS);
        String authority = host + ":" + port;
        write(socket, "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        String head = TlsOrigin.head(socket.getInputStream());
        if (!head.startsWith("HTTP/1.1 200")) {
            socket.close();
            throw new IOException("the tunnel was not opened: " + head);
        }
        return new TunnelClient(socket, host);
    }

    /** Connects to an origin itself. */
    public static TunnelClient direct(String host, int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return new TunnelClient(socket, host);
    }

    /** Shakes hands, with the tunnel's host as SNI. */
    public TunnelClient secure(ClientContext context, String... versions) throws IOException {
        return secure(context, host, parameters -> {
            if (versions.length > 0) {
                parameters.setProtocols(versions);
            }
        });
    }

    /** Shakes hands, with an SNI of its own. */
    public TunnelClient secure(ClientContext context, String serverName, Consumer<SSLParameters> change)
            throws IOException {
        // The name is only what sessions are found by again: one that is a host name would be checked against nothing.
        secured =
                (SSLSocket) context.context().getSocketFactory().createSocket(plain, serverName, plain.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setServerNames(
                Character.isDigit(serverName.charAt(0)) ? List.of() : List.of(new SNIHostName(serverName)));
        change.accept(parameters);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return this;
    }

    /** The certificates that the other end showed. */
    public List<Certificate> certificates() throws IOException {
        return List.of(secured.getSession().getPeerCertificates());
    }

    /** Asks for a path, and returns the response's body. */
    public String get(String path) throws IOException {
        return get(path, host);
    }

    /** Asks for a path, with a Host of its own. */
    public String get(String path, String hostField) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: " + hostField + "\r\n\r\n");
        String head = TlsOrigin.head(in());
        if (head.isEmpty()) {
            throw new IOException("the connection ended without a response");
        }
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        return head.substring(9, 13) + new String(in().readNBytes(length), ISO_8859_1);
    }

    /** Sends text, one byte a character. */
    public TunnelClient send(String text) throws IOException {
        write(secured == null ? plain : secured, text);
        return this;
    }

    /** Sends bytes. */
    public TunnelClient send(byte[] bytes) throws IOException {
        (secured == null ? plain : secured).getOutputStream().write(bytes);
        return this;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Reads so many bytes. */
    public String read(int count) throws IOException {
        return new String(in().readNBytes(count), ISO_8859_1);
    }

    public InputStream in() throws IOException {
        return (secured == null ? plain : secured).getInputStream();
    }

    /** The connection in TLS, or without it before {@link #secure}. */
    public Socket socket() {
        return secured == null ? plain : secured;
    }

    /** The connection below TLS. */
    public Socket plain() {
        return plain;
    }

    @Override
    public void close() throws IOException {
        if (secured != null) {
            secured.close();
        }
        plain.close();
    }
}
