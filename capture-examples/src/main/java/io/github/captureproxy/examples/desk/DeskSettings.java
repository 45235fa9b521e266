package io.github.captureproxy.examples.desk;

import io.github.captureproxy.tls.HostChoices.Choice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person can set while the program runs.
 *
 * @param port where the proxy listens; 0 for any free port
 * @param bind the address that it listens on
 * @param allow clients besides this machine that may use it: addresses, or ranges such as 192.168.1.0/24
 * @param login user and password that clients must give, as {@code user:password}
 * @param https whether it looks inside HTTPS
 * @param filter what is recorded, as {@code ExchangeFilter.parse} reads it; blank for all
 * @param inspecting how it looks inside
 * @param upstream the proxy that everything is sent on through, as a URL
 * @param collection a Postman collection that grows with what is recorded, besides History
 */
public record DeskSettings(
        int port,
        String bind,
        List<String> allow,
        Optional<String> login,
        boolean https,
        String filter,
        Inspecting inspecting,
        Optional<String> upstream,
        Optional<Path> collection) {
    /** Copies the list. */
    public DeskSettings {
        allow = List.copyOf(allow);
    }

    /**
     * Settings that leave the rest as the program starts without options.
     *
     * @param port where the proxy listens; 0 for any free port
     * @param bind the address that it listens on
     * @param allow clients besides this machine that may use it
     * @param login user and password that clients must give
     * @param https whether it looks inside HTTPS
     * @param filter what is recorded; blank for all
     */
    public DeskSettings(
            int port, String bind, List<String> allow, Optional<String> login, boolean https, String filter) {
        this(port, bind, allow, login, https, filter, Inspecting.DEFAULT, Optional.empty(), Optional.empty());
    }

    /**
     * The same on another port.
     *
     * @param other the port
     * @return a copy
     */
    public DeskSettings withPort(int other) {
        return new DeskSettings(other, bind, allow, login, https, filter, inspecting, upstream, collection);
    }

    /**
     * The same with another way to look inside HTTPS.
     *
     * @param other the way
     * @return a copy
     */
    public DeskSettings with(Inspecting other) {
        return new DeskSettings(port, bind, allow, login, https, filter, other, upstream, collection);
    }

    /**
     * The same with another choice for a host.
     *
     * @param host its name, in the form in which hosts are compared
     * @param choice the choice
     * @return a copy
     */
    public DeskSettings withHost(String host, Choice choice) {
        return with(inspecting.with(host, choice));
    }

    /**
     * The same with these certificates of a host trusted as they are, and no others of it.
     *
     * @param host its name, in the form in which hosts are compared
     * @param sha256 their fingerprints; empty for none
     * @return a copy
     */
    public DeskSettings trusting(String host, Set<String> sha256) {
        return with(inspecting.trusting(host, sha256));
    }

    /**
     * The user name that clients must give.
     *
     * @return the name; empty if they must give none
     */
    public Optional<String> user() {
        return login.map(both -> both.substring(0, Math.max(both.indexOf(':'), 0)));
    }

    /**
     * Whether a proxy that runs with these settings would have to start anew for others.
     *
     * @param other the others
     * @return true if it would, so that connections that are open would end
     */
    public boolean needsRestartFor(DeskSettings other) {
        return port != other.port
                || !bind.equals(other.bind)
                || !allow.equals(other.allow)
                || !login.equals(other.login)
                || https != other.https
                || !upstream.equals(other.upstream)
                || https && inspecting.needsRestartFor(other.inspecting);
    }
}
