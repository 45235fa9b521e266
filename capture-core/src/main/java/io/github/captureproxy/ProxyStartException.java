package io.github.captureproxy;

import io.github.captureproxy.internal.config.ListenAddress;
import io.github.captureproxy.internal.config.ListenFailedException;
import io.github.captureproxy.internal.config.ProxyConfig;
import java.io.IOException;
import java.net.BindException;
import java.util.Locale;

/** A proxy could not be started, because the machine did not let it: most often its port is in use. */
public final class ProxyStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ProxyStartException(String message, IOException cause) {
        super(message, cause);
    }

    /** Says what failed, at which address, and what to do. */
    static ProxyStartException of(ProxyConfig config, IOException cause) {
        if (cause instanceof ListenFailedException failed) {
            return new ProxyStartException(cannotListen(config, failed.address(), failed), failed);
        }
        if (cause instanceof BindException && config.addresses().size() == 1) {
            return new ProxyStartException(
                    cannotListen(config, config.addresses().get(0), cause), cause);
        }
        return new ProxyStartException("the proxy could not be started: " + cause.getMessage(), cause);
    }

    private static String cannotListen(ProxyConfig config, ListenAddress address, IOException cause) {
        int port = address.address().getPort();
        String host = address.address().getAddress().getHostAddress();
        boolean first = address.equals(config.addresses().get(0));
        String option = first ? "port(...)" : "listen(\"" + address.label() + "\", ...)";
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("in use")) {
            return "port " + port + " on " + host + " is in use: stop what listens there, or choose another with "
                    + option + (first ? "; port(0) picks a free one" : "; port 0 picks a free one");
        }
        if (reason.contains("permission") || reason.contains("denied")) {
            return "port " + port + " on " + host + " may not be used by this process: choose one of 1024 or more with "
                    + option;
        }
        if (reason.contains("assign")) {
            return "address " + host + " is not one of this machine: choose one that is with "
                    + (first ? "bind(...)" : option);
        }
        return "cannot listen on port " + port + " of " + host + " (" + cause.getMessage() + "): choose another with "
                + option;
    }
}
