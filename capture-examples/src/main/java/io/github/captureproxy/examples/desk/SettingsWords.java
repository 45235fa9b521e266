package io.github.captureproxy.examples.desk;

import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.examples.desk.SettingsCheck.Problem;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why settings can't be taken, in the terms of the page that they are set in: the library speaks of its methods, and the
 * command line of its options. Pure.
 */
public final class SettingsWords {
    /** The builder's methods, and the fields of the settings that they are called with. */
    private static final Map<String, String> FIELDS =
            Map.of("allowClients", "allow", "passThroughHosts", "passThrough", "credentials", "user");

    private SettingsWords() {}

    /** What is wrong with fields, without secrets. */
    static List<Problem> of(InvalidConfigurationException e) {
        return e.problems().stream().map(SettingsWords::of).toList();
    }

    private static Problem of(InvalidConfigurationException.Problem problem) {
        String field = FIELDS.getOrDefault(problem.option(), problem.option());
        String fix = problem.fix();
        if (field.equals("user")) {
            return new Problem(fix.startsWith("give a password") ? "password" : field, fix);
        }
        String value = problem.value();
        boolean told = value.length() <= "\"\"".length() || fix.startsWith(value);
        return new Problem(field, told ? fix : value + ": " + fix);
    }

    /** Why a proxy can't listen where it is to. */
    static Problem of(ProxyStartException e) {
        Optional<InetSocketAddress> where = e.address();
        String host =
                where.map(address -> address.getAddress().getHostAddress()).orElse("this address");
        String port = where.map(address -> "port " + address.getPort()).orElse("this port");
        return switch (e.reason()) {
            case PORT_IN_USE ->
                new Problem("port", port + " on " + host + " is in use: stop what listens there, or give another");
            case NOT_PERMITTED -> new Problem("port", port + " may not be used by this program: give one from 1024 on");
            case NOT_AN_ADDRESS_OF_THIS_MACHINE -> notOfThisMachine(host);
            case OTHER -> {
                Throwable cause = e.getCause();
                yield new Problem(
                        "bind",
                        "this machine can't listen on " + host + ": "
                                + (cause == null ? "nobody says why" : cause.getMessage()));
            }
        };
    }

    private static Problem notOfThisMachine(String host) {
        return new Problem("bind", host + " is not an address of this machine: give 127.0.0.1, 0.0.0.0 or one that is");
    }

    /** Everybody who reaches the address could use the proxy. */
    static Problem openToAll(String bind) {
        return new Problem(
                "bind",
                "other devices can reach " + bind
                        + ": say under Access who may use the proxy, by Allowed addresses or by"
                        + " User and Password, or give 127.0.0.1");
    }

    /** All that is sent on would come back. */
    static Problem upstreamIsItself() {
        return new Problem(
                "upstream",
                "this is the proxy itself, and every request would come back to it: give another one, or leave it blank");
    }

    /**
     * Why a change of settings failed.
     *
     * @param e what the desk says
     * @return what is wrong with which field, or in all
     */
    public static List<Problem> of(DeskException e) {
        for (Throwable first : e.getSuppressed()) { // after which the proxy could not start again either
            if (first instanceof DeskException change) {
                return List.of(new Problem(
                        "",
                        joined(of(change)) + "; and the proxy could not start again as it was: " + joined(ofCause(e))));
            }
        }
        return ofCause(e);
    }

    private static List<Problem> ofCause(DeskException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidConfigurationException invalid) {
                return of(invalid);
            }
            if (cause instanceof ProxyStartException start) {
                return List.of(of(start));
            }
        }
        return List.of(new Problem("", String.valueOf(e.getMessage())));
    }

    private static String joined(List<Problem> problems) {
        return problems.stream().map(Problem::message).collect(Collectors.joining("; "));
    }
}
