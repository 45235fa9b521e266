package io.github.captureproxy.tls;

import io.github.captureproxy.spi.ClientHello;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.spi.TlsInterceptor;
import io.github.captureproxy.spi.TunnelTarget;
import io.github.captureproxy.tls.HostChoices.Choice;
import io.github.captureproxy.tls.internal.hello.HelloSupport;
import io.github.captureproxy.tls.internal.host.HostName;
import io.github.captureproxy.tls.internal.issuing.LeafKind;
import io.github.captureproxy.tls.internal.pages.OwnPages;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * Looks inside HTTPS, and leaves alone what cannot be inspected without breaking the client. It is given to the proxy's
 * builder: {@code CaptureProxy.builder().tls(TlsInterception.builder().authority(authority).build())}. One may serve
 * several proxies, which then share what it learned; whoever made it closes it, after the proxies. Safe for any thread.
 *
 * <p>Nobody behind the proxy meets a failure that they would not meet without it, save at most one failed connection per
 * client, host and memory lifetime: {@link TunnelPolicy} says how that is kept.
 */
public final class TlsInterception implements TlsInterceptor, AutoCloseable {
    /** The host name that the proxy answers itself. */
    public static final String OWN_HOST = "capture.internal";

    private final TlsSettings settings;
    private final TlsEngines engines;
    private final Learning learning;
    private final OwnPages pages;
    private final HostChoices choices;
    private final OriginCertificates certificates;

    TlsInterception(TlsSettings settings) throws IOException {
        this.settings = settings;
        engines = new TlsEngines(settings);
        learning = new Learning(settings);
        choices = new HostChoices(host -> memory().forgetHost(host));
        certificates = new OriginCertificates(
                engines.fingerprints(), learning.certificates(), name -> memory().forgetOrigin(name));
        AuthorityTrust trust = settings.authority().trust();
        pages = new OwnPages(
                OWN_HOST,
                new OwnPages.Exports(trust.pem(), trust.der(), trust.mobileConfig()),
                settings.authority().subject(),
                trust.fingerprint());
    }

    /**
     * Begins to configure one.
     *
     * @return a builder, which needs an authority
     */
    public static TlsInterceptionBuilder builder() {
        return new TlsInterceptionBuilder();
    }

    /**
     * For tests: an authority of its own that is kept nowhere, and clients that are taken to trust it, since a test hands
     * its client {@code authority().trust()}.
     *
     * @return a new interception
     */
    public static TlsInterception forTests() {
        return forTests(List.of());
    }

    /**
     * For tests whose origins have certificates of their own, such as those on the same machine: {@link #forTests()} that
     * trusts these beside the platform's.
     *
     * @param upstreamTrust certificates of authorities, or the origins' own where those signed themselves
     * @return a new interception
     */
    public static TlsInterception forTests(Collection<X509Certificate> upstreamTrust) {
        return builder()
                .authority(CertificateAuthority.ephemeral())
                .clientTrust(ClientTrust.ASSUMED)
                .upstreamTrust(upstreamTrust)
                .build();
    }

    @Override
    public Decision decide(TunnelTarget tunnel, ClientHello hello) {
        boolean own = isOwnHost(tunnel.host());
        TunnelView view = TunnelView.of(tunnel, hello, own ? Optional.of(OWN_HOST) : Optional.empty());
        HelloSupport.Result support = engines.support(view, hello);
        if (!own) {
            Optional<Decision.PassThrough> pass =
                    settings.policies().at(view.client().listener()).decide(facts(view, support));
            if (pass.isPresent()) {
                return pass.get();
            }
        }
        LeafKind kind = support instanceof HelloSupport.Result.Supported supported ? supported.kind() : LeafKind.EC;
        return new Decision.Inspect(new Inspection(view, kind, engines, learning));
    }

    private TunnelFacts facts(TunnelView view, HelloSupport.Result support) {
        Optional<String> unsupported =
                support instanceof HelloSupport.Result.Unsupported no ? Optional.of(no.why()) : Optional.empty();
        return learning.facts(view, ruling(view), unsupported);
    }

    private Learning.Ruling ruling(TunnelView view) {
        Choice choice = choices.of(view.name(), view.targetHost());
        Optional<String> leaves = engines.isOutsideAuthority(view.name())
                ? Optional.of("the authority's name constraints leave " + view.name() + " out")
                : Optional.empty();
        return switch (choice) {
            case PASS_THROUGH -> new Learning.Ruling(Optional.of("this host was chosen to be passed through"), false);
            case INSPECT -> new Learning.Ruling(leaves, true);
            case DEFAULT ->
                new Learning.Ruling(
                        settings.rules().passes(view.name(), view.targetHost()).or(() -> leaves), false);
        };
    }

    @Override
    public boolean isOwnHost(String host) {
        return HostName.normalized(host).equals(OWN_HOST);
    }

    @Override
    public Optional<OwnPage> page(OwnPage.Request request) {
        return pages.page(request);
    }

    /**
     * The trust of {@link #authority()}.
     *
     * @return {@link AuthorityTrust#trustManager()}, made anew
     */
    @Override
    public Optional<X509TrustManager> clientTrust() {
        return Optional.of(authority().trust().trustManager());
    }

    /**
     * The authority whose certificate clients are to trust.
     *
     * @return the one that was configured
     */
    public CertificateAuthority authority() {
        return settings.authority();
    }

    /**
     * What was chosen for single hosts, which can change while the proxy runs.
     *
     * @return the choices, to make, to list and to clear
     */
    public HostChoices hostChoices() {
        return choices;
    }

    /**
     * Which certificates of origins are trusted as they are, which can change while the proxy runs, and which were refused.
     *
     * @return the certificates, to look at, to trust, and to trust no more
     */
    public OriginCertificates originCertificates() {
        return certificates;
    }

    /**
     * A context for a program's own calls to origins, which judges them as the proxy does: the platform's authorities and
     * those of {@link TlsInterceptionBuilder#upstreamTrust}, the certificates that are trusted as they are, now and later,
     * until they are trusted no more, and the client certificates of each host. For {@code Replay.tls}, say, or for {@code java.net.http.HttpClient}. An
     * engine or socket has to be made for a host and a port, as without a host no certificate is accepted.
     *
     * @return a new context, with TLS sessions of its own, which all end once a certificate is trusted no more; for clients
     *     alone
     */
    public SSLContext originContext() {
        return engines.newOriginContext();
    }

    /**
     * What is remembered of clients and origins.
     *
     * @return the memory, to list and to clear
     */
    public TlsMemory memory() {
        return learning.memory();
    }

    /**
     * Which hosts are known by HSTS.
     *
     * @return the policy, to ask, to list and to clear
     */
    public HstsPolicy hsts() {
        return learning.hsts();
    }

    /**
     * What a person who runs the proxy should know, each a sentence: a broken HSTS file, a run of origins with bad
     * certificates, an authority that ends soon, memories that are full.
     *
     * @return the sentences; empty if all is well
     */
    public List<String> diagnostics() {
        return learning.diagnostics();
    }

    /** Writes what was learned where a file was asked for, and ends the thread for that. Blocks for up to 5 s. */
    @Override
    public void close() {
        learning.close();
        engines.close();
    }

    @Override
    public String toString() {
        return "TlsInterception[" + settings.authority() + ", " + settings.policies() + "]";
    }
}
