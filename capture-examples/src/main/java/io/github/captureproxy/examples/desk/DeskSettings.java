package io.github.captureproxy.examples.desk;

import java.util.List;
import java.util.Optional;

/**
 * What a person can set while the program runs.
 *
 * @param port where the proxy listens; 0 for any free port
 * @param bind the address that it listens on
 * @param allow clients besides this machine that may use it: addresses, or ranges such as 192.168.1.0/24
 * @param login user and password that clients must give, as {@code user:password}
 * @param https whether it looks inside HTTPS
 * @param filter what is recorded, as {@code ExchangeFilter.parse} reads it; blank for all
 */
public record DeskSettings(
        int port, String bind, List<String> allow, Optional<String> login, boolean https, String filter) {
    /** Copies the list. */
    public DeskSettings {
        allow = List.copyOf(allow);
    }

    /** Whether a proxy that runs with these settings would have to start anew for others. */
    boolean needsRestartFor(DeskSettings other) {
        return port != other.port
                || !bind.equals(other.bind)
                || !allow.equals(other.allow)
                || !login.equals(other.login)
                || https != other.https;
    }
}
