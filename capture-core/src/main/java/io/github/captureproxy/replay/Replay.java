package io.github.captureproxy.replay;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.address.UriHost;
import io.github.captureproxy.spi.UpstreamSelector;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends captured requests again, to their origins or to another one, and compares the answers. Immutable, and safe for
 * any thread; each method that takes an option returns a replay that differs in that alone.
 *
 * <pre>{@code
 * ReplayResult again = Replay.to(URI.create("http://localhost:8081")).run(exchange);
 * assertThat(again.comparison().isSame()).as(again.toString()).isTrue();
 * }</pre>
 *
 * <p>A request goes out as it was captured: method, path and query, header fields in their order and case, body bytes and
 * trailers, cookies and credentials included. What the proxy changed then is changed now: hop-by-hop fields go, framing is
 * re-done, and {@code Host} names the origin that it is sent to. White space around field values, which is not captured, is one blank. It is sent in HTTP/1.1, whatever
 * version it came in.
 *
 * <p>Each request has a connection of its own to a proxy that is started for the run, so that the answer is recorded as
 * captures are; connections to origins are shared. All threads and sockets are gone when a run returns.
 */
public final class Replay {
    /** Longer pauses than this are not kept. */
    public static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final @Nullable HttpOrigin target;
    private final Way way;
    private final boolean paced;
    private final Ignored ignored;

    private Replay(@Nullable HttpOrigin target, Way way, boolean paced, Ignored ignored) {
        this.target = target;
        this.way = way;
        this.paced = paced;
        this.ignored = ignored;
    }

    /**
     * Replays each request to the origin that it was captured for.
     *
     * @return a replay with every option at its default
     */
    public static Replay toOrigins() {
        return new Replay(null, Way.DEFAULT, false, Ignored.DEFAULT);
    }

    /**
     * Replays all requests to one origin.
     *
     * @param origin such as {@code https://staging.example.com}, without a path
     * @return a replay with every other option at its default
     * @throws IllegalArgumentException if it is no http or https origin
     */
    public static Replay to(URI origin) {
        return new Replay(origin(origin), Way.DEFAULT, false, Ignored.DEFAULT);
    }

