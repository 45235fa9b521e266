package io.github.captureproxy.examples;

import io.github.captureproxy.CaptureProxy;
import io.github.captureproxy.CaptureProxyBuilder;
import io.github.captureproxy.examples.browser.BrowserSession;
import io.github.captureproxy.examples.desk.DeskProxy;
import io.github.captureproxy.examples.desk.DeskSettings;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.HistoryLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the command line says. */
@Command(
        name = "capture-proxy",
        description = "Lists the HTTP traffic of the programs that use it as their proxy.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class Options {
    /** Where {@code --auth} may come from instead, as other users of the machine can read a command line. */
    static final String AUTH_VARIABLE = "CAPTURE_PROXY_AUTH";

    /** All is told to listeners: what they keep, they keep elsewhere. */
    private static final HistoryLimits NOTHING_KEPT = new HistoryLimits(0, 1, Optional.empty(), 0);

    /** Options, and the fields of the settings that they say. */
    private static final Map<String, String> FIELDS = Map.of(
            "--port", "port",
            "--bind", "bind",
            "--allow", "allow",
            "--https", "https",
            "--filter", "filter",
            "--hsts", "hsts",
            "--pass-through", "passThrough",
            "--upstream", "upstream");

    @Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 picks a free one. Default: 5555.")
    @Nullable
    Integer port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen on; 0.0.0.0 or :: for all, with --lan, --allow or --auth. Default: "
                    + "127.0.0.1.")
    String bind = "127.0.0.1";

    @Option(
            names = "--allow",
            paramLabel = "CIDR",
            description = "Clients that may use the proxy besides this machine, such as 192.168.1.0/24. Repeatable.")
    List<String> allow = new ArrayList<>();

    @Option(
            names = "--auth",
            paramLabel = "USER:PASS",
            description = "User name and password that clients must give; may stand in the environment as "
                    + AUTH_VARIABLE + " instead.")
    @Nullable
    String auth;

    @Option(
            names = "--allow-local-targets",
            description = "Let clients on other machines reach this machine's own services through the proxy, and its "
                    + "cloud's metadata service.")
    boolean allowLocalTargets;

    @Option(
            names = "--upstream",
            paramLabel = "PROXY",
            description = "Proxy to send everything on through: http://user:password@host:port.")
    @Nullable
    String upstream;

    @Option(names = "--url-contains", paramLabel = "TEXT", description = "List only what has this text in its URL.")
    @Nullable
    String urlContains;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "List only this method; CONNECT for tunnels. Repeatable.")
    List<String> methods = new ArrayList<>();

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "List only what this lets in, such as 'host:*.example.com -url:debug (status:5xx or "
                    + "size:>100k)'. README.md tells all its terms.")
    @Nullable
    String filter;

    @Option(names = "--quiet", description = "List nothing: only the address at the start and the totals at the end.")
    boolean quiet;

    @Mixin
    PageOptions page = new PageOptions();

    @Mixin
    LanOptions lan = new LanOptions();

    @Mixin
    AndroidOptions android = new AndroidOptions();

    @Mixin
    HttpsOptions https = new HttpsOptions();

    @Mixin
    BrowserOptions browser = new BrowserOptions();

    @Mixin
    RecordOptions record = new RecordOptions();

    /** Takes from the environment, and from other options, what the command line leaves out. */
    void complete(Map<String, String> environment) {
        https.https |= browser.wanted().isPresent();
        String fromEnvironment = environment.getOrDefault(AUTH_VARIABLE, "");
        if (auth == null && !fromEnvironment.isEmpty()) {
            auth = fromEnvironment;
        }
    }

    /** What of it can be set otherwise while the program runs. */
    DeskSettings settings() {
        https.isOn(); // refuses what has no meaning without it
        return asked();
    }

    private DeskSettings asked() {
        return new DeskSettings(
                port(),
                bind,
                allow,
                Optional.ofNullable(auth),
                https.https,
                filter == null ? "" : filter,
                https.inspecting(),
                Optional.ofNullable(upstream),
                Optional.empty());
    }

    /** The fields of the settings that the command line or the environment says. */
    Set<String> given() {
        Set<String> given = new HashSet<>();
        if (spec != null && spec.commandLine().getParseResult() != null) {
            CommandLine.ParseResult result = spec.commandLine().getParseResult();
            FIELDS.forEach((option, field) -> {
                if (result.hasMatchedOption(option)) {
                    given.add(field);
                }
            });
        }
        if (auth != null) {
            given.add("login");
        }
        return given;
    }

    /** Takes over what was set otherwise. */
    void take(DeskSettings settings) {
        port = settings.port();
        bind = settings.bind();
        allow = new ArrayList<>(settings.allow());
        auth = settings.login().orElse(null);
        upstream = settings.upstream().orElse(null);
        if (settings.https()) {
            https.take(settings.inspecting());
        }
    }

    /** Where to listen; a command is told, so that for it any free port will do. */
    int port() {
        if (port != null) {
            return port;
        }
        return record.hasCommand() ? 0 : CaptureProxy.DEFAULT_PORT;
    }

    /** The user name that clients must give, if they must. */
    Optional<String> user() {
        return Optional.ofNullable(auth).map(both -> both.substring(0, Math.max(both.indexOf(':'), 0)));
    }

    /** The password that goes with {@link #user()}. */
    String password() {
        return auth == null ? "" : auth.substring(auth.indexOf(':') + 1);
    }

    /** A proxy as the options want it; whatever is wrong only shows when it starts, but for what is checked here. */
    CaptureProxyBuilder toBuilder() {
        if (auth == null && allow.isEmpty() && !lan.lan && Place.isWide(bind)) {
            if (Place.isElsewhere(bind)) {
                throw new UsageException(bind + " is not an address of this machine: choose one that is with --bind");
            }
            throw new UsageException("--bind " + bind + ": other machines can reach this address: say who may use the "
                    + "proxy with --lan, --allow 192.168.1.0/24 or --auth user:password, or leave --bind out");
        }
        if (auth != null && (user().orElse("").isEmpty() || password().isEmpty())) {
            throw new UsageException("--auth: give it as user:password, neither of them empty");
        }
        CaptureProxyBuilder builder = builder().history(NOTHING_KEPT).allowLocalTargets(allowLocalTargets);
        if (record.hasCommand()) {
            builder.label(CapturedCommand.LABEL);
        }
        if (browser.wanted().isPresent()) {
            builder.listen(BrowserSession.LABEL, "127.0.0.1", browser.port);
        }
        return builder;
    }

    private CaptureProxyBuilder builder() {
        try {
            return DeskProxy.builder(asked());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--upstream: " + e.getMessage());
        }
    }

    /** What is listed: with a command whose calls are recorded nothing, as its own output is what a person wants. */
    Listed listed() {
        Listed wanted = wanted();
        return quiet || record.hasCommand() && record.file != null ? Listed.nothing() : wanted;
    }

    /** What is listed unless nothing is, and recorded. */
    Listed wanted() {
        if (urlContains != null && urlContains.isEmpty()) {
            throw new UsageException("--url-contains: give a text that is not empty");
        }
        if (methods.stream().anyMatch(String::isBlank)) {
            throw new UsageException("--method: give a method, such as GET");
        }
        return new Listed(methods, urlContains == null ? "" : urlContains, parsedFilter());
    }

    private ExchangeFilter parsedFilter() {
        try {
            return ExchangeFilter.parse(filter == null ? "" : filter);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--filter: " + e.getMessage());
        }
    }
}
