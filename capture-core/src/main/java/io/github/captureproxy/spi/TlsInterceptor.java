package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.Tunnel;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/**
 * What a proxy asks about TLS in its tunnels: whether to look inside, and with which engines. The proxy itself moves
 * the bytes. Module {@code capture-tls} has the implementation to use; it is given to the builder's {@code tls}. One
 * interceptor may serve several proxies at once: safe for any thread.
 */
public interface TlsInterceptor {
    /** What is to be done with a tunnel in which TLS is spoken. */
    sealed interface Decision {
        /**
         * Its bytes are relayed untouched.
         *
         * @param reason why
         * @param detail more on it in words, without secrets; empty if the reason says all
         */
        record PassThrough(Tunnel.Reason reason, String detail) implements Decision {
            /** Checks the parts. */
            public PassThrough {
                Objects.requireNonNull(reason, "reason");
                Objects.requireNonNull(detail, "detail");
            }
        }

        /**
         * It is to be looked into, if the origin's handshake allows it.
         *
         * @param inspection makes the engines, and hears how it goes
         */
        record Inspect(TlsInspection inspection) implements Decision {
            /** Checks the part. */
            public Inspect {
                Objects.requireNonNull(inspection, "inspection");
            }
        }
    }

    /**
     * Decides on a tunnel by what the client says first. Called on a thread that does I/O: it must not block.
     *
     * @param tunnel the tunnel
     * @param hello the client's hello, as parsed by the proxy
     * @return what is to be done
     */
    Decision decide(TunnelTarget tunnel, ClientHello hello);

    /**
     * Tells if a host is the one that the proxy answers itself: no connection is made for it, and {@link #page} has what
     * is shown. Called on a thread that does I/O: it must not block.
     *
     * @param host a host name in lower case
     * @return true for the reserved name
     */
    boolean isOwnHost(String host);

    /**
     * A page that the proxy answers itself, on the reserved host and on its own address. Nothing that was captured is to
     * be shown on one. Called on a thread that does I/O: it must not block.
     *
     * @param request what is asked for
     * @return the page; empty for one that does not exist
     */
    Optional<OwnPage> page(OwnPage.Request request);

    /**
     * What a client has to trust in order to be looked into, beside all that it trusts otherwise. For those who set a
     * client up, such as the JUnit extension.
     *
     * @return a trust manager, safe for any thread; empty if the interceptor knows of none
     */
    default Optional<X509TrustManager> clientTrust() {
        return Optional.empty();
    }
}
