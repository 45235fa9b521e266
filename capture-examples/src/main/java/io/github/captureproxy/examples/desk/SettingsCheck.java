package io.github.captureproxy.examples.desk;

import io.github.captureproxy.CaptureProxy;
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
import java.net.URI;
import java.net.URISyntaxException;
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
            "upstreamProxy", "upstream",
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
     * @return what is wrong; empty if nothing is
     */
    public static List<Problem> problems(DeskSettings now, int port, DeskSettings wanted) {
        List<Problem> problems = new ArrayList<>();
        if (now.needsRestartFor(wanted)) {
            proxy(wanted, problems);
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

    private static void proxy(DeskSettings wanted, List<Problem> problems) {
        CaptureProxyBuilder builder = CaptureProxy.builder().port(0).bind(wanted.bind());
        if (!wanted.allow().isEmpty()) {
            builder.allowClients(wanted.allow().toArray(String[]::new));
        }
        wanted.login().ifPresent(login -> {
            int colon = login.indexOf(':');
            builder.credentials(login.substring(0, Math.max(colon, 0)), login.substring(colon + 1));
        });
        wanted.upstream().ifPresent(upstream -> upstream(builder, upstream, problems));
        try {
            builder.start().close();
        } catch (InvalidConfigurationException e) {
            add(e, problems);
        } catch (ProxyStartException e) {
            problems.add(new Problem("bind", "this machine can't listen on " + wanted.bind() + ": " + e.getMessage()));
        }
    }

    private static void upstream(CaptureProxyBuilder builder, String upstream, List<Problem> problems) {
        try {
            builder.upstreamProxy(new URI(upstream));
        } catch (URISyntaxException e) { // whose message may have the password in it
            problems.add(new Problem("upstream", "this is no URL: give http://user:password@host:port"));
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
