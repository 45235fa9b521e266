package io.github.captureproxy;

import io.github.captureproxy.export.Redaction;
import io.github.captureproxy.history.HistoryLimits;
import io.github.captureproxy.internal.config.Access;
import io.github.captureproxy.internal.config.Capture;
import io.github.captureproxy.internal.config.Limits;
import io.github.captureproxy.internal.config.ListenAddress;
import io.github.captureproxy.internal.config.ProxyConfig;
import io.github.captureproxy.internal.config.Routing;
import io.github.captureproxy.internal.config.Rules;
import io.github.captureproxy.internal.config.Timeouts;
import io.github.captureproxy.rules.TrafficRule;
import io.github.captureproxy.spi.BodySelector;
import io.github.captureproxy.spi.ClientAccess;
import io.github.captureproxy.spi.ClientArrival;
import io.github.captureproxy.spi.ExchangeListener;
import io.github.captureproxy.spi.HostResolver;
import io.github.captureproxy.spi.OwnPage;
import io.github.captureproxy.spi.TlsInterceptor;
import io.github.captureproxy.spi.UpstreamSelector;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link CaptureProxy} is told. Every option has a default; {@link #start()} checks them all together.
 * Not safe for use by several threads; may be used again after a start.
 */
public final class CaptureProxyBuilder {
    private final ListenOptions listen = new ListenOptions();
    private final AccessOptions access = new AccessOptions();
    private final RoutingOptions routing = new RoutingOptions();
    private final LimitOptions limits = new LimitOptions();
    private final TimeoutOptions timeouts = new TimeoutOptions();
    private final CaptureOptions capture = new CaptureOptions();
    private final RuleOptions rules = new RuleOptions();
    private @Nullable TlsInterceptor tls;
    private OwnPage.@Nullable Source pages;

    CaptureProxyBuilder() {}

    /**
     * Sets the port of the first address. 5555 unless set.
     *
     * @param port 1 to 65535, or 0 to pick a free one
     * @return this
     */
    public CaptureProxyBuilder port(int port) {
        listen.port = port;
        return this;
    }

    /**
     * Sets the address to listen on. 127.0.0.1 unless set. An address that other machines can reach needs {@link
     * #allowClients}, {@link #credentials} or {@link #clientAccess}.
     *
     * @param address an address of this machine; {@code 0.0.0.0} for all
     * @return this
     */
    public CaptureProxyBuilder bind(String address) {
        listen.host = Objects.requireNonNull(address, "address");
        return this;
    }

    /**
     * Names the first address; exchanges that come in there carry the name. {@code default} unless set.
     *
     * @param label any text
     * @return this
     */
    public CaptureProxyBuilder label(String label) {
        listen.label = Objects.requireNonNull(label, "label");
        return this;
    }

    /**
     * Listens on one more address.
     *
     * @param label what its exchanges carry; unlike all others
     * @param address an address of this machine
     * @param port 1 to 65535, or 0 to pick a free one
     * @return this
     */
    public CaptureProxyBuilder listen(String label, String address, int port) {
        listen.add(Objects.requireNonNull(label, "label"), Objects.requireNonNull(address, "address"), port);
        return this;
    }

    /**
     * Takes the clients of some addresses for clients on other machines, whatever addresses they come from: this machine's
     * own services are kept from them, unless {@link #allowLocalTargets} lets them. None unless set; for an address of the
     * loopback that something else leads to from elsewhere, such as the cable of a phone or a port forwarded by SSH.
     *
     * @param labels of addresses that the proxy listens on, added to those given before
     * @return this
     */
    public CaptureProxyBuilder clientsFromElsewhere(String... labels) {
        listen.elsewhere.addAll(Arrays.asList(withoutNull("labels", labels)));
        return this;
    }

    /**
     * Says which clients may use the proxy; all others get 403, clients on this machine too unless they are listed
     * ({@code 127.0.0.0/8}, {@code ::1}). All that can connect unless set.
     *
     * @param networks addresses or networks, such as {@code 192.168.1.0/24}
     * @return this
     */
    public CaptureProxyBuilder allowClients(String... networks) {
        access.allowClients(withoutNull("networks", networks));
        return this;
    }

    /**
     * Has a program decide, while the proxy runs, on the clients that {@link #allowClients} does not name; on all of
     * them if it is not called, clients on this machine included. Those that are refused still see the proxy's own pages.
     * None unless set.
     *
     * @param decider decides on each client
     * @return this
     */
    public CaptureProxyBuilder clientAccess(ClientAccess decider) {
        access.decider = Objects.requireNonNull(decider, "decider");
        return this;
    }

    /**
     * Has a program look at each client when it connects, before anything is read from it. None unless set; the last one
     * counts.
     *
     * @param arrival looks; may take a while, as {@link ClientArrival} says
     * @return this
     */
    public CaptureProxyBuilder clientArrival(ClientArrival arrival) {
        access.arrival = Objects.requireNonNull(arrival, "arrival");
        return this;
    }

    /**
     * Shows pages of a program's own on the proxy's own address ({@code http://ADDRESS:PORT/}), before those of the
     * interceptor. A reverse proxy has none, as its address is its origin's. None unless set.
     *
     * @param source makes the pages
     * @return this
     */
    public CaptureProxyBuilder ownPages(OwnPage.Source source) {
        pages = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Demands a user name and a password (Basic, RFC 7617); a request without them gets 407. None unless set.
     *
     * @param user the name, without a colon
     * @param password the password
     * @return this
     */
    public CaptureProxyBuilder credentials(String user, String password) {
        access.credentials(Objects.requireNonNull(user, "user"), Objects.requireNonNull(password, "password"));
        return this;
    }

    /**
     * Lets clients on other machines reach what is kept from them otherwise: loopback, unspecified, link-local and
     * multicast addresses, the addresses of this machine's own interfaces, and the metadata services of clouds. False
     * unless set; clients on this machine always can, but for those of {@link #clientsFromElsewhere}, and everyone can
     * where {@link #forwardTo}, {@link #mapHost} or an upstream proxy leads.
     *
     * @param allow true to let them
     * @return this
     */
    public CaptureProxyBuilder allowLocalTargets(boolean allow) {
        access.localTargets = allow;
        return this;
    }

    /**
     * Keeps all clients from addresses, whatever else is allowed: a request or a CONNECT that leads to one gets 403 and is
     * recorded as refused. Judged by the address that is found for a name, and by the next hop alone where an upstream
     * proxy is used. None unless set; for a program with a page of its own, which no client of the proxy is to reach.
     *
     * @param targets addresses with ports, added to those given before; one on the loopback stands for the loopback as a
     *     whole, in IPv4 and IPv6
     * @return this
     */
    public CaptureProxyBuilder refuseTargets(InetSocketAddress... targets) {
        access.refuseTargets(withoutNull("targets", targets));
        return this;
    }

    /**
     * The same for addresses that are only known while the proxy runs.
     *
     * @param targets tells of an address if clients are kept from it, each time that one is to be connected to; asked on the
     *     proxy's own threads, so it answers at once. Where it fails the address is refused
     * @return this
     */
    public CaptureProxyBuilder refuseTargets(Predicate<InetSocketAddress> targets) {
        access.refuseTargets(Objects.requireNonNull(targets, "targets"));
        return this;
    }

    /**
     * Limits the ports that CONNECT may name; others get 403. All unless set.
     *
     * @param ports 1 to 65535
     * @return this
     */
    public CaptureProxyBuilder connectPorts(int... ports) {
        access.connectPorts(ports);
        return this;
    }

    /**
     * Makes the proxy a reverse proxy: every request goes to this origin, with its {@code Host}; CONNECT gets 501. For
     * clients that cannot be given a proxy. An https origin is spoken to in HTTP/1.1, and has to be trusted by the JVM's
     * default {@link SSLContext}.
     *
     * @param origin such as {@code http://localhost:8080}; without a path
     * @return this
     */
    public CaptureProxyBuilder forwardTo(URI origin) {
        routing.forwardTo = Objects.requireNonNull(origin, "origin");
        routing.forwardTls = null;
        return this;
    }

    /**
     * Makes the proxy a reverse proxy for an https origin, as {@link #forwardTo(URI)} does. Clients speak plain HTTP to
     * the proxy.
     *
     * @param origin such as {@code https://localhost:8443}; without a path
     * @param context says which certificates to trust, and which one to show if the origin asks for one; the name in the
     *     certificate has to be the origin's in any case
     * @return this
     */
    public CaptureProxyBuilder forwardTo(URI origin, SSLContext context) {
        routing.forwardTo = Objects.requireNonNull(origin, "origin");
        routing.forwardTls = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Looks inside HTTPS, as far as that breaks no client. Without it, all TLS is passed through untouched.
     *
     * @param interceptor decides, such as {@code TlsInterception} of module {@code capture-tls}; not closed with the
     *     proxy, as several may share it
     * @return this
     */
    public CaptureProxyBuilder tls(TlsInterceptor interceptor) {
        this.tls = Objects.requireNonNull(interceptor, "interceptor");
        return this;
    }

    /**
     * Sends everything on through another proxy. None unless set.
     *
     * @param proxy such as {@code http://user:secret@corp:3128}; user and password percent-encoded, or left out
     * @return this
     */
    public CaptureProxyBuilder upstreamProxy(URI proxy) {
        routing.upstreamProxy = Objects.requireNonNull(proxy, "proxy");
        return this;
    }

    /**
     * Picks the next proxy for each target. Instead of {@link #upstreamProxy}.
     *
     * @param selector picks; see its ready-made ones
     * @return this
     */
    public CaptureProxyBuilder upstream(UpstreamSelector selector) {
        routing.upstream = Objects.requireNonNull(selector, "selector");
        return this;
    }

    /**
     * Finds the addresses of host names. {@link HostResolver#system} unless set: the JVM's resolver, for which names below
     * {@code localhost} lead to this machine.
     *
     * @param resolver may block
     * @return this
     */
    public CaptureProxyBuilder resolver(HostResolver resolver) {
        routing.resolver = Objects.requireNonNull(resolver, "resolver");
        return this;
    }

    /**
     * Connects to another address in place of a target's own; the request stays as it is.
     *
     * @param target {@code host:port}, or {@code host} for any port; one host, as a name or an address, without patterns
     * @param address where to connect; port 0 keeps the target's port
     * @return this
     */
    public CaptureProxyBuilder mapHost(String target, InetSocketAddress address) {
        routing.map(Objects.requireNonNull(target, "target"), Objects.requireNonNull(address, "address"));
        return this;
    }

    /**
     * Connects to another address in place of a target's own; the request stays as it is.
     *
     * @param target {@code host:port}, or {@code host} for any port; one host, as a name or an address, without patterns
     * @param address {@code host:port}, or {@code host} to keep the target's port
     * @return this
     */
    public CaptureProxyBuilder mapHost(String target, String address) {
        routing.map(Objects.requireNonNull(target, "target"), Objects.requireNonNull(address, "address"));
        return this;
    }

    /**
     * Adds a {@code Via} field (RFC 9110 section 7.6.3) to every message. None unless set: the proxy is transparent.
     *
     * @param name a pseudonym, or {@code host:port}
     * @return this
     */
    public CaptureProxyBuilder via(String name) {
        routing.via = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Limits the client connections in all; past it a client gets 503 before it has asked for anything, which is counted
     * ({@code connectionsRefused}) and not recorded. 10,000 unless set, and never more than the descriptors of the
     * process allow.
     *
     * @param connections 1 or more
     * @return this
     */
    public CaptureProxyBuilder maxConnections(int connections) {
        limits.connections.set(connections);
        return this;
    }

    /**
     * Limits the connections of one client address; past it the client gets 503, which is counted and not recorded, as
     * for {@link #maxConnections}. As many as in all unless set.
     *
     * @param connections 1 or more
     * @return this
     */
    public CaptureProxyBuilder maxConnectionsPerClient(int connections) {
        limits.connectionsPerClient.set(connections);
        return this;
    }

    /**
     * Limits the exchanges that use a connection to one origin at once; others wait for their turn, up to the connect
     * timeout. 1,000 unless set.
     *
     * @param connections 1 or more
     * @return this
     */
    public CaptureProxyBuilder maxConnectionsPerOrigin(int connections) {
        limits.connectionsPerOrigin.set(connections);
        return this;
    }

    /**
     * Limits the unused connections that each I/O thread keeps to one origin. 64 unless set.
     *
     * @param connections 0 or more
     * @return this
     */
    public CaptureProxyBuilder maxIdlePerOrigin(int connections) {
        limits.idlePerOrigin.set(connections);
        return this;
    }

    /**
     * Limits the streams that are open at once on one HTTP/2 connection of a client, which is told so
     * ({@code SETTINGS_MAX_CONCURRENT_STREAMS}, RFC 9113 section 6.5.2); those past it are refused. 256 unless set.
     *
     * @param streams 1 to 10,000
     * @return this
     */
    public CaptureProxyBuilder maxStreamsPerConnection(int streams) {
        limits.streams.set(streams);
        return this;
    }

    /**
     * Limits the open CONNECT tunnels; past it CONNECT gets 503. 5,000 unless set.
     *
     * @param tunnels 1 or more
     * @return this
     */
    public CaptureProxyBuilder maxTunnels(int tunnels) {
        limits.tunnels.set(tunnels);
        return this;
    }

    /**
     * Limits the head of a message: a larger request gets 431, a larger response ends in 502. 64 KiB unless set.
     * Trailers of chunked bodies have 16 KiB and 100 lines, whatever is set.
     *
     * @param bytes 1 KiB to 16 MiB
     * @return this
     */
    public CaptureProxyBuilder maxHeaderBytes(int bytes) {
        limits.headerBytes.set(bytes);
        return this;
    }

    /**
     * Limits the number of a head's field lines, likewise. 500 unless set.
     *
     * @param fields 10 to 100,000
     * @return this
     */
    public CaptureProxyBuilder maxHeaderFields(int fields) {
        limits.headerFields.set(fields);
        return this;
    }

    /**
     * Sets how many threads do I/O. As many as there are processors unless set; always one with HttpCore before 5.4.
     *
     * @param threads 1 to 64
     * @return this
     */
    public CaptureProxyBuilder ioThreads(int threads) {
        limits.ioThreads.set(threads);
        return this;
    }

    /**
     * Limits the time from a request head's first byte to its last; past it the client gets 408. 30 s unless set.
     *
     * @param limit {@link Duration#ZERO} for none
     * @return this
     */
    public CaptureProxyBuilder headTimeout(Duration limit) {
        timeouts.head.set(limit);
        return this;
    }

    /**
     * Limits how long an unused connection is kept, to a client or to an origin. 2 min unless set.
     *
     * @param limit {@link Duration#ZERO} for none
     * @return this
     */
    public CaptureProxyBuilder idleTimeout(Duration limit) {
        timeouts.idle.set(limit);
        return this;
    }

    /**
     * Limits the time for a connection to an origin, waiting for a place and name resolution included; past it the
     * client gets 504. 15 s unless set.
     *
     * @param limit {@link Duration#ZERO} for none
     * @return this
     */
    public CaptureProxyBuilder connectTimeout(Duration limit) {
        timeouts.connect.set(limit);
        return this;
    }

    /**
     * Limits the time from a request's end to the response's head; past it the client gets 504. 10 min unless set, for
     * the sake of long polls.
     *
     * <p>A client that leaves meanwhile ends its exchange: at once if it resets its connection, or speaks HTTP/2. In
     * HTTP/1.1, a process that ends looks at first like one that has closed its half of the connection and waits for its
     * response, which it may; TCP keep-alive tells them apart, on Linux after about 90 s. A client that has lost its network
     * is given up 75 s after it was last heard of. Where the Java runtime can't set these times for a socket, the
     * system's own hold. On macOS, where a selector tells nothing of such an end, a client that has closed its half and is
     * gone is noticed only when it is sent something, or at this limit.
     *
     * @param limit {@link Duration#ZERO} for none
     * @return this
     */
    public CaptureProxyBuilder firstByteTimeout(Duration limit) {
        timeouts.firstByte.set(limit);
        return this;
    }

    /**
     * Limits the time between two reads of a body that is under way. 5 min unless set.
     *
     * @param limit {@link Duration#ZERO} for none
     * @return this
     */
    public CaptureProxyBuilder transferTimeout(Duration limit) {
        timeouts.transfer.set(limit);
        return this;
    }

    /**
     * Limits the time in which no byte passes a tunnel or a WebSocket. 1 h unless set. One whose client or target has
     * lost its network, and is sent nothing, ends 75 s after that was last heard of, by TCP keep-alive; see {@link
     * #firstByteTimeout}.
     *
     * @param limit {@link Duration#ZERO} for none
     * @return this
     */
    public CaptureProxyBuilder tunnelIdleTimeout(Duration limit) {
        timeouts.tunnelIdle.set(limit);
        return this;
    }

    /**
     * Limits how long {@link CaptureProxy#close} takes. 5 s unless set. A listener that is still in a call by then is
     * interrupted, and has half a second more; the thread of one that goes on all the same ends when that call does.
     *
     * @param limit more than zero
     * @return this
     */
    public CaptureProxyBuilder closeTimeout(Duration limit) {
        timeouts.close.set(limit);
        return this;
    }

    /**
     * Adds who hears of exchanges.
     *
     * @param listeners each is called on a thread of its own
     * @return this
     */
    public CaptureProxyBuilder listener(ExchangeListener... listeners) {
        capture.listeners.addAll(Arrays.asList(withoutNull("listeners", listeners)));
        return this;
    }

    private static <T> T[] withoutNull(String name, T[] values) {
        for (int i = 0; i < values.length; i++) {
            Objects.requireNonNull(values[i], name + "[" + i + "]");
        }
        return values;
    }

    /**
     * Limits the deliveries that wait for one listener; past it they are dropped and counted. 10,000 unless set. What
     * waits for one may also weigh 64 MiB, or an eighth of a small heap, and no more.
     *
     * @param deliveries 1 or more
     * @return this
     */
    public CaptureProxyBuilder listenerQueueCapacity(int deliveries) {
        capture.listenerQueue.set(deliveries);
        return this;
    }

    /**
     * Limits History by number, bytes and age.
     *
     * @param limits see {@link HistoryLimits#defaults}
     * @return this
     */
    public CaptureProxyBuilder history(HistoryLimits limits) {
        capture.history = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Says which bodies are kept. All unless set.
     *
     * @param selector by direction and content type
     * @return this
     */
    public CaptureProxyBuilder captureBodies(BodySelector selector) {
        capture.selector = Objects.requireNonNull(selector, "selector");
        return this;
    }

    /**
     * Limits what is kept of one body, and of the messages of one WebSocket together; the rest passes unkept, and the
     * body says so. 8 MiB, or a sixteenth of a small heap, unless set.
     *
     * @param bytes 0 or more
     * @return this
     */
    public CaptureProxyBuilder maxBodyBytes(long bytes) {
        capture.maxBodyBytes.set(bytes);
        return this;
    }

    /**
     * Limits what is kept of all bodies and WebSocket messages in flight together. 64 MiB, or an eighth of a
     * small heap, unless set.
     *
     * @param bytes 0 or more
     * @return this
     */
    public CaptureProxyBuilder captureBudget(long bytes) {
        capture.budget.set(bytes);
        return this;
    }

    /**
     * Redacts what is captured, for those who may not keep secrets at all: History, sessions and listeners get exchanges
     * as the policy leaves them, those in flight and the messages of WebSockets among them. What passes is not changed.
     * Nothing is redacted unless set; exports redact on their own.
     *
     * <p>It costs time on the threads that do I/O: microseconds for a small exchange, some milliseconds for a body of
     * 1 MiB that has to be looked into. Of such bodies (JSON, forms, and those of no clear type) no more than that is
     * captured; they are never put in files, and one that makes more than 4 MiB without its content coding is left out.
     * Other bodies are kept as they are, in files too.
     *
     * @param redaction what is redacted, and how
     * @return this
     */
    public CaptureProxyBuilder redactCapture(Redaction redaction) {
        capture.redaction = Objects.requireNonNull(redaction, "redaction");
        return this;
    }

    /**
     * Keeps large bodies in files that their owner alone can read, deleted when neither History nor a session
     * holds them any more, and when the proxy is closed. In the heap unless set.
     *
     * @param folder a folder that exists and can be written to
     * @return this
     */
    public CaptureProxyBuilder spillTo(Path folder) {
        capture.spillFolder = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * Sets from which size on a body goes to a file. 1 MiB unless set.
     *
     * @param bytes 0 or more
     * @return this
     */
    public CaptureProxyBuilder spillThreshold(long bytes) {
        capture.spillThreshold.set(bytes);
        return this;
    }

    /**
     * Makes the SHA-256 of every body that has a byte, kept or not. False unless set.
     *
     * @param make true to make them
     * @return this
     */
    public CaptureProxyBuilder bodyDigests(boolean make) {
        capture.digests = make;
        return this;
    }

    /**
     * Limits the messages kept of one WebSocket; the oldest go first. 1,000 unless set. Of one message at most 1 MiB is
     * kept, and of all together {@link #maxBodyBytes}.
     *
     * @param messages 0 or more
     * @return this
     */
    public CaptureProxyBuilder maxWebSocketMessages(int messages) {
        capture.webSocketMessages.set(messages);
        return this;
    }

    /**
     * Adds rules that change traffic, behind those that are there. None unless given: then nothing of the traffic is
     * looked at.
     *
     * <p>A request that is sent to the proxy's own port as if it were the origin ({@code GET /path}) is their business,
     * too, with the proxy's address as its origin; so {@code proxy.uri()} can be the base URL of what they answer. A
     * CONNECT tunnel to a host, all requests to which a rule answers or redirects, is opened without connecting there.
     *
     * @param rule the rules in order; see {@link TrafficRule}
     * @return this
     */
    public CaptureProxyBuilder rule(TrafficRule... rule) {
        rules.all.addAll(Arrays.asList(withoutNull("rule", rule)));
        return this;
    }

    /**
     * Limits how much of a body is held for a rule that needs it whole: a larger request gets 413, and a larger response
     * becomes 502. 8 MiB, or a sixteenth of a small heap, unless set.
     *
     * @param bytes 0 or more
     * @return this
     */
    public CaptureProxyBuilder maxRuleBodyBytes(int bytes) {
        rules.maxBodyBytes.set(bytes);
        return this;
    }

    /**
     * Records nothing until {@link CaptureProxy#resume}.
     *
     * @return this
     */
    public CaptureProxyBuilder startPaused() {
        capture.startPaused = true;
        return this;
    }

    /**
     * Checks the options as a whole, and starts a proxy.
     *
     * @return the proxy, listening
     * @throws InvalidConfigurationException if options are wrong; names each with its value and the fix
     * @throws ProxyStartException if an address cannot be listened on
     */
    public CaptureProxy start() {
        Problems problems = new Problems();
        List<ListenAddress> addresses = listen.build(problems);
        Limits allLimits = limits.build(problems);
        Timeouts allTimeouts = timeouts.build(problems);
        Access allAccess = access.build(addresses, problems);
        Routing allRouting = routing.build(problems);
        Capture allCapture = capture.build(problems);
        Rules allRules = rules.build(problems);
        problems.throwIfAny();
        return CaptureProxy.start(new ProxyConfig(
                addresses,
                allLimits,
                allTimeouts,
                allAccess,
                allRouting,
                allCapture,
                allRules,
                Optional.ofNullable(tls),
                Optional.ofNullable(pages)));
    }
}
