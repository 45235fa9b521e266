package io.github.captureproxy.tls;

import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.memory.ClientMemory;
import io.github.captureproxy.tls.internal.memory.OriginMemory;
import io.github.captureproxy.tls.internal.memory.QuotaMap;
import io.github.captureproxy.tls.internal.origin.RefusedCertificates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What is remembered of clients and origins. Every kind has a bound and a quota for each client address, and all expires.
 * A view of what is there at each call; safe for any thread. Hosts known by HSTS are in {@link HstsPolicy}.
 */
public final class TlsMemory {
    private final ClientMemory clients;
    private final OriginMemory origins;
    private final RefusedCertificates certificates;

    TlsMemory(ClientMemory clients, OriginMemory origins, RefusedCertificates certificates) {
        this.clients = clients;
        this.origins = origins;
        this.certificates = certificates;
    }

    /** What an entry says. */
    public enum Kind {
        /** A client trusts the authority. */
        TRUSTS,
        /** A client that was taken to trust the authority does not: data alone does not change that any more. */
        TRUST_REVOKED,
        /** A client rejected the certificate for a name. */
        REJECTED,
        /** A client did not know the authority; on two names, that passes all of its tunnels through. */
        DISTRUSTS,
        /** A client has sent data to a name: that it leaves at once there is no rejection. */
        SENT,
        /** An origin cannot be inspected. */
        ORIGIN,
        /** An origin's certificate was refused: {@link OriginCertificates} has more on it. */
        CERTIFICATE,
        /** An origin's certificate was not valid, and no other origin's was since: five of these are a {@link TlsWarning}. */
        CERTIFICATE_RUN
    }

    /**
     * One thing remembered.
     *
     * @param kind what it says
     * @param client the client that it is about, in words; empty if it is about an origin
     * @param name the name that it is about; empty if it is about all
     * @param detail more on it in words
     * @param expires when it is forgotten
     */
    public record Entry(Kind kind, String client, String name, String detail, Instant expires) {
        @Override
        public String toString() {
            return kind + (client.isEmpty() ? "" : " " + client) + (name.isEmpty() ? "" : " " + name) + ": " + detail
                    + " (until " + expires + ")";
        }
    }

    /**
     * All that is remembered now.
     *
     * @return a copy, by kind, client and name
     */
    public List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        add(all, clients.trusting(), e -> entry(Kind.TRUSTS, e, e.key(), "", "by " + e.value()));
        add(all, clients.revocations(), e -> entry(Kind.TRUST_REVOKED, e, e.key(), "", "on an HSTS host"));
        add(
                all,
                clients.rejections(),
                e -> entry(
                        Kind.REJECTED,
                        e,
                        e.key().client(),
                        e.key().name(),
                        e.value().cause() + ": " + e.value().words()));
        add(
                all,
                clients.distrusts(),
                e -> entry(
                        Kind.DISTRUSTS,
                        e,
                        e.key(),
                        "",
                        e.value().first() + " " + e.value().second()));
        add(
                all,
                clients.sent(),
                e -> entry(
                        Kind.SENT, e, e.key().client(), e.key().name(), "it has sent data inside an inspected tunnel"));
        add(
                all,
                origins.verdicts(),
                e -> entry(
                        Kind.ORIGIN,
                        e,
                        "",
                        e.key().toString(),
                        e.value().reason() + " " + e.value().detail()));
        add(
                all,
                certificates.latest(),
                e -> entry(Kind.CERTIFICATE, e, "", e.key(), e.value().problem()));
        origins.invalidRunExpiries()
                .forEach((name, expires) -> all.add(new Entry(
                        Kind.CERTIFICATE_RUN, "", name, "its certificate was not valid, and none was since", expires)));
        all.sort(Comparator.comparing(Entry::kind).thenComparing(Entry::client).thenComparing(Entry::name));
        return List.copyOf(all);
    }

    private static <K, V> void add(
            List<Entry> all, QuotaMap<K, V> map, Function<QuotaMap.Entry<K, V>, Entry> conversion) {
        map.snapshot().stream().map(conversion).forEach(all::add);
    }

    private static Entry entry(Kind kind, QuotaMap.Entry<?, ?> entry, Object client, String name, String detail) {
        return new Entry(kind, client.toString(), name, detail, entry.expires());
    }

    /**
     * Forgets all that is remembered about one host: rejections, who sent data to it, and what was found wrong with it, its
     * certificate included.
     *
     * @param host its name or address, in any case
     */
    public void forgetHost(String host) {
        String name = HostName.asked(Objects.requireNonNull(host, "host"));
        clients.rejections().removeIf(entry -> entry.key().name().equals(name));
        clients.sent().removeIf(entry -> entry.key().name().equals(name));
        origins.forget(name);
        certificates.latest().remove(name);
    }

    /** Forgets what was found wrong with one origin, by its comparable name; what clients did stays. */
    void forgetOrigin(String name) {
        origins.forget(name);
    }

    /**
     * Forgets all that is remembered about the clients at one address.
     *
     * @param address an IP address
     */
    public void forgetClient(String address) {
        String wanted = HostName.normalized(Objects.requireNonNull(address, "address"));
        clients.trusting().removeIf(entry -> entry.key().address().equals(wanted));
        clients.revocations().removeIf(entry -> entry.key().address().equals(wanted));
        clients.rejections().removeIf(entry -> entry.key().client().address().equals(wanted));
        clients.sent().removeIf(entry -> entry.key().client().address().equals(wanted));
        clients.distrusts().removeIf(entry -> entry.key().address().equals(wanted));
    }

    /** Forgets all. */
    public void clear() {
        clients.clear();
        origins.clear();
        certificates.latest().clear();
    }

    /**
     * How often something was not remembered because all was full and nothing of the same client's could go.
     *
     * @return a count
     */
    public long refused() {
        return clients.trusting().refused()
                + clients.revocations().refused()
                + clients.rejections().refused()
                + clients.sent().refused()
                + clients.distrusts().refused()
                + origins.verdicts().refused()
                + certificates.latest().refused();
    }
}
