package io.github.captureproxy.spi;

import java.net.InetAddress;

/**
 * Decides, while a proxy runs, which clients may use it: for programs that let devices in one by one. Given to the
 * builder's {@code clientAccess}. Clients that are refused still get the proxy's own pages ({@link OwnPage}), so that
 * such a page can be where a device asks to be let in; all else gets 403 with {@link #refusal}.
 *
 * <p>Called on a thread that does I/O, at least once for each request that is not inside a tunnel, and for those that
 * the proxy sees inside one: it must not block. Safe for any thread. A tunnel that is open when its client is taken back
 * goes on, but no further request that the proxy sees inside it is sent on; exchanges and WebSockets under way go on.
 */
@FunctionalInterface
public interface ClientAccess {
    /**
     * Tells if a client may use the proxy now.
     *
     * @param client its address; an IPv4 address that came over an IPv6 socket is an IPv4 address here
     * @return true if it may
     */
    boolean allows(InetAddress client);

    /**
     * What a client that may not use the proxy is told, in the body of the 403. Say where it can ask to be let in.
     *
     * @param client its address
     * @param proxy where it reached the proxy: {@code host:port}
     * @return one line of text
     */
    default String refusal(InetAddress client, String proxy) {
        return "this device may not use the proxy yet: open http://" + proxy + "/ on it";
    }
}
