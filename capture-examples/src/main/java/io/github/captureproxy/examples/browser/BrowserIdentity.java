package io.github.captureproxy.examples.browser;

import io.github.captureproxy.cookies.CapturedCookies;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.spi.ExchangeListener;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a captured browser sends now: its cookies, and the fields that scripts may not set ({@code User-Agent}, {@code
 * Accept-Language}, {@code Origin}, {@code Referer}, {@code Sec-...}). A request that is sent again can be given them, so
 * that it goes out as if the browser sent it at this moment. Made of exchanges that there are, or given to a proxy as a
 * listener. Only those that came in at the address labelled {@link BrowserSession#LABEL} count.
 *
 * <pre>{@code
 * BrowserIdentity browser = BrowserIdentity.of(proxy.history().snapshot());
 * Replay.toOrigins().run(browser.applyTo(exchange));
 * }</pre>
 *
 * <p>Cookies are those of {@link CapturedCookies}: what passed the proxy, so not what a script or another profile did
 * since. Safe for any thread.
 */
public final class BrowserIdentity implements ExchangeListener {
    /** The most kinds of request whose fields are remembered; past it those that were not seen for longest go. */
    public static final int MAX_KINDS = 3_000;

    /** What RFC 3986 has nowhere in a path. */
    private static final Pattern NO_URI_CHARACTER = Pattern.compile("[^!-~]|[\"<>\\\\^`{|}]");

    private static final String COOKIE = "cookie";

    /** Each has a value for a kind of request, where the other restricted ones are the browser's own. */
    private static final List<String> OF_THE_REQUEST = List.of("origin", "referer", "sec-fetch-", "sec-purpose");

    private static final List<String> OF_THE_BROWSER = List.of("user-agent", "accept-language", "sec-");

    /** It belongs to one handshake. */
    private static final String WEB_SOCKET = "sec-websocket-";

    private final CapturedCookies cookies = new CapturedCookies();
    private final Map<Kind, HeaderList> last = new LinkedHashMap<>();

    /** Requests that are alike; empty parts stand for all. */
    private record Kind(String host, String method, String path) {}

    /** Starts with nothing known. */
    public BrowserIdentity() {}

    /**
     * What exchanges tell.
     *
     * @param exchanges in the order in which they ended, as a {@code History}'s snapshot has them; those of other clients
     *     are passed over
     * @return the identity; more exchanges can follow
     */
    public static BrowserIdentity of(Iterable<Exchange> exchanges) {
        BrowserIdentity identity = new BrowserIdentity();
        exchanges.forEach(identity::onExchange);
        return identity;
    }

    /**
     * Takes what an exchange sent and set, if it is the browser's.
     *
     * @param exchange the exchange
     */
    @Override
    public void onExchange(Exchange exchange) {
        if (!exchange.client().listener().equals(BrowserSession.LABEL)) {
            return;
        }
        cookies.onExchange(exchange);
        CapturedRequest request = exchange.request();
        synchronized (last) {
            kinds(request).forEach(kind -> put(kind, request.headers()));
        }
    }

    private void put(Kind kind, HeaderList headers) {
        last.remove(kind);
        last.put(kind, headers);
        if (last.size() > MAX_KINDS) {
            last.remove(last.keySet().iterator().next());
        }
    }

    /** From the closest to all of the host. */
    private static List<Kind> kinds(CapturedRequest request) {
        String host = request.host();
        return List.of(
                new Kind(host, request.method(), request.path()),
                new Kind(host, request.method(), ""),
                new Kind(host, "", ""));
    }

    /**
     * Gives a request what the browser would send with it now. Cookies are replaced, by none if there is none any more.
     * {@code Origin}, {@code Referer} and {@code Sec-Fetch-...} are those of the browser's last request with the same
     * method for the same host, of the same path if there is one; the others those of its last one for the host. What
     * isn't known stays as it is.
     *
     * @param exchange what is to be sent again
     * @return the same exchange with another request
     */
    public Exchange applyTo(Exchange exchange) {
        CapturedRequest request = exchange.request();
        List<Header> fields = new ArrayList<>(request.headers());
        withCookies(request, fields);
        List<Kind> kinds = kinds(request);
        known(kinds).ifPresent(model -> replace(fields, model, name -> isOfTheBrowser(name) && !isOfTheRequest(name)));
        known(kinds.subList(0, 2)).ifPresent(model -> replace(fields, model, BrowserIdentity::isOfTheRequest));
        return exchange.toBuilder()
                .request(request.withHeaders(HeaderList.of(fields)))
                .build();
    }

    private void withCookies(CapturedRequest request, List<Header> fields) {
        String value;
        try {
            value = cookies.header(URI.create(withoutQuery(request.url())));
        } catch (IllegalArgumentException e) {
            return; // it is no URI: there is no saying which cookies are for it
        }
        List<Header> now = value.isEmpty() ? List.of() : List.of(new Header("Cookie", value));
        replace(fields, HeaderList.of(now), COOKIE::equals);
    }

    /** Without the query, which makes no difference to cookies; what browsers send of a path and URIs don't have, encoded. */
    private static String withoutQuery(String url) {
        return NO_URI_CHARACTER
                .matcher(url.split("\\?", 2)[0])
                .replaceAll(one -> String.format("%%%02X", (int) one.group().charAt(0)));
    }

    private Optional<HeaderList> known(List<Kind> kinds) {
        synchronized (last) {
            return kinds.stream()
                    .flatMap(kind -> Optional.ofNullable(last.get(kind)).stream())
                    .findFirst();
        }
    }

    /** Puts some fields of another request where the first such field stands, or at the end. */
    private static void replace(List<Header> fields, HeaderList model, Predicate<String> wanted) {
        List<Header> others =
                model.stream().filter(field -> wanted.test(lower(field.name()))).toList();
        int place = fields.size();
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (wanted.test(lower(fields.get(i).name()))) {
                fields.remove(i);
                place = i;
            }
        }
        fields.addAll(Math.min(place, fields.size()), others);
    }

    private static boolean isOfTheRequest(String name) {
        return OF_THE_REQUEST.stream().anyMatch(name::startsWith);
    }

    private static boolean isOfTheBrowser(String name) {
        return OF_THE_BROWSER.stream().anyMatch(name::startsWith) && !name.startsWith(WEB_SOCKET);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
