package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.exchange.Timings;
import io.github.captureproxy.exchange.Tunnel;
import java.util.Optional;

/**
 * What a list shows of an exchange or a tunnel. Texts are as long as they came; who shows them cuts them, but for the path,
 * which is cut here.
 *
 * @param id its id in the store: rising in the order in which they were recorded, never used again
 * @param kind what it is
 * @param time when it started, in milliseconds since 1970
 * @param target what was asked for
 * @param answer what came back
 * @param requestSize bytes of the request's body; of a tunnel, what it sent
 * @param responseSize bytes of the response's body; of a tunnel, what it received
 * @param durationMillis how long it took, in milliseconds and parts of them
 * @param timings its phases; none of a tunnel
 * @param ending how it ended
 * @param source where it came from
 * @param tunnel why it was relayed; empty for an exchange
 * @param pinned retention leaves it
 * @param note what the user wrote beside it; empty for nothing
 */
public record Row(
        long id,
        Kind kind,
        long time,
        Target target,
        Answer answer,
        long requestSize,
        long responseSize,
        double durationMillis,
        Timings timings,
        Ending ending,
        Source source,
        Optional<TunnelFacts> tunnel,
        boolean pinned,
        String note) {
    /** The longest path that a row has, in characters; the whole one is in the exchange. */
    public static final int MAX_PATH = 2_048;

    /** What a row stands for. */
    public enum Kind {
        /** A request and its response. */
        EXCHANGE,
        /** A relayed connection. */
        TUNNEL
    }

    /**
     * What was asked for.
     *
     * @param method the method; {@code CONNECT} of a tunnel
     * @param scheme the scheme; empty if it could not be told
     * @param host the host; empty if it could not be told
     * @param port the port; 0 if it could not be told
     * @param path the path with its query, at most {@link #MAX_PATH} characters; empty for a tunnel
     * @param httpVersion the version that the client spoke
     */
    public record Target(String method, String scheme, String host, int port, String path, String httpVersion) {}

    /**
     * What came back.
     *
     * @param status the status; 0 for none
     * @param type the content type without parameters; empty for none
     * @param family what that is, roughly
     * @param upgradedTo the protocol after an upgrade, such as {@code websocket}; empty for none
     * @param grpc true for a gRPC call
     * @param grpcFailed true for one whose own status is not OK; {@link Ending#detail} has that status
     */
    public record Answer(
            int status, String type, TypeFamily family, String upgradedTo, boolean grpc, boolean grpcFailed) {}

    /**
     * How it ended.
     *
     * @param outcome what ended it
     * @param detail what failed in words; empty for nothing
     * @param ok {@link Outcome#isSuccess}
     */
    public record Ending(Outcome.Status outcome, String detail, boolean ok) {}

    /**
     * Where it came from.
     *
     * @param proxyId its ordinal in the proxy that recorded it; not unique in a store
     * @param client the client's address and port
     * @param user the proxy user; empty for none
     * @param label the label of the listening address, or the one that it was recorded under
     * @param process the client's process; empty if not known
     * @param sessionId the session; 0 for none
     */
    public record Source(long proxyId, String client, String user, String label, String process, long sessionId) {}

    /**
     * Why a tunnel was relayed, or not even opened.
     *
     * @param reason the reason
     * @param detail more of it in words; may be empty
     * @param host the host that was asked for
     * @param ending how it ended
     */
    public record TunnelFacts(Tunnel.Reason reason, String detail, String host, Ending ending) {}
}
