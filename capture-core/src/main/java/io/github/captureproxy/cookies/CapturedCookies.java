package io.github.captureproxy.cookies;

import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.spi.ExchangeListener;
import java.io.IOException;
import java.io.OutputStream;
import java.net.CookieStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The cookies that exchanges set and sent, kept as a user agent would (RFC 6265, and of RFC 6265bis SameSite, prefixes
 * and limits), and what became of each over time. Made of exchanges that there are, or given to a proxy as a listener:
 *
 * <pre>{@code
 * CapturedCookies cookies = new CapturedCookies();
 * CaptureProxy proxy = CaptureProxy.builder().listener(cookies).start();
 * ...
 * cookies.writeNetscape(Path.of("cookies.txt"));      // for curl -b
 * }</pre>
 *
 * <p>It sees what passed the proxy: a cookie that a script changed shows when it is sent next. Time is that of the
 * exchanges, so that a cookie of an old capture is there though its end has passed since.
 *
 * <p>There is no list of public suffixes here. A cookie for a top-level domain is refused, as by browsers; one for a
 * suffix of several labels, such as {@code co.uk}, is kept, where browsers refuse it.
 *
 * <p>Safe for any thread. Past each of the limits the oldest go.
 */
public final class CapturedCookies implements ExchangeListener {
    /** The most cookies: as many as RFC 6265 section 6.1 asks for. */
    public static final int MAX_COOKIES = 3_000;

    /** The most changes that are remembered. */
    public static final int MAX_CHANGES = 5_000;

    /** The most cookies that are remembered as sent: hosts, names and values, each once. */
    public static final int MAX_SENT = 3_000;

    private final CookieJar jar = new CookieJar();

    /** Starts without a cookie. */
    public CapturedCookies() {}

    /**
     * The cookies of exchanges.
     *
     * @param exchanges in the order in which they ended, as a {@code History}'s snapshot has them
     * @return the cookies; more exchanges can follow
     */
    public static CapturedCookies of(Iterable<Exchange> exchanges) {
        CapturedCookies cookies = new CapturedCookies();
        exchanges.forEach(cookies::onExchange);
        return cookies;
    }

    /**
     * Takes what an exchange sent and set.
     *
     * @param exchange the exchange; one of which no origin could be told, and one that the proxy answered itself, have
     *     nothing for it
     */
    @Override
    public void onExchange(Exchange exchange) {
        jar.take(exchange);
    }

    /**
     * All cookies as they were after the last exchange.
     *
     * @return an unmodifiable copy, by domain, path and name
     */
    public List<CapturedCookie> cookies() {
        return jar.cookies().stream()
                .sorted(Comparator.comparing(CapturedCookie::domain)
                        .thenComparing(CapturedCookie::path)
                        .thenComparing(CapturedCookie::name))
                .toList();
    }

    /**
     * The cookies of a domain and its subdomains.
     *
     * @param domain such as {@code example.com}
     * @return an unmodifiable copy, by domain, path and name
     */
    public List<CapturedCookie> cookies(String domain) {
        String above = lower(domain);
        return cookies().stream()
                .filter(cookie -> Matching.domain(cookie.domain(), above))
                .toList();
    }

    /**
     * The cookies that a user agent would send with a request of the same site.
     *
     * @param target an absolute URI
     * @param now the time of the request; cookies that have ended by then are left out
     * @return an unmodifiable list in the order in which they are sent (RFC 6265 section 5.4)
     * @throws IllegalArgumentException if the URI names no host
     */
    public List<CapturedCookie> cookiesFor(URI target, Instant now) {
        return jar.matching(Targets.origin(target), Targets.path(target)).stream()
                .filter(cookie -> !cookie.isExpired(now))
                .sorted(Comparator.comparingInt(
                                (CapturedCookie cookie) -> -cookie.path().length())
                        .thenComparing(CapturedCookie::created))
                .toList();
    }

