package io.github.captureproxy.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An exchange, tunnel or WebSocket that has not ended yet, as it was at one moment.
 *
 * @param id the id that the exchange or tunnel will have when it has ended
 * @param client who sent the request
 * @param request the request's head; its body is not there yet
 * @param response the response's head, once it has come in; its body is not there yet
 * @param startedAt when the request's head had come in
 * @param elapsed how long it had been in flight at that moment
 * @param waitingFor what it was waiting for at that moment
 * @param tunnelReason for a tunnel that is open: how it is handled, as far as that was known at that moment
 * @param tunnelDetail more on that reason in words; empty if it says all
 */
public record InFlightExchange(
        long id,
        ClientInfo client,
        CapturedRequest request,
        Optional<CapturedResponse> response,
        Instant startedAt,
        Duration elapsed,
        WaitingFor waitingFor,
        Optional<Tunnel.Reason> tunnelReason,
        String tunnelDetail) {
    /**
     * The exchange on one line.
     *
     * @return the request without its query, the time, what it waits for, and why a tunnel is handled as it is
     */
    public String summary() {
        return request + " for " + elapsed.toMillis() + " ms, waiting for " + waitingFor
                + tunnelReason.map(reason -> ", " + reason).orElse("")
                + (tunnelDetail.isEmpty() ? "" : ": " + tunnelDetail);
    }

    /** What holds an exchange up. */
    public enum WaitingFor {
        /** A place under the limit of connections to its origin. */
        CONNECTION_SLOT,
        /** The host name's addresses. */
        NAME_RESOLUTION,
        /** The connection to the origin or the upstream proxy. */
        CONNECT,
        /** The handshakes with the origin and with the client, in a tunnel that is to be looked into. */
        TLS_HANDSHAKE,
        /** More of the request from the client. */
        REQUEST_BODY,
        /** The origin, to take more of the request. */
        ORIGIN_READ,
        /** The response's head. */
        RESPONSE_HEAD,
        /** More of the response from the origin. */
        RESPONSE_BODY,
        /** The client, to take more of the response. */
        CLIENT_READ,
        /** The end of an open tunnel or WebSocket. */
        CLOSE
    }
}
