package io.github.captureproxy.spi;

import java.util.Objects;
import java.util.Optional;

/** Another HTTP proxy that requests are sent on through. */
public final class UpstreamProxy {
    private final String host;
    private final int port;
    private final Optional<String> user;
    private final String password;

    private UpstreamProxy(String host, int port, Optional<String> user, String password) {
        this.host = Objects.requireNonNull(host, "host");
        this.port = port;
        this.user = user;
        this.password = password;
    }

    /**
     * A proxy that asks for no credentials.
     *
     * @param host its host name or address; an IPv6 address without brackets
     * @param port its port
     * @return the proxy
     */
    public static UpstreamProxy of(String host, int port) {
        return new UpstreamProxy(host, port, Optional.empty(), "");
    }

    /**
     * A proxy that is given Basic credentials (RFC 7617) with each request and CONNECT.
     *
     * @param host its host name or address
     * @param port its port
     * @param user the user name, without a colon
     * @param password the password
     * @return the proxy
     */
    public static UpstreamProxy of(String host, int port, String user, String password) {
        return new UpstreamProxy(host, port, Optional.of(user), Objects.requireNonNull(password, "password"));
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
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
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
