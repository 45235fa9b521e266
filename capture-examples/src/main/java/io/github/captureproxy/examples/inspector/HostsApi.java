package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.examples.desk.Desk;
import io.github.captureproxy.examples.desk.DeskException;
import io.github.captureproxy.examples.desk.NotOpened;
import io.github.captureproxy.examples.desk.SettingsJson;
import io.github.captureproxy.examples.desk.TunnelWords;
import io.github.captureproxy.examples.store.HistoryStore;
import io.github.captureproxy.examples.store.HostSum;
import io.github.captureproxy.examples.store.RowQuery;
import io.github.captureproxy.exchange.InFlightExchange;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.TlsInterception;
import io.github.captureproxy.tls.TlsMemory;
import io.github.captureproxy.tls.TlsMemory.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Hosts, what was decided for their tunnels, and what a person makes of that. */
final class HostsApi {
    /** A person looks for one of them; those with the least traffic are left out. */
    private static final int MAX_HOSTS = 5_000;

    /** The page shows some first, which are to be those that a person most likely looks for. */
    private static final Comparator<HostSum> BUSIEST_FIRST =
            Comparator.comparingInt(HostSum::count).reversed().thenComparing(HostSum::host);

    /** What decides on tunnels, and has words on the page; the rest of the memory tells a person nothing. */
    private static final Set<Kind> TOLD =
            EnumSet.of(Kind.TRUSTS, Kind.TRUST_REVOKED, Kind.REJECTED, Kind.DISTRUSTS, Kind.ORIGIN);

    private final HistoryStore store;
    private final Desk desk;

    HostsApi(HistoryStore store, Desk desk) {
        this.store = store;
        this.desk = desk;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/hosts", call -> Reply.json(list()));
        routes.on("PUT", "/api/hosts/{host}", this::choose);
        routes.on("POST", "/api/hosts/{host}/forget", this::forget);
        routes.on("POST", "/api/hosts/{host}/trust", this::trust);
        routes.on("DELETE", "/api/hosts/{host}/trust", this::distrust);
        routes.on("POST", "/api/clients/forget", this::forgetClient);
    }

    /**
     * All of it.
     *
     * @param https whether HTTPS is looked into, without which nothing can be chosen
     * @param deciding whether something is about to be decided for a tunnel
     * @param clients what is remembered of clients
     */
    record Listed(boolean https, boolean deciding, List<Host> hosts, List<TlsMemory.Entry> clients) {}

    /**
     * A host.
     *
     * @param decided what was decided last for a tunnel
     * @param tunnels how often what was decided
     * @param choice what was chosen
     * @param remembered what was learned, which decides on the next tunnel
     * @param refused the certificate that was refused
     * @param trusted fingerprints that are trusted as they are
     */
    record Host(
            String host,
            int count,
            int errors,
            long lastTime,
            Optional<Decided> decided,
            List<Decided> tunnels,
            String choice,
            boolean hsts,
            List<TlsMemory.Entry> remembered,
            Optional<Certificate> refused,
            Set<String> trusted) {}

    /**
     * What was decided, with its words.
     *
     * @param count how often
     * @param open for how many of these tunnels, as they have not ended
     */
    record Decided(
            String reason, int count, int open, String title, String detail, String fix, List<TunnelWords.Fix> fixes) {
        static Decided of(TunnelWords words, HostSum ended, OpenTunnels open) {
            int stillOpen = open.counts().getOrDefault(words.reason(), 0);
            int count = ended.tunnels().getOrDefault(words.reason(), 0) + stillOpen;
            return new Decided(
                    words.reason().name(), count, stillOpen, words.title(), words.detail(), words.fix(), words.fixes());
        }
    }

    /** A certificate that was refused. */
    record Certificate(String sha256, String subject, String issuer, long validUntil, String problem) {}

    private Listed list() {
        Optional<TlsInterception> tls = desk.tls();
        List<TlsMemory.Entry> memory = tls.map(it -> it.memory().entries()).orElse(List.of()).stream()
                .filter(entry -> TOLD.contains(entry.kind()))
                .toList();
        Map<String, List<TlsMemory.Entry>> byHost = new HashMap<>();
        memory.forEach(entry -> hostOf(entry)
                .ifPresent(host ->
                        byHost.computeIfAbsent(host, each -> new ArrayList<>()).add(entry)));
        List<InFlightExchange> inFlight = desk.proxy().history().inFlight();
        Map<String, OpenTunnels> open = OpenTunnels.byHost(inFlight);
        List<Host> hosts = sums(open.keySet()).stream()
                .map(sum -> host(
                        sum,
                        open.getOrDefault(sum.host(), OpenTunnels.NONE),
                        tls,
                        byHost.getOrDefault(sum.host(), List.of())))
                .toList();
        List<TlsMemory.Entry> clients = memory.stream()
                .filter(entry -> hostOf(entry).isEmpty() && !entry.client().isEmpty())
                .toList();
        return new Listed(tls.isPresent(), OpenTunnels.anyUndecided(inFlight), hosts, clients);
    }

