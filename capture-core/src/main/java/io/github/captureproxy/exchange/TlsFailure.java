package io.github.captureproxy.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A TLS handshake of an inspected tunnel that failed, on either side.
 *
 * @param tunnelId the tunnel's id; 0 if there was none, as where a reverse proxy ({@code forwardTo}) connects
 * @param client who opened it
 * @param host the host that CONNECT named
 * @param port the port that CONNECT named
 * @param name the one name that was asked for: SNI, else the host
 * @param side whose handshake it was
 * @param phase how far it had come
 * @param alert the alert that the peer sent, by its name in RFC 8446 section 6, if it sent one
 * @param certificates the subjects of the certificates that were judged, leaf first; empty if it is not about them
 * @param problem what is wrong, in words
 * @param time when it was noticed
 */
public record TlsFailure(
        long tunnelId,
        ClientInfo client,
        String host,
        int port,
        String name,
        Outcome.Side side,
        Phase phase,
        Optional<String> alert,
        List<String> certificates,
        String problem,
        Instant time) {
    /** Copies the list. */
    public TlsFailure {
        certificates = List.copyOf(certificates);
    }

    /** How far a handshake had come. */
    public enum Phase {
        /** Before a certificate was shown: the sides did not agree on how to speak, or one left. */
        NEGOTIATION,
        /** After the certificate was shown, before the handshake was done. */
        CERTIFICATE,
        /** After the handshake was done, before application data. */
        FINISHED,
        /** Later on. */
        ESTABLISHED
    }
}
