package io.github.captureproxy.tls.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.captureproxy.testkit.RawSocket;
import io.github.captureproxy.tls.testkit.Handshake;
import io.github.captureproxy.tls.testkit.Tunnels;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client whose every step is the test's own. Its hellos have one fingerprint, whether it sends no more than that or
 * goes on.
 */
record RawClient(InetSocketAddress proxy, SSLContext context, String version) {
    private static final int TIMEOUT_MILLIS = 20_000;

    /** Opens a tunnel to port 443. */
    RawSocket tunnel(String host) throws IOException {
        RawSocket socket = RawSocket.connect(proxy);
        socket.send("CONNECT " + host + ":443 HTTP/1.1\r\nHost: " + host + ":443\r\n\r\n");
        assertThat(socket.readHead()).startsWith("HTTP/1.1 200");
        return socket;
    }

    byte[] hello(String host) throws IOException {
        return Handshake.hello(Tunnels.client(context, host, "TLSv" + version));
    }

    /** Shakes hands in a tunnel to one host for the name of another, which it does not check. */
    SSLSocket secure(RawSocket tunnel, String serverName) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tunnel.socket(), serverName, 443, true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv" + version});
        if (Character.isLetter(serverName.charAt(0))) {
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** The certificate that is shown in a tunnel to one host to who asks for the name of another. */
    X509Certificate shown(String host, String serverName) throws IOException {
        try (RawSocket tunnel = tunnel(host);
                SSLSocket socket = secure(tunnel, serverName)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
