package io.github.captureproxy.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A socket that sends and expects exact bytes, one character a byte. Every wait ends after ten seconds. */
public final class RawSocket implements AutoCloseable {
    /** A wait that takes longer is a failure, not slowness. */
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Long enough for an end that answers at once. */
    private static final int CLOSE_NOTIFY_MILLIS = 100;

    private static final Charset BYTES = ISO_8859_1;

    private final Socket socket;
    private final InputStream in;

    RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
    }

    /** Connects. */
    public static RawSocket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, TIMEOUT_MILLIS);
        return new RawSocket(socket);
    }

    /** Connects from a port of one's choice. */
    public static RawSocket connectFrom(int localPort, InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address.getAddress(), localPort));
        socket.connect(address, TIMEOUT_MILLIS);
        return new RawSocket(socket);
    }

    /** Connects with a receive buffer of about so many bytes: what is not read soon waits at the peer. */
    public static RawSocket connectReceiving(int buffer, InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.connect(address, TIMEOUT_MILLIS);
        return new RawSocket(socket);
    }

    /** The same connection in TLS, shaken hands as the client; a reset goes to this one. */
    public RawSocket secureAsClient(SSLContext context, String name, String... versions) throws IOException {
        return secured(
                (SSLSocket) context.getSocketFactory().createSocket(socket, name, socket.getPort(), true), versions);
    }

    /** The same connection in TLS, shaken hands as the server; a reset goes to this one. */
    public RawSocket secureAsServer(SSLContext context, String... versions) throws IOException {
        return secured((SSLSocket) context.getSocketFactory().createSocket(socket, null, true), versions);
    }

    /** As {@link #secureAsClient}, offering application protocols (RFC 7301), of which the server may choose none. */
    public RawSocket secureAsClientOf(SSLContext context, String name, String... protocols) throws IOException {
        return speaking(
                (SSLSocket) context.getSocketFactory().createSocket(socket, name, socket.getPort(), true), protocols);
    }

    /** As {@link #secureAsServer}, choosing among application protocols (RFC 7301), or refusing to shake hands. */
    public RawSocket secureAsServerOf(SSLContext context, String... protocols) throws IOException {
        return speaking((SSLSocket) context.getSocketFactory().createSocket(socket, null, true), protocols);
    }

    private static RawSocket speaking(SSLSocket secure, String... protocols) throws IOException {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        secure.setSSLParameters(parameters);
        return secured(secure);
    }

    private static RawSocket secured(SSLSocket secure, String... versions) throws IOException {
        if (versions.length > 0) {
            secure.setEnabledProtocols(versions);
        }
        RawSocket made = new RawSocket(secure);
        secure.startHandshake();
        return made;
    }

    /** Sends text, one byte a character. */
    public RawSocket send(String text) throws IOException {
        return send(text.getBytes(BYTES));
    }

    /** Sends bytes. */
    public RawSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads up to and with an empty line. */
    public String readHead() throws IOException {
        return readThrough("\r\n\r\n");
    }

    /** Reads up to and with the first occurrence of some text, and no byte more. */
    public String readThrough(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte last = (byte) end.charAt(end.length() - 1);
        int b;
        while ((b = in.read()) >= 0) {
            read.write(b);
            if ((byte) b == last && read.toString(BYTES).endsWith(end)) {
                return read.toString(BYTES);
            }
        }
        throw new IOException("the stream ended after " + read.toString(BYTES));
    }

    /** Reads so many bytes. */
    public String read(int count) throws IOException {
        return new String(readBytes(count), BYTES);
    }

    /** Reads so many bytes. */
    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("the stream ended after " + new String(bytes, BYTES));
        }
        return bytes;
    }

    /** Reads what is there until the peer ends its stream in an orderly way. */
    public String readToEnd() throws IOException {
        return new String(in.readAllBytes(), BYTES);
    }

    /** Reads what is there until the connection ends, by a reset or in an orderly way. */
    public String readToAnyEnd() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            in.transferTo(read);
        } catch (SocketException e) {
            // a reset: what came before it counts
        }
        return read.toString(BYTES);
    }

    /** Reads and throws away until the connection ends; tells if it ended by a reset rather than in an orderly way. */
    public boolean endsByReset() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return false;
        } catch (SocketException e) { // a reset
            return true;
        }
    }

    /** Reads and throws away until the connection ends; tells if TLS says that nothing was cut off. */
    public boolean endsWhole() {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) { // a reset, or an end of the connection that TLS knows nothing of
            return false;
        }
    }

    /** Ends this side's stream. */
    public RawSocket halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Resets the connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The underlying socket, for what this class does not offer. */
    public Socket socket() {
        return socket;
    }

    /** Closes the connection; with TLS, after a close_notify, and without much waiting for the other end's. */
    @Override
    public void close() throws IOException {
        if (socket instanceof SSLSocket) {
            waitLess();
        }
        socket.close();
    }

    private void waitLess() {
        try {
            socket.setSoTimeout(CLOSE_NOTIFY_MILLIS);
        } catch (SocketException e) {
            // Closed already, or the socket beneath it: there is nothing to wait for.
        }
    }
}
