package io.github.captureproxy;

import io.github.captureproxy.internal.config.ListenAddress;
import io.github.captureproxy.internal.config.ListenFailedException;
import io.github.captureproxy.internal.config.ProxyConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A proxy could not be started, because the machine did not let it: most often its port is in use. */
public final class ProxyStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final @Nullable InetSocketAddress address;

    private ProxyStartException(String message, Reason reason, @Nullable InetSocketAddress address, IOException cause) {
        super(message, cause);
        this.reason = reason;
        this.address = address;
    }

    /** Says what failed, at which address, and what to do. */
    static ProxyStartException of(ProxyConfig config, IOException cause) {
        if (cause instanceof ListenFailedException failed) {
            return cannotListen(config, failed.address(), failed);
        }
        if (cause instanceof BindException && config.addresses().size() == 1) {
            return cannotListen(config, config.addresses().get(0), cause);
        }
        return new ProxyStartException(
                "the proxy could not be started: " + cause.getMessage(), Reason.OTHER, null, cause);
    }

    private static ProxyStartException cannotListen(ProxyConfig config, ListenAddress wanted, IOException cause) {
        Reason reason = Reason.of(cause);
        return new ProxyStartException(advice(config, wanted, reason, cause), reason, wanted.address(), cause);
    }

    private static String advice(ProxyConfig config, ListenAddress wanted, Reason reason, IOException cause) {
        int port = wanted.address().getPort();
        String host = wanted.address().getAddress().getHostAddress();
        boolean first = wanted.equals(config.addresses().get(0));
        String option = first ? "port(...)" : "listen(\"" + wanted.label() + "\", ...)";
        return switch (reason) {
            case PORT_IN_USE ->
                "port " + port + " on " + host
                        + " is in use: stop what listens there, or choose another with " + option
                        + (first ? "; port(0) picks a free one" : "; port 0 picks a free one");
            case NOT_PERMITTED ->
                "port " + port + " on " + host + " may not be used by this process: choose one of 1024 or more with "
                        + option;
            case NOT_AN_ADDRESS_OF_THIS_MACHINE ->
                "address " + host + " is not one of this machine: choose one that is with "
                        + (first ? "bind(...)" : option);
            case OTHER ->
                "cannot listen on port " + port + " of " + host + " (" + cause.getMessage() + "): choose another with "
                        + option;
        };
    }

    /**
     * Why it could not be started.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Where it could not listen.
     *
     * @return the address as it was asked for, if listening is what failed
     */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(address);
    }

    /** Why a machine does not let a proxy start. */
    public enum Reason {
        /** Something else listens on the port. */
        PORT_IN_USE,
        /** The process may not use the port: on many systems those below 1024. */
        NOT_PERMITTED,
        /** The address belongs to another machine, or to none. */
        NOT_AN_ADDRESS_OF_THIS_MACHINE,
        /** Something else; the message has the system's words. */
        OTHER;

        /** The system tells by words alone. */
        private static Reason of(IOException cause) {
            String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (words.contains("in use")) {
                return PORT_IN_USE;
            }
            if (words.contains("permission") || words.contains("denied")) {
                return NOT_PERMITTED;
            }
            return words.contains("assign") ? NOT_AN_ADDRESS_OF_THIS_MACHINE : OTHER;
        }
    }
}
