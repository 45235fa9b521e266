package io.github.captureproxy.examples.desk;

import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.TlsInterception;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what is wrong with settings before a proxy that runs is ended for them, in the library's own words: it starts one on
 * a free port, and ends it at once.
 */
public final class SettingsCheck {
    /** The builder's options, and the fields of the settings that they are made of. */
    private static final Map<String, String> FIELDS = Map.of(
            "allowClients", "allow",
            "credentials", "login",
            "passThroughHosts", "passThrough");

    private SettingsCheck() {}

    /**
     * What is wrong with one field.
     *
     * @param field the field, as {@link SettingsJson} calls it
     * @param message what to do about it
     */
    public record Problem(String field, String message) {}

    /**
     * Checks all that is different. Blocks for some tenths of a second.
     *
     * @param now the settings that the proxy runs with
     * @param port the port that it listens on
     * @param wanted the settings to check
     * @param devices whether the program lets devices in one by one, so that an address of the network is not open to all
     * @return what is wrong; empty if nothing is
     */
    public static List<Problem> problems(DeskSettings now, int port, DeskSettings wanted, boolean devices) {
        List<Problem> problems = new ArrayList<>();
        if (now.needsRestartFor(wanted)) {
            proxy(wanted, devices, problems);
        }
        if (problems.isEmpty()) {
            portInUse(wanted, port).ifPresent(words -> problems.add(new Problem("port", words)));
        }
        if (!wanted.inspecting().passThrough().equals(now.inspecting().passThrough())) {
            rules(wanted.inspecting(), problems);
        }
        filter(wanted.filter(), problems);
        return problems;
    }

    private static void proxy(DeskSettings wanted, boolean devices, List<Problem> problems) {
        try {
            CaptureProxyBuilder builder = DeskProxy.builder(wanted.withPort(0));
            if (devices) {
                builder.clientAccess(client -> false);
            }
            builder.start().close();
        } catch (InvalidConfigurationException e) {
            add(e, problems);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("upstream", String.valueOf(e.getMessage())));
        } catch (ProxyStartException e) {
            problems.add(new Problem("bind", "this machine can't listen on " + wanted.bind() + ": " + e.getMessage()));
        }
    }

    /** Why a port can't be had that is another than the one that the proxy listens on; empty if it can be. */
    static Optional<String> portInUse(DeskSettings wanted, int port) {
        if (wanted.port() == 0 || wanted.port() == port) {
            return Optional.empty();
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(wanted.bind()), wanted.port()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("port " + wanted.port() + " can't be had (" + e.getMessage()
                    + "): stop what listens there, or choose another");
        }
    }

    private static void rules(Inspecting wanted, List<Problem> problems) {
        try {
            TlsInterception.builder()
                    .authority(CertificateAuthority.ephemeral())
                    .passThroughHosts(wanted.passThrough().toArray(String[]::new))
                    .build()
                    .close();
        } catch (InvalidConfigurationException e) {
            add(e, problems);
        }
    }

    private static void filter(String filter, List<Problem> problems) {
        try {
            ExchangeFilter.parse(filter);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("filter", String.valueOf(e.getMessage())));
        }
    }

    private static void add(InvalidConfigurationException e, List<Problem> problems) {
        e.problems().forEach(problem -> {
            String field = FIELDS.getOrDefault(problem.option(), problem.option());
            boolean secret = field.equals("login") || field.equals("upstream");
            problems.add(new Problem(field, secret ? problem.fix() : problem.value() + ": " + problem.fix()));
        });
    }
}
