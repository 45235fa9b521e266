package io.github.captureproxy.examples.desk;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import java.net.InetAddress;

/**
 * What adb's server on this machine sends to find emulators: the first message of its own protocol, to each odd port from
 * 5555 to 5585 that is taken, and once a second from then on where it got any answer. No program's traffic is lost with
 * it.
 */
public final class AdbProbe {
    /** The command, and the four bytes of the protocol's version, of which the record shows none. */
    private static final String START = "CNXN????";

    private AdbProbe() {}

    /**
     * Whether an exchange is one.
     *
     * @param exchange what the proxy took for a request
     * @return true if adb on this machine sent it
     */
    public static boolean is(Exchange exchange) {
        InetAddress client = exchange.client().address().getAddress();
        return exchange.outcome().status() == Outcome.Status.MALFORMED_REQUEST
                && exchange.request().method().startsWith(START)
                && client != null
                && client.isLoopbackAddress();
    }
}
