package io.github.captureproxy.tls.internal.origin;

import java.net.Socket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The host that a socket was made for, which is known while it shakes hands. */
final class PeerHost {
    private PeerHost() {}

    /** The name or address; null if the socket was made without one, or isn't for TLS. */
    static @Nullable String of(@Nullable Socket socket) {
        SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
        return session == null ? null : session.getPeerHost();
    }
}
