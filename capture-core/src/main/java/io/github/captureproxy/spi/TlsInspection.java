package io.github.captureproxy.spi;

import io.github.captureproxy.exchange.ClientTls;
import io.github.captureproxy.exchange.OriginTls;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * The inspection of one tunnel: makes the engines of both sides, and hears how their handshakes went, which is what it
 * learns from. The proxy drives the engines. Methods come from several threads, but never two at a time on the client's
 * engine; those on origins' engines may come while others run, as one tunnel's exchanges can use several connections.
 */
public interface TlsInspection {
    /**
     * The tunnel that is inspected.
     *
     * @return as it was given to the interceptor
     */
    TunnelTarget tunnel();

    /**
     * The one name that this tunnel has: its SNI, else CONNECT's host.
     *
     * @return a host name or an address literal, in lower case
     */
    String name();

    /**
     * What connections to the origin must have in common, beside target and route, to stand in for each other: name,
     * application protocols, client identity.
     *
     * @return a value with {@code equals}
     */
    Object poolKey();

    /**
     * Tells if the tunnel leads to the proxy itself: there is no origin, and the proxy answers what is inside.
     *
     * @return true for the reserved host
     */
    boolean isOwnHost();

    /**
     * Makes an engine for a connection to the origin. Does not block.
     *
     * @return an engine in client mode, not started
     * @throws GeneralSecurityException if none can be made
     */
    SSLEngine originEngine() throws GeneralSecurityException;

    /**
     * An origin's handshake is done.
     *
     * @param engine the engine
     * @return what is to be made of it
     */
    OriginVerdict originHandshaken(SSLEngine engine);

    /**
     * An origin's handshake failed.
     *
     * @param engine the engine
     * @param cause what was thrown; a message says so where the connection ended, or time ran out
     * @param alert the alert that the origin sent, if it sent one, by its name in RFC 8446 section 6
     * @return why the tunnel is to be passed through
     */
    OriginVerdict.Refused originFailed(SSLEngine engine, Exception cause, Optional<String> alert);

    /**
     * An established connection to the origin broke in a way that only shows after a handshake: the origin wanted a
     * client certificate after all (RFC 8446 section 4.4.2.4), or began to negotiate anew.
     *
     * @param engine the engine
     * @param cause what was thrown
     * @param alert the alert that the origin sent, if it sent one
     * @return the failure to be told of, if it is one of TLS
     */
    Optional<TlsProblem> originBroke(SSLEngine engine, Exception cause, Optional<String> alert);

    /**
     * A connection to the origin was accepted, on which no protocol was agreed on by ALPN, and the origin ended it
     * without a word: it may speak none that it was offered. From now on {@link #originEngine} offers whatever the proxy
     * can translate.
     *
     * @return true if that is more than before, so that another connection is worth a try
     */
    boolean offerMore();

    /**
     * A response came over a connection that was accepted. Called on a thread that does I/O: it must not block.
     *
     * @param connection what the handshake of the connection showed on which it came
     * @param values the values of its {@code Strict-Transport-Security} fields, in order, the first of which counts
     *     (RFC 6797 section 8.1)
     */
    void strictTransportSecurity(OriginTls connection, List<String> values);

    /**
     * Makes the engine that stands in for the origin, with a certificate for the name. May block while that is made:
     * never called on a thread that does I/O.
     *
     * @param applicationProtocol what the origin chose by ALPN (RFC 7301); empty if nothing. The engine agrees on the
     *     same if the client offers it, else on what it does offer: the proxy translates between HTTP/1.1 and HTTP/2
     * @return an engine in server mode, not started
     * @throws GeneralSecurityException if none can be made
     */
    SSLEngine clientEngine(String applicationProtocol) throws GeneralSecurityException;

    /**
     * Tells if a certificate has been chosen for a client's handshake, so that the next bytes out show it.
     *
     * @param engine the engine
     * @return false before, and in one that resumes a session
     */
    boolean isCertificateChosen(SSLEngine engine);

    /**
     * The client's handshake is done.
     *
     * @param engine the engine
     * @return the facts to record
     */
    ClientTls clientHandshaken(SSLEngine engine);

    /**
     * The first byte of application data came from the client.
     *
     * @param engine the engine
     */
    void clientSent(SSLEngine engine);

    /**
     * The client's side has ended without a byte of application data: it may have refused the certificate.
     *
     * @param end how
     * @return the failure to be told of; empty if it has nothing to do with TLS
     */
    Optional<TlsProblem> clientEnded(ClientEnd end);

    /**
     * How a client's connection ended before it sent application data.
     *
     * @param phase how far it had come
     * @param alert the alert that it sent, if it sent one, by its name in RFC 8446 section 6
     * @param sinceFinished time since the handshake was done; zero before
     * @param detail what happened in words
     */
    record ClientEnd(TlsFailure.Phase phase, Optional<String> alert, Duration sinceFinished, String detail) {}

    /**
     * What failed in a handshake, in words.
     *
     * @param phase how far it had come
     * @param alert the alert that the peer sent, if it sent one
     * @param certificates the subjects of the certificates that were judged, leaf first; empty if it is not about them
     * @param problem what is wrong
     */
    record TlsProblem(TlsFailure.Phase phase, Optional<String> alert, List<String> certificates, String problem) {
        /** Copies the list. */
        public TlsProblem {
            certificates = List.copyOf(certificates);
        }
    }

    /** What is to be made of a connection to the origin. */
    sealed interface OriginVerdict {
        /**
         * It can be used.
         *
         * @param facts what is recorded of it
         * @param applicationProtocol what the origin chose by ALPN; empty if nothing
         */
        record Accepted(OriginTls facts, String applicationProtocol) implements OriginVerdict {}

        /**
         * It cannot: the tunnel is to be passed through.
         *
         * @param reason why
         * @param problem what failed
         * @param again true if another connection is worth a try: its engine will offer the origin more
         */
        record Refused(Tunnel.Reason reason, TlsProblem problem, boolean again) implements OriginVerdict {
            /**
             * A refusal that another try would not change.
             *
             * @param reason why
             * @param problem what failed
             */
            public Refused(Tunnel.Reason reason, TlsProblem problem) {
                this(reason, problem, false);
            }
        }
    }
}
