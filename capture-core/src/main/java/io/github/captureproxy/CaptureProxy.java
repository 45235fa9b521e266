package io.github.captureproxy;

import io.github.captureproxy.diagnosis.Diagnosis;
import io.github.captureproxy.history.CaptureSession;
import io.github.captureproxy.history.History;
import io.github.captureproxy.history.ProxyCounts;
import io.github.captureproxy.internal.config.ProxyConfig;
import io.github.captureproxy.internal.diagnosis.Diagnostician;
import io.github.captureproxy.internal.diagnosis.Surroundings;
import io.github.captureproxy.internal.diagnosis.Target;
import io.github.captureproxy.internal.server.ProxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * A forward HTTP proxy that records what passes through it, and changes none of it. Listens from {@code start()} of its
 * builder until {@link #close()}; any number of them can live in one JVM. Safe for any thread.
 *
 * <pre>{@code
 * try (CaptureProxy proxy = CaptureProxy.builder().port(0).start()) {
 *     HttpClient app = HttpClient.newBuilder().proxy(proxy.proxySelector()).build();
 *     app.send(HttpRequest.newBuilder(orders).build(), BodyHandlers.ofString());
 *     Exchange call = proxy.history().single(ExchangeFilter.path("/orders"));
 * }
 * }</pre>
 */
public final class CaptureProxy implements AutoCloseable {
    /** The port that a proxy listens on unless it is told another. */
    public static final int DEFAULT_PORT = 5555;

    private final ProxyServer server;
    private final TrustOfClients trust;

    private CaptureProxy(ProxyServer server, TrustOfClients trust) {
        this.server = server;
        this.trust = trust;
    }

    /**
     * Collects what a proxy is told.
     *
     * @return a builder with every option at its default
     */
    public static CaptureProxyBuilder builder() {
        return new CaptureProxyBuilder();
    }

    static CaptureProxy start(ProxyConfig config) {
        try {
            return new CaptureProxy(ProxyServer.start(config), new TrustOfClients(config.tls()));
        } catch (IOException e) {
            throw ProxyStartException.of(config, e);
        }
    }

    /**
     * The port that it listens on.
     *
     * @return the bound port of the first address
     */
    public int port() {
        return address().getPort();
    }

    /**
     * The address that it listens on.
     *
     * @return the first bound address
     */
    public InetSocketAddress address() {
        return addresses().values().iterator().next();
    }

    /**
     * All addresses that it listens on.
     *
     * @return the bound addresses by label, in the order in which they were given; unmodifiable
     */
    public Map<String, InetSocketAddress> addresses() {
        return server.addresses();
    }

    /**
     * The URI by which a client on this machine reaches the first address: what is set as a proxy, or as the base URL
     * where {@code forwardTo} is used.
     *
     * @return {@code http://host:port}
     */
    public URI uri() {
        InetSocketAddress reachable = reachable();
        String host = reachable.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        String plain = zone < 0 ? host : host.substring(0, zone);
        return URI.create("http://" + (plain.indexOf(':') < 0 ? plain : "[" + plain + "]") + ":" + reachable.getPort());
    }

    private InetSocketAddress reachable() {
        InetSocketAddress bound = address();
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
                : bound;
    }

    /**
     * A selector that names this proxy for every target, those on this machine included.
     *
     * @return for {@link java.net.http.HttpClient} and others
     */
    public ProxySelector proxySelector() {
        return ProxySelector.of(reachable());
    }

    /**
     * This proxy as a value of {@code java.net}.
     *
     * @return an HTTP proxy
     */
    public Proxy asProxy() {
        return new Proxy(Proxy.Type.HTTP, reachable());
    }

    /**
     * A trust manager for clients of this proxy: it trusts what the Java runtime does, and beside that the authority of
     * {@code tls}. The checks of chains and names are the usual ones. Where the proxy doesn't look into TLS, it is the
     * runtime's own, as clients then talk with the origins themselves; so a client is set up the same way in both cases.
     *
     * @return a trust manager; safe for any thread
     */
    public X509TrustManager trustManager() {
        return trust.manager();
    }

    /**
     * A TLS context for clients of this proxy, with {@link #trustManager()} and no key.
     *
     * @return a new context, with a session cache of its own
     */
    public SSLContext sslContext() {
        return trust.context();
    }

    /**
     * Tells if clients have to trust more than the Java runtime does, because {@code tls} brings an authority.
     *
     * @return true if {@link #trustManager()} is more than the runtime's own
     */
    public boolean hasAuthority() {
        return trust.isMore();
    }

    /**
     * What was recorded. An exchange is in it before the client gets the end of its response; a tunnel or a WebSocket is
     * in it when it has ended.
     *
     * @return the history; readable after {@link #close()} as well, but for bodies in files ({@code spillTo}), which are
     *     deleted then
     */
    public History history() {
        return server.history();
    }

    /**
     * Waits until traffic has ceased; see {@link History#awaitIdle}, which this is short for.
     *
     * @param quiet how long nothing may be in flight or be recorded; zero waits for what is in flight alone
     * @param timeout how long to wait at most, no less than {@code quiet}
     * @throws TimeoutException if there was no such time within the timeout; its message shows what is in flight
     * @throws InterruptedException if this thread was interrupted while it waited
     */
    public void awaitIdle(Duration quiet, Duration timeout) throws TimeoutException, InterruptedException {
        history().awaitIdle(quiet, timeout);
    }

    /**
     * Prepares a session: a part of what is recorded, with a history, a filter and counts of its own. Any number of them
     * run at once.
     *
     * <pre>{@code
     * try (CaptureSession session = proxy.session("checkout").filter(host("*.pay.example")).start()) {
     *     app.checkout();
     *     session.history().single(path("/charge"));
     * }
     * }</pre>
     *
     * @param name what it is called, in messages and counts; need not be unique
     * @return a builder; its {@code start()} starts the session
     * @throws IllegalArgumentException if the name is blank
     */
    public CaptureSessionBuilder session(String name) {
        return new CaptureSessionBuilder(server, name);
    }

    /**
     * The sessions that were started and not stopped.
     *
     * @return a copy of the list, in the order in which they were started
     */
    public List<CaptureSession> sessions() {
        return server.sessions();
    }

    /** Stops recording: exchanges and tunnels that begin from now on pass unseen. */
    public void pause() {
        server.setPaused(true);
    }

    /** Records again what begins from now on. */
    public void resume() {
        server.setPaused(false);
    }

    /**
     * Tells if recording is paused.
     *
     * @return true from {@link #pause()} to {@link #resume()}
     */
    public boolean isPaused() {
        return server.isPaused();
    }

    /**
     * What the proxy has counted.
     *
     * @return the counts of this moment
     */
    public ProxyCounts counts() {
        return server.counts();
    }

    /**
     * Tells why calls may not be seen: what reached the port, what was recorded, forgotten, passed through and why, and
     * which settings of this JVM and its environment lead clients past the proxy. To be printed.
     *
     * @return what can be told at this moment, also after {@link #close()}
     */
    public Diagnosis diagnose() {
        return Diagnostician.diagnose(server.facts(), Surroundings.here());
    }

    /**
     * Tells why calls to a URI may not be seen: as {@link #diagnose()}, and what is known of its host. Nothing is sent,
     * and no name is resolved.
     *
     * @param target an absolute URI, such as {@code https://api.example.com/orders}
     * @return what can be told at this moment
     * @throws IllegalArgumentException if the URI names no host
     */
    public Diagnosis diagnose(URI target) {
        return Diagnostician.diagnose(server.facts(), Surroundings.here(), Target.of(target));
    }

    /**
     * Ends the proxy: connections are closed and recorded as such, listeners hear of what they have not heard yet,
     * sessions end, and all threads, sockets and files for bodies are gone within {@code closeTimeout}. A listener that
     * is still in a call by then is interrupted and has half a second more; if it ignores that, its thread lives until
     * the call returns. A second call does nothing.
     */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "CaptureProxy on " + addresses();
    }
}
