package io.github.captureproxy.spi;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another HTTP proxy that requests are sent on through. Immutable. */
public final class UpstreamProxy {
    private static final int MAX_PORT = 65_535;

    private final String host;
    private final int port;
    private final Optional<String> user;
    private final String password;

    private UpstreamProxy(String host, int port, Optional<String> user, String password) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host of the upstream proxy is empty");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " of the upstream proxy is not one of 1 to 65535");
        }
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /**
     * A proxy that asks for no credentials.
     *
     * @param host its host name or address; an IPv6 address without brackets
     * @param port its port, 1 to 65535
     * @return the proxy
     * @throws IllegalArgumentException if the host is empty, or the port is none
     */
    public static UpstreamProxy of(String host, int port) {
        return new UpstreamProxy(host, port, Optional.empty(), "");
    }

    /**
     * A proxy that is given Basic credentials (RFC 7617) with each request and CONNECT.
     *
     * @param host its host name or address
     * @param port its port, 1 to 65535
     * @param user the user name, without a colon
     * @param password the password; may be empty
     * @return the proxy
     * @throws IllegalArgumentException if the host is empty, the port is none, the user name is empty or has a colon, or
     *     one of the two has a control character (RFC 7617 section 2)
     */
    public static UpstreamProxy of(String host, int port, String user, String password) {
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name for upstream proxy " + host + " is empty or has a colon");
        }
        if (hasControl(user) || hasControl(password)) {
            throw new IllegalArgumentException(
                    "the user name or password for upstream proxy " + host + " has a control character");
        }
        return new UpstreamProxy(host, port, Optional.of(user), Objects.requireNonNull(password, "password"));
    }

    /**
     * Reads the address of a proxy as people write it.
     *
     * @param address {@code [http://][user[:password]@]host[:port]}, user and password percent-encoded in UTF-8 where
     *     need be; without a port, 80
     * @return the proxy
     * @throws IllegalArgumentException if it is no such address, or one of an https or SOCKS proxy; the message never
     *     shows user or password
     */
    public static UpstreamProxy parse(String address) {
        return UpstreamAddress.parse(address);
    }

    /**
     * The address of a proxy, as people write it, for a log or a message.
     *
     * @param address what {@link #parse} reads, or fails to
     * @return the same with stars in place of all that comes before the last {@code @}
     */
    public static String withoutSecrets(String address) {
        return UpstreamAddress.withoutSecrets(address);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /**
     * Where it listens.
     *
     * @return the host name or address
     */
    public String host() {
        return host;
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /**
     * Who the proxy says it is.
     *
     * @return the user name, if credentials are sent
     */
    public Optional<String> user() {
        return user;
    }

    /**
     * The password that goes with the user.
     *
     * @return the password; empty if there is no user
     */
    public String password() {
        return password;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpstreamProxy that
                && host.equals(that.host)
                && port == that.port
                && user.equals(that.user)
                && password.equals(that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, user);
    }

    /** Host and port alone: never the credentials. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
