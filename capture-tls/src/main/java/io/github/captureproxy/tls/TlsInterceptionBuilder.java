package io.github.captureproxy.tls;

import io.github.captureproxy.InvalidConfigurationException;
import io.github.captureproxy.InvalidConfigurationException.Problem;
import io.github.captureproxy.tls.internal.hsts.NameSet;
import io.github.captureproxy.tls.internal.memory.Capacity;
import io.github.captureproxy.tls.internal.memory.Lifetimes;
import io.github.captureproxy.tls.internal.serving.LeafContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link TlsInterception} is to be like. All is checked together in {@link #build()}; whatever is wrong
 * is said at once. Not thread-safe. There is no switch that turns the check of origins' certificates off.
 */
public final class TlsInterceptionBuilder {
    /** A thousand leaves of a few KB each, and more hosts than a browser meets in an hour. */
    private static final int LEAVES = 1_000;

    /** A client resumes the last few of its sessions; TLS 1.3 tickets are kept by the client alone. */
    private static final int SESSIONS = 256;

    /** As long as servers commonly let sessions be resumed; RFC 8446 allows a week. */
    private static final Duration SESSION_LIFETIME = Duration.ofHours(2);

    private static final int MAX_ENTRIES = 10_000_000;

    private final TlsProblems problems = new TlsProblems();
    private final HostOptions hosts = new HostOptions(problems);
    private @Nullable CertificateAuthority authority;
    private ClientTrust clientTrust = ClientTrust.LEARNED;
    private final Map<String, ClientTrust> trustByLabel = new HashMap<>();
    private HstsMode hstsMode = HstsMode.ADAPTIVE;
    private NameSet preloaded = NameSet.empty();
    private Optional<Path> hstsFile = Optional.empty();
    private List<String> versions = List.of("TLSv1.3", "TLSv1.2");
    private boolean rsaLeaves;
    private int leafCacheSize = LEAVES;
    private int sessionCacheSize = SESSIONS;
    private Capacity capacity = Capacity.DEFAULT;
    private Lifetimes lifetimes = Lifetimes.DEFAULT;
    private Clock clock = Clock.systemUTC();
    private Consumer<TlsWarning> warnings = warning -> {};

    TlsInterceptionBuilder() {}

    /**
     * Who signs the certificates that clients see. Needed.
     *
     * @param signer the authority
     * @return this
     */
    public TlsInterceptionBuilder authority(CertificateAuthority signer) {
        authority = Objects.requireNonNull(signer, "authority");
        return this;
    }

    /**
     * Hosts that are never inspected. A rule is an exact name, {@code *.suffix} for all names below it, an address, or a
     * network in CIDR form; it matches a tunnel's name or its target.
     *
     * @param rules the rules, added to those given before
     * @return this
     */
    public TlsInterceptionBuilder passThroughHosts(String... rules) {
        hosts.passThrough(rules);
        return this;
    }

    /**
     * The only hosts that are inspected, by rules as in {@link #passThroughHosts}; those win over these. Without any, all
     * are.
     *
     * @param rules the rules, added to those given before
     * @return this
     */
    public TlsInterceptionBuilder interceptOnlyHosts(String... rules) {
        hosts.interceptOnly(rules);
        return this;
    }

    /**
     * How a client comes to be taken for one that trusts the authority; {@link ClientTrust#LEARNED} unless told.
     *
     * @param trust how
     * @return this
     */
    public TlsInterceptionBuilder clientTrust(ClientTrust trust) {
        clientTrust = Objects.requireNonNull(trust, "clientTrust");
        return this;
    }

    /**
     * How the clients of one listening address come to be taken for ones that trust the authority, instead of what {@link
     * #clientTrust(ClientTrust)} says: such as {@link ClientTrust#ASSUMED} for an address that only a browser uses which
     * was started with the authority.
     *
     * @param label the address's label, as the proxy's builder has it
     * @param trust how
     * @return this
     */
    public TlsInterceptionBuilder clientTrust(String label, ClientTrust trust) {
        trustByLabel.put(Objects.requireNonNull(label, "label"), Objects.requireNonNull(trust, "clientTrust"));
        return this;
    }

    /**
     * What it means that a host is known by HSTS; {@link HstsMode#ADAPTIVE} unless told.
     *
     * @param mode what
     * @return this
     */
    public TlsInterceptionBuilder hstsMode(HstsMode mode) {
        hstsMode = Objects.requireNonNull(mode, "hstsMode");
        return this;
    }

    /**
     * Hosts known by HSTS from the start, beside the preloaded top-level domains, which always are.
     *
     * @param list the list
     * @return this
     */
    public TlsInterceptionBuilder hstsPreloadList(HstsPreloadList list) {
        preloaded = list.names();
        return this;
    }

    /**
     * A file that keeps the hosts learned by HSTS; without one they are kept in memory alone. It tells where users have
     * been, and is made readable by its owner alone. One process at a time is to use it.
     *
     * @param file the file, which need not be there yet
     * @return this
     */
    public TlsInterceptionBuilder hstsFile(Path file) {
        hstsFile = Optional.of(file);
        return this;
    }

    /**
     * Whom to trust beside the platform's own roots when an origin's certificate is checked: for tests, and for company
     * networks.
     *
     * @param anchors the certificates, added to those given before
     * @return this
     */
    public TlsInterceptionBuilder upstreamTrust(Collection<X509Certificate> anchors) {
        hosts.upstreamTrust(anchors);
        return this;
    }

    /**
     * Trusts one exact certificate for one name, whatever is wrong with it; exchanges then say so.
     *
     * @param name the name or address of the origin
     * @param sha256 the SHA-256 of the certificate: 64 hexadecimal digits, with or without colons
     * @return this
     */
    public TlsInterceptionBuilder trustOrigin(String name, String sha256) {
        hosts.trustOrigin(name, sha256);
        return this;
    }

    /**
     * What origins are shown that ask for a client certificate. Without one for a host that asks, its tunnels are passed
     * through. One that asks after the handshake of TLS 1.3 (RFC 8446 section 4.6.2) goes without, with or without this, as
     * Java doesn't offer that: such a host belongs in {@link #passThroughHosts}.
     *
     * @param rule the origins, by a rule as in {@link #passThroughHosts}, which here matches the tunnel's name
     * @param key the private key
     * @param chain the certificate, then those above it
     * @return this
     */
    public TlsInterceptionBuilder clientCertificate(String rule, PrivateKey key, X509Certificate... chain) {
        hosts.clientCertificate(rule, key, chain);
        return this;
    }

    /**
     * What origins are shown that ask for a client certificate, from a key store: its first entry with a key.
     *
     * @param rule the origins, as in {@link #clientCertificate(String, PrivateKey, X509Certificate...)}
     * @param store the key store, loaded
     * @param password the key's password
     * @return this
     */
    public TlsInterceptionBuilder clientCertificate(String rule, KeyStore store, char[] password) {
        hosts.clientCertificate(rule, store, password);
        return this;
    }

    /**
     * The TLS versions on both sides; {@code TLSv1.3} and {@code TLSv1.2} unless told.
     *
     * @param names one or both of these
     * @return this
     */
    public TlsInterceptionBuilder tlsVersions(String... names) {
        versions = List.of(names);
        return this;
    }

    /**
     * Gives all leaves RSA keys. By default they have EC keys but for clients that cannot use them.
     *
     * @param always true for RSA
     * @return this
     */
    public TlsInterceptionBuilder rsaLeaves(boolean always) {
        rsaLeaves = always;
        return this;
    }

    /**
     * How many leaves are kept, of a few KB each; 1,000 unless told.
     *
     * @param leaves 1 or more
     * @return this
     */
    public TlsInterceptionBuilder leafCacheSize(int leaves) {
        leafCacheSize = leaves;
        return this;
    }

    /**
     * How many sessions are kept to be resumed, for each name towards clients, and in all towards origins; 256 unless
     * told.
     *
     * @param sessions 1 or more
     * @return this
     */
    public TlsInterceptionBuilder sessionCacheSize(int sessions) {
        sessionCacheSize = sessions;
        return this;
    }

    /**
     * How much is remembered of each kind: rejections, clients that trust, origins, hosts known by HSTS. An entry takes a
     * few hundred bytes. Certificates of origins that were refused take a few KB, and a tenth as many are kept.
     *
     * @param entries the most in all; 10,000 unless told
     * @param perAddress the most that the clients at one address bring about; 2,000 unless told
     * @return this
     */
    public TlsInterceptionBuilder memoryEntries(int entries, int perAddress) {
        capacity = new Capacity(entries, perAddress);
        return this;
    }

    /**
     * How long a client is taken to trust the authority after it last showed that; 24 hours unless told.
     *
     * @param time 1 s or more
     * @return this
     */
    public TlsInterceptionBuilder trustLifetime(Duration time) {
        lifetimes = new Lifetimes(time, lifetimes.strong(), lifetimes.weak(), lifetimes.origin());
        return this;
    }

    /**
     * How long it is remembered that a client rejected the certificate for a name by an alert, and an origin's certificate
     * that was refused; 24 hours unless told.
     *
     * @param time 1 s or more
     * @return this
     */
    public TlsInterceptionBuilder rejectionLifetime(Duration time) {
        lifetimes = new Lifetimes(lifetimes.trust(), time, lifetimes.weak(), lifetimes.origin());
        return this;
    }

    /**
     * How long it is remembered that a client just left when it saw the certificate for a name; 10 minutes unless told.
     *
     * @param time 1 s or more
     * @return this
     */
    public TlsInterceptionBuilder weakRejectionLifetime(Duration time) {
        lifetimes = new Lifetimes(lifetimes.trust(), lifetimes.strong(), time, lifetimes.origin());
        return this;
    }

    /**
     * How long a verdict against an origin is kept before its handshake is tried again; 60 s unless told.
     *
     * @param time 1 s or more
     * @return this
     */
    public TlsInterceptionBuilder originVerdictLifetime(Duration time) {
        lifetimes = new Lifetimes(lifetimes.trust(), lifetimes.strong(), lifetimes.weak(), time);
        return this;
    }

    /**
     * Who hears of warnings. Called on threads of the proxy, so that it must not block; what it throws is logged.
     *
     * @param listener the listener
     * @return this
     */
    public TlsInterceptionBuilder onWarning(Consumer<TlsWarning> listener) {
        warnings = Objects.requireNonNull(listener, "onWarning");
        return this;
    }

    /**
     * What tells the time for memories and certificates; the system's clock unless told.
     *
     * @param time the clock
     * @return this
     */
    public TlsInterceptionBuilder clock(Clock time) {
        clock = Objects.requireNonNull(time, "clock");
        return this;
    }

    /**
     * Makes the interception. Reads the platform's trust stores and the HSTS file, which takes up to some tenths of a
     * second.
     *
     * @return a new interception, which is to be closed
     * @throws InvalidConfigurationException if options are wrong; it names each with its value and the fix
     */
    public TlsInterception build() {
        TlsProblems found = problems.copy();
        CertificateAuthority signer = authority;
        if (signer == null) {
            found.add("authority", "", "give CertificateAuthority.loadOrCreate(folder), or ephemeral() for tests");
        }
        checkNumbers(found);
        found.throwIfAny();
        try {
            return new TlsInterception(settings(Objects.requireNonNull(signer)));
        } catch (IOException e) {
            throw new InvalidConfigurationException(List.of(new Problem(
                    "hstsFile",
                    hstsFile.map(Path::toString).orElse(""),
                    e.getMessage() + ": give a file that can be read and written")));
        }
    }

    private void checkNumbers(TlsProblems found) {
        found.range("leafCacheSize", leafCacheSize, MAX_ENTRIES);
        found.range("sessionCacheSize", sessionCacheSize, MAX_ENTRIES);
        found.range("memoryEntries", capacity.entries(), MAX_ENTRIES);
        found.range("memoryEntries", capacity.perAddress(), capacity.entries());
        found.lifetime("trustLifetime", lifetimes.trust());
        found.lifetime("rejectionLifetime", lifetimes.strong());
        found.lifetime("weakRejectionLifetime", lifetimes.weak());
        found.lifetime("originVerdictLifetime", lifetimes.origin());
        if (versions.isEmpty() || !List.of("TLSv1.3", "TLSv1.2").containsAll(versions)) {
            found.add("tlsVersions", versions, "give \"TLSv1.3\", \"TLSv1.2\" or both");
        }
    }

    private TlsSettings settings(CertificateAuthority signer) {
        return new TlsSettings(
                signer,
                hosts.rules(),
                new TunnelPolicies(new TunnelPolicy(clientTrust, hstsMode), trustByLabel),
                new TlsSettings.Hsts(preloaded, hstsFile),
                hosts.origins(),
                new TlsSettings.Serving(
                        versions, rsaLeaves, leafCacheSize, new LeafContexts.Sessions(sessionCacheSize, (int)
                                SESSION_LIFETIME.toSeconds())),
                new TlsSettings.Memory(lifetimes, capacity, clock),
                warnings);
    }
}