    /**
     * The {@code Cookie} field that a user agent would send with a request of the same site. It is a secret.
     *
     * @param target an absolute URI
     * @return the field's value; empty if there is no cookie for it now
     * @throws IllegalArgumentException if the URI names no host
     */
    public String header(URI target) {
        return cookiesFor(target, Instant.now()).stream()
                .map(cookie -> cookie.name().isEmpty() ? cookie.value() : cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /**
     * The domains that have cookies, and the hosts that set or were sent any.
     *
     * @return in lower case, sorted
     */
    public SortedSet<String> domains() {
        SortedSet<String> domains = new TreeSet<>();
        cookies().forEach(cookie -> domains.add(cookie.domain()));
        changes().forEach(change -> domains.add(change.host()));
        sent().forEach(cookie -> domains.add(cookie.host()));
        return domains;
    }

    /**
     * What became of cookies, oldest first.
     *
     * @return an unmodifiable copy of the last {@link #MAX_CHANGES}
     */
    public List<CookieChange> changes() {
        return jar.changes();
    }

    /**
     * What became of the cookies of a domain and its subdomains, oldest first.
     *
     * @param domain such as {@code example.com}
     * @return an unmodifiable copy
     */
    public List<CookieChange> changes(String domain) {
        String above = lower(domain);
        return changes().stream()
                .filter(change ->
                        Matching.domain(change.cookie().domain(), above) || Matching.domain(change.host(), above))
                .toList();
    }

    /**
     * What hosts were sent, each name and value once for a host; those first that were sent least lately.
     *
     * @return an unmodifiable copy of the last {@link #MAX_SENT}
     */
    public List<SentCookie> sent() {
        return jar.sent();
    }

    /**
     * What a domain and its subdomains were sent.
     *
     * @param domain such as {@code example.com}
     * @return an unmodifiable copy
     */
    public List<SentCookie> sent(String domain) {
        String above = lower(domain);
        return sent().stream()
                .filter(cookie -> Matching.domain(cookie.host(), above))
                .toList();
    }

    /**
     * Adds the cookies to a store, such as that of a {@link java.net.CookieManager}: from then on a client with it sends
     * them. Those that have ended are left out.
     *
     * @param store the store
     * @return those that {@link java.net.HttpCookie} does not take, such as one without a name; unmodifiable
     */
    public List<CapturedCookie> addTo(CookieStore store) {
        return JavaCookies.add(cookies(), store, Instant.now());
    }

    /**
     * Writes the cookies as the {@code cookies.txt} that curl, wget and others read. Values stand in it.
     *
     * @param file where to: only its owner can read it; what was there is replaced as a whole
     * @throws IOException if it cannot be written
     */
    public void writeNetscape(Path file) throws IOException {
        OwnerOnlyFile.write(file, this::writeNetscape);
    }

    /**
     * Writes the cookies as a {@code cookies.txt}. Values stand in it, one byte a character. Cookies that the format
     * cannot hold, as they have no name or a tab in them, are left out, and a comment says how many.
     *
     * @param out where to; flushed, and not closed
     * @throws IOException if it cannot be written
     */
    public void writeNetscape(OutputStream out) throws IOException {
        NetscapeFormat.write(cookies(), out);
    }

    /**
     * Writes the cookies, their changes and what was sent as JSON. Values stand in it.
     *
     * @param file where to: only its owner can read it; what was there is replaced as a whole
     * @throws IOException if it cannot be written
     */
    public void writeJson(Path file) throws IOException {
        OwnerOnlyFile.write(file, this::writeJson);
    }

    /**
     * Writes the cookies, their changes and what was sent as JSON: an object with {@code cookies}, which have the fields
     * of browser extensions ({@code name}, {@code value}, {@code domain}, {@code hostOnly}, {@code path}, {@code secure},
     * {@code httpOnly}, {@code sameSite}, {@code session}, {@code expirationDate} in seconds), {@code changes} and
     * {@code sent}. Values stand in it.
     *
     * @param out where to; flushed, and not closed
     * @throws IOException if it cannot be written
     */
    public void writeJson(OutputStream out) throws IOException {
        JsonFormat.write(this, out);
    }

    private static String lower(String domain) {
        String name = domain.startsWith(".") ? domain.substring(1) : domain;
        return name.toLowerCase(Locale.ROOT);
    }

    /** Numbers alone: names and values stay out. */
    @Override
    public String toString() {
        return jar.cookies().size() + " cookies, " + changes().size() + " changes, " + sent().size() + " sent";
    }
}