    private static HttpOrigin origin(URI uri) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        Optional<UriHost> host = UriHost.of(uri);
        boolean rooted = uri.getRawPath() == null
                || uri.getRawPath().isEmpty()
                || uri.getRawPath().equals("/");
        if (!scheme.equals("http") && !scheme.equals("https")
                || host.isEmpty()
                || !rooted
                || uri.getRawQuery() != null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("give an origin without a path, such as https://staging.example.com");
        }
        return host.get().origin(scheme);
    }

    /**
     * Sets whom to trust at https origins. The JVM's default context unless set.
     *
     * @param context the context; the certificate's name is checked in any case
     * @return a replay with it
     */
    public Replay tls(SSLContext context) {
        return new Replay(target, way.withTls(Objects.requireNonNull(context, "context")), paced, ignored);
    }

    /**
     * Sets the proxies that requests are sent through. None unless set, also where the requests were captured behind one.
     *
     * @param selector picks one for each origin, such as {@code UpstreamSelector.always(UpstreamProxy.parse("corp:3128"))}
     * @return a replay with it
     */
    public Replay upstream(UpstreamSelector selector) {
        return new Replay(target, way.withUpstream(Objects.requireNonNull(selector, "selector")), paced, ignored);
    }

    /**
     * Limits the time of each exchange. 30 s unless set.
     *
     * @param limit more than zero
     * @return a replay with it
     * @throws IllegalArgumentException if it is zero or less
     */
    public Replay timeout(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the timeout is " + limit + ": give more than zero");
        }
        return new Replay(target, way.withTimeout(limit), paced, ignored);
    }

    /**
     * Lets {@link #runAll} wait between requests as long as they were apart, from start to start, but at most {@link
     * #MAX_PAUSE}. They follow each other at once unless set.
     *
     * @return a replay with it
     */
    public Replay atOriginalPace() {
        return new Replay(target, way, true, ignored);
    }

    /**
     * Leaves response fields out of the comparison, beside those that are left out anyway, as they always vary or say how
     * the message was sent: {@code Date}, {@code Age}, {@code Expires}, {@code Set-Cookie}, {@code Server-Timing}, {@code
     * X-Request-Id}, {@code X-Correlation-Id}, {@code X-Runtime}, {@code Content-Length}, {@code Transfer-Encoding},
     * {@code Connection}, {@code Keep-Alive}.
     *
     * @param names field names in any case
     * @return a replay with it
     */
    public Replay ignoringHeaders(String... names) {
        return new Replay(target, way, paced, ignored.withHeaders(names));
    }

    /**
     * Compares response fields that are left out otherwise.
     *
     * @param names field names in any case
     * @return a replay with it
     */
    public Replay comparingHeaders(String... names) {
        return new Replay(target, way, paced, ignored.withoutHeaders(names));
    }

    /**
     * Leaves values of JSON bodies out of the comparison, with all below them.
     *
     * @param pointers JSON pointers (RFC 6901), in which {@code *} stands for any one name or index:
     *     <code>/items/&#42;/createdAt</code>
     * @return a replay with it
     */
    public Replay ignoringJson(String... pointers) {
        return new Replay(target, way, paced, ignored.withPointers(pointers));
    }

    /**
     * Sends one request and waits for the answer.
     *
     * @param exchange what was captured; its request has to be whole
     * @return the new exchange, and how it differs; that nothing answered is a result too
     * @throws IllegalArgumentException if the request cannot be sent as it was: its body was cut or is incomplete, it is a
     *     CONNECT or was upgraded, or its origin is not known
     * @throws InterruptedException if this thread was interrupted
     * @throws IOException if a captured body cannot be read
     */
    public ReplayResult run(Exchange exchange) throws IOException, InterruptedException {
        try (Sender sender = new Sender(way)) {
            return replayed(sender, exchange);
        }
    }

    /**
     * Sends requests one after the other, each when the one before it was answered.
     *
     * @param exchanges what was captured, in the order in which it is to be sent, such as a History's snapshot
     * @return a result for each, in the same order; one that cannot be sent says why
     * @throws InterruptedException if this thread was interrupted
     * @throws IOException if a captured body cannot be read
     */
    public List<ReplayResult> runAll(Iterable<Exchange> exchanges) throws IOException, InterruptedException {
        List<ReplayResult> results = new ArrayList<>();
        Pace pace = new Pace(MAX_PAUSE);
        try (Sender sender = new Sender(way)) {
            for (Exchange exchange : exchanges) {
                if (paced) {
                    pace.await(exchange.startedAt());
                }
                results.add(resultOf(sender, exchange));
            }
        }
        return List.copyOf(results);
    }

    private ReplayResult resultOf(Sender sender, Exchange exchange) throws IOException, InterruptedException {
        try {
            return replayed(sender, exchange);
        } catch (IllegalArgumentException e) { // the result tells of it, and the rest goes on
            return ReplayResult.notSent(exchange, String.valueOf(e.getMessage()));
        }
    }

    private ReplayResult replayed(Sender sender, Exchange exchange) throws IOException, InterruptedException {
        CapturedMessage message = CapturedMessage.of(exchange);
        HttpOrigin origin = target == null ? exchange.request().origin().orElseThrow(Replay::noOrigin) : target;
        Exchange answered = sender.send(message, origin);
        return new ReplayResult(
                exchange,
                Optional.of(answered),
                new Comparer(ignored).compare(exchange, answered),
                message.warnings(),
                "");
    }

    private static IllegalArgumentException noOrigin() {
        return new IllegalArgumentException("the request's origin is not known: name one with Replay.to(...)");
    }

    @Override
    public String toString() {
        return "Replay to " + (target == null ? "the origins" : target);
    }
}
