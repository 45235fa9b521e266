package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.TlsFailure;
import io.github.captureproxy.exchange.Tunnel;
import java.util.List;
import java.util.Optional;

/** Where what is shown in detail comes from: rows of the list by their ids. Safe for any thread; it may block. */
public interface CallSource {
    /**
     * An exchange.
     *
     * @param row its row
     * @return the exchange; empty if there is none of that row, or a tunnel
     */
    Optional<Exchange> exchange(long row);

    /**
     * A tunnel.
     *
     * @param row its row
     * @return the tunnel; empty if there is none of that row, or an exchange
     */
    Optional<Tunnel> tunnel(long row);

    /**
     * The process of this machine that was the client.
     *
     * @param row its row
     * @return its name and id; empty for a client elsewhere, or if none was found
     */
    Optional<String> process(long row);

    /**
     * What failed in a tunnel's TLS handshakes, as far as it is known.
     *
     * @param tunnel the tunnel
     * @return the failures in order
     */
    List<TlsFailure> tlsFailures(Tunnel tunnel);

    /**
     * Exchanges that were recorded shortly before and after one.
     *
     * @param row its row
     * @return the others in the order in which they were recorded
     */
    List<NearCall> near(long row);

    /**
     * An exchange near another one, in short.
     *
     * @param row its row
     * @param url what was asked for
     * @param status the status; 0 for none
     * @param client the client's address without its port
     */
    record NearCall(long row, String url, int status, String client) {}
}