    /** Of the hosts of the history; behind them of others of these, and those with a choice, by name. */
    private Collection<HostSum> sums(Set<String> more) {
        Map<String, HostSum> sums = new LinkedHashMap<>();
        store.hosts(RowQuery.ALL).stream()
                .filter(sum -> !sum.host().isEmpty())
                .sorted(BUSIEST_FIRST)
                .limit(MAX_HOSTS)
                .forEach(sum -> sums.put(sum.host(), sum));
        Stream.of(more, desk.settings().inspecting().hosts().keySet())
                .flatMap(hosts -> hosts.stream().sorted())
                .forEach(host -> sums.computeIfAbsent(host, HostsApi::nothing));
        return sums.values();
    }

    private static HostSum nothing(String host) {
        return new HostSum(host, 0, 0, 0, 0, 0, 0, Map.of(), Optional.empty());
    }

    /** An origin's entry has the name at the beginning of several words. */
    private static Optional<String> hostOf(TlsMemory.Entry entry) {
        String name = entry.name();
        int blank = name.indexOf(' ');
        return Optional.of(blank < 0 ? name : name.substring(0, blank)).filter(host -> !host.isEmpty());
    }

    private Host host(HostSum sum, OpenTunnels open, Optional<TlsInterception> tls, List<TlsMemory.Entry> remembered) {
        String host = sum.host();
        Choice choice = desk.settings().inspecting().hosts().getOrDefault(host, Choice.DEFAULT);
        List<Decided> tunnels = Stream.concat(sum.tunnels().keySet().stream(), open.counts().keySet().stream())
                .distinct()
                .sorted()
                .map(reason -> Decided.of(TunnelWords.of(reason, ""), sum, open))
                .toList();
        return new Host(
                host,
                sum.count(),
                sum.errors(),
                Math.max(
                        sum.lastTime(),
                        open.last().map(HostSum.LastTunnel::time).orElse(0L)),
                OpenTunnels.later(sum.last(), open.last()).map(last -> Decided.of(words(host, last), sum, open)),
                tunnels,
                SettingsJson.word(choice),
                tls.map(it -> it.hsts().isKnown(host)).orElse(false),
                remembered,
                tls.flatMap(it -> certificate(it, host)),
                desk.settings().inspecting().trusted().getOrDefault(host, Set.of()));
    }

    /** The words for the latest tunnel of a host. */
    static TunnelWords words(String host, HostSum.LastTunnel last) {
        return last.ending()
                .map(end ->
                        TunnelWords.of(last.reason(), last.detail(), new NotOpened(host, end.outcome(), end.detail())))
                .orElseGet(() -> TunnelWords.of(last.reason(), last.detail()));
    }

    private static Optional<Certificate> certificate(TlsInterception tls, String host) {
        return tls.originCertificates()
                .refused(host)
                .map(found -> new Certificate(
                        found.sha256(),
                        found.subject(),
                        found.issuer(),
                        found.validUntil().toEpochMilli(),
                        found.problem()));
    }

    private TlsInterception tls() {
        return desk.tls()
                .orElseThrow(
                        () -> new RefusedException(409, "HTTPS is not looked into: switch it on in Settings first"));
    }

    private static String host(Call call) {
        return call.path("host").toLowerCase(Locale.ROOT);
    }

    private Reply choose(Call call) throws IOException {
        TlsInterception tls = tls();
        String host = host(call);
        Choice choice;
        try {
            choice = SettingsJson.choice("choice", call.json().path("choice"), Choice.values());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
        change(() -> desk.change(settings -> settings.withHost(host, choice)));
        if (choice == Choice.INSPECT) { // also where it was chosen before, and a client has refused since
            tls.memory().forgetHost(host);
        }
        return Reply.done();
    }

    private Reply forget(Call call) {
        tls().memory().forgetHost(host(call));
        return Reply.done();
    }

    private Reply trust(Call call) throws IOException {
        tls();
        String host = host(call);
        String sha256 = call.json().path("sha256").asText();
        change(() -> desk.change(settings -> {
            Set<String> all = new HashSet<>(settings.inspecting().trusted().getOrDefault(host, Set.of()));
            all.add(sha256);
            return settings.trusting(host, all);
        }));
        return Reply.done();
    }

    private Reply distrust(Call call) {
        TlsInterception tls = tls();
        String host = host(call);
        change(() -> desk.change(settings -> settings.trusting(host, Set.of())));
        tls.originCertificates().distrust(host);
        return Reply.done();
    }

    private static void change(Runnable action) {
        try {
            action.run();
        } catch (DeskException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
    }

    private Reply forgetClient(Call call) throws IOException {
        tls().memory().forgetClient(call.json().path("address").asText());
        return Reply.done();
    }
}
