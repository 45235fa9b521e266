package io.github.captureproxy.examples;

import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.InvalidConfigurationException.Problem;
import io.github.captureproxy.ProxyStartException;
import java.util.Map;
import java.util.stream.Collectors;

/** The program can't do what it was told: says in one line what is wrong, and which option mends it. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The builder's methods, and the options that set them. */
    private static final Map<String, String> OPTIONS = Map.of(
            "port", "--port",
            "bind", "--bind",
            "allowClients", "--allow",
            "credentials", "--auth",
            "passThroughHosts", "--pass-through",
            "interceptOnlyHosts", "--intercept-only",
            "trustOrigin", "--trust-origin");

    /** The exit code that says so. */
    private static final int CANNOT_START = 2;

    private final int exitCode;

    UsageException(String message) {
        this(message, CANNOT_START);
    }

    UsageException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    private UsageException(String message, RuntimeException cause) {
        super(message, cause);
        this.exitCode = CANNOT_START;
    }

    /** What the process ends with. */
    int exitCode() {
        return exitCode;
    }

    /** Says which options are wrong. */
    static UsageException of(InvalidConfigurationException e) {
        return new UsageException(
                e.problems().stream().map(UsageException::inOptions).collect(Collectors.joining("; ")), e);
    }

    private static String inOptions(Problem problem) {
        String option = OPTIONS.getOrDefault(problem.option(), problem.option());
        boolean secret = problem.option().equals("credentials");
        return (secret ? option : option + " " + problem.value()) + ": " + problem.fix();
    }

    /** Says why the proxy can't listen. */
    static UsageException of(ProxyStartException e) {
        String host =
                e.address().map(address -> IpAddress.text(address.getAddress())).orElse("");
        String where = e.address()
                .map(address -> "port " + address.getPort() + " on " + host)
                .orElse("");
        String message = switch (e.reason()) {
            case PORT_IN_USE -> where + " is in use: stop what listens there, or choose another with --port";
            case NOT_PERMITTED ->
                where + " may not be used by this process: choose a port of 1024 or more with " + "--port";
            case NOT_AN_ADDRESS_OF_THIS_MACHINE ->
                host + " is not an address of this machine: choose one that " + "is with --bind";
            case OTHER -> String.valueOf(e.getMessage());
        };
        return new UsageException(message, e);
    }
}
