package io.github.captureproxy.examples.desk;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.ProxyStartException;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.tls.CertificateAuthority;
import io.github.captureproxy.tls.TlsInterception;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells what is wrong with settings before a proxy that runs is ended for them: it starts one on a free port, and ends it at
 * once.
 */
public final class SettingsCheck {
    private SettingsCheck() {}

    /**
     * What is wrong with one field.
     *
     * @param field the field, as {@link SettingsJson} calls it; {@code user} or {@code password} for the login
     * @param message what to do about it
     */
    public record Problem(String field, String message) {}

    /**
     * Checks all that is different. Blocks for some tenths of a second.
     *
     * @param now the settings that the proxy runs with
     * @param listening where it listens, the address of the settings first
     * @param wanted the settings to check
     * @param devices whether the program lets devices in one by one, so that an address of the network is not open to all
     * @return what is wrong; empty if nothing is
     */
    public static List<Problem> problems(
            DeskSettings now, List<InetSocketAddress> listening, DeskSettings wanted, boolean devices) {
        int port = listening.get(0).getPort();
        List<Problem> problems = new ArrayList<>();
        if (now.needsRestartFor(wanted)) {
            proxy(wanted, devices, problems);
        }
        if (problems.isEmpty()) {
            cannotListen(wanted, port).ifPresent(problems::add);
        }
        if (problems.isEmpty() && UpstreamLoop.isIn(wanted, wanted(listening, wanted))) {
            problems.add(SettingsWords.upstreamIsItself());
        }
        if (!wanted.inspecting().passThrough().equals(now.inspecting().passThrough())) {
            rules(wanted.inspecting(), problems);
        }
        filter(wanted.filter(), problems);
        return problems;
    }

    private static void proxy(DeskSettings wanted, boolean devices, List<Problem> problems) {
        Optional<Problem> elsewhere = cannotListen(wanted.withPort(0));
        if (elsewhere.isPresent()) {
            problems.add(elsewhere.get());
        } else if (!devices && isOpenToAll(wanted)) {
            problems.add(SettingsWords.openToAll(wanted.bind()));
        }
        boolean bindIsTold = !problems.isEmpty();
        try {
            CaptureProxyBuilder builder = DeskProxy.builder(wanted.withPort(0));
            if (devices) {
                builder.clientAccess(client -> false);
            }
            builder.start().close();
        } catch (InvalidConfigurationException e) {
            SettingsWords.of(e).stream()
                    .filter(problem -> !bindIsTold || !problem.field().equals("bind"))
                    .forEach(problems::add);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("upstream", String.valueOf(e.getMessage())));
        } catch (ProxyStartException e) {
            if (!bindIsTold) {
                problems.add(SettingsWords.of(e));
            }
        }
    }

    /** Other machines can reach the address, and nothing says which of them may use the proxy. */
    private static boolean isOpenToAll(DeskSettings wanted) {
        return wanted.allow().isEmpty()
                && wanted.login().isEmpty()
                && address(wanted.bind())
                        .filter(address -> !address.isLoopbackAddress())
                        .isPresent();
    }

    private static Optional<InetAddress> address(String bind) {
        try {
            return bind.isEmpty() ? Optional.empty() : Optional.of(InetAddress.getByName(bind));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Where the proxy would listen: what it has besides stays. */
    private static List<InetSocketAddress> wanted(List<InetSocketAddress> listening, DeskSettings wanted) {
        int port = wanted.port() == 0 ? listening.get(0).getPort() : wanted.port();
        return Stream.concat(
                        address(wanted.bind()).map(address -> new InetSocketAddress(address, port)).stream(),
                        listening.stream().skip(1))
                .toList();
    }

    /** Why a port can't be had that is another than the one that the proxy listens on; empty if it can be. */
    static Optional<Problem> cannotListen(DeskSettings wanted, int port) {
        return wanted.port() == 0 || wanted.port() == port ? Optional.empty() : cannotListen(wanted);
    }

    /** What is no address at all is found by the check of the rest. */
    private static Optional<Problem> cannotListen(DeskSettings wanted) {
        try {
            CaptureProxy.builder()
                    .port(wanted.port())
                    .bind(wanted.bind())
                    .clientAccess(client -> false)
                    .start()
                    .close();
            return Optional.empty();
        } catch (ProxyStartException e) {
            return Optional.of(SettingsWords.of(e));
        } catch (InvalidConfigurationException e) {
            return Optional.empty();
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
            problems.addAll(SettingsWords.of(e));
        }
    }

    private static void filter(String filter, List<Problem> problems) {
        try {
            ExchangeFilter.parse(filter);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("filter", String.valueOf(e.getMessage())));
        }
    }
}
