package io.github.captureproxy.cookies;

import io.github.captureproxy.cookies.CapturedCookie.Source;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.exchange.Outcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cookies that there are, and what became of them. Its own lock guards all of it; each call is short. */
final class CookieJar {
    private final Map<CapturedCookie.Key, CapturedCookie> cookies = new LinkedHashMap<>();
    private final ArrayDeque<CookieChange> changes = new ArrayDeque<>();
    private final Map<Sent, SentCookie> sent = new LinkedHashMap<>();

    /** No cookie ends before this, so that not all have to be asked each time. */
    private Instant nextEnd = Instant.MAX;

    private record Sent(String host, String name, String value) {}

    /** The exchange that is being taken. */
    private record From(HttpOrigin origin, String path, long id, Instant start, Instant end) {}

    synchronized List<CapturedCookie> cookies() {
        return List.copyOf(cookies.values());
    }

    synchronized List<CookieChange> changes() {
        return List.copyOf(changes);
    }

    synchronized List<SentCookie> sent() {
        return List.copyOf(sent.values());
    }

    synchronized List<CapturedCookie> matching(HttpOrigin origin, String path) {
        return cookies.values().stream()
                .filter(cookie -> Matching.request(cookie, origin, path))
                .toList();
    }

    synchronized void take(Exchange exchange) {
        Optional<HttpOrigin> origin = exchange.request().origin();
        if (origin.isEmpty() || exchange.outcome().status() == Outcome.Status.ANSWERED_BY_PROXY) {
            return;
        }
        Instant start = exchange.startedAt();
        From from = new From(
                origin.get(), exchange.request().path(), exchange.id(), start, start.plus(exchange.duration()));
        expire(from);
        for (String field : exchange.request().headers().all("cookie")) {
            sent(field, from);
        }
        exchange.response().ifPresent(response -> {
            for (String field : response.headers().all("set-cookie")) {
                set(field, from);
            }
        });
    }

    private void expire(From from) {
        if (nextEnd.isAfter(from.start())) {
            return;
        }
        nextEnd = Instant.MAX;
        for (CapturedCookie cookie : List.copyOf(cookies.values())) {
            if (cookie.isExpired(from.start())) {
                cookies.remove(cookie.key());
                Instant end = cookie.expires().orElse(from.start());
                change(new CookieChange(CookieChange.Kind.EXPIRED, cookie, cookie.domain(), from.id(), end, ""));
            } else {
                endsLater(cookie);
            }
        }
    }

    private void endsLater(CapturedCookie cookie) {
        cookie.expires().filter(end -> end.isBefore(nextEnd)).ifPresent(end -> nextEnd = end);
    }

    /** The pairs of a {@code Cookie} field (RFC 6265 section 4.2.1), read as leniently as servers do. */
    private void sent(String field, From from) {
        int start = 0;
        while (start <= field.length()) {
            int semicolon = field.indexOf(';', start);
            int end = semicolon < 0 ? field.length() : semicolon;
            String pair = SetCookie.trimmed(field.substring(start, end));
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                sent(
                        equals < 0 ? "" : SetCookie.trimmed(pair.substring(0, equals)),
                        SetCookie.trimmed(pair.substring(equals + 1)),
                        from);
            }
            start = end + 1;
        }
    }

    private void sent(String name, String value, From from) {
        if (name.length() + value.length() > SetCookie.MAX_BYTES) {
            return; // no user agent keeps such a one, and it would not be bounded here
        }
        Sent key = new Sent(from.origin().host(), name, value);
        SentCookie before = sent.remove(key);
        sent.put(
                key,
                before == null
                        ? new SentCookie(key.host(), name, value, 1, from.start(), from.start(), from.id())
                        : before.again(from.start(), from.id()));
        removeOldest(sent, CapturedCookies.MAX_SENT);
        learn(name, value, from);
    }

    /** A request has a cookie that no response set, or another value of one: unless it was overtaken by a response. */
    private void learn(String name, String value, From from) {
        CapturedCookie known = null;
        int same = 0;
        for (CapturedCookie cookie : cookies.values()) {
            if (cookie.name().equals(name) && Matching.request(cookie, from.origin(), from.path())) {
                if (cookie.value().equals(value)) {
                    return;
                }
                known = cookie;
                same++;
            }
        }
        // Which one of several a script changed cannot be told.
        if (same > 1 || changedSince(name, from)) {
            return;
        }
        CapturedCookie cookie = known == null ? assumed(name, value, from) : known.sentAs(value, from.start());
        store(cookie, from);
        change(new CookieChange(CookieChange.Kind.SENT, cookie, from.origin().host(), from.id(), from.start(), ""));
    }

    private boolean changedSince(String name, From from) {
        Iterator<CookieChange> newestFirst = changes.descendingIterator();
        while (newestFirst.hasNext()) {
            CookieChange change = newestFirst.next();
            CapturedCookie cookie = change.cookie();
            if (change.kind() != CookieChange.Kind.REFUSED
                    && cookie.name().equals(name)
                    && Matching.domain(from.origin().host(), cookie.domain())) {
                return change.time().isAfter(from.start());
            }
        }
        return false;
    }

    private static CapturedCookie assumed(String name, String value, From from) {
        String scheme = from.origin().scheme();
        return new CapturedCookie(
                name,
                value,
                from.origin().host(),
                true,
                "/",
                Optional.empty(),
                scheme.equals("https") || scheme.equals("wss"),
                false,
                Optional.empty(),
                Source.REQUEST,
                from.start(),
                from.start());
    }

    private void set(String field, From from) {
        Admission admission = Admission.of(SetCookie.parse(field, from.end()), from.origin(), from.path(), from.end());
        CapturedCookie cookie = admission.cookie();
        String problem = admission.problem().isEmpty() ? overSecureOne(cookie, from) : admission.problem();
        if (!problem.isEmpty()) {
            change(new CookieChange(
                    CookieChange.Kind.REFUSED, cookie, from.origin().host(), from.id(), from.end(), problem));
            return;
        }
        forgetAssumed(cookie);
        CapturedCookie before = cookies.get(cookie.key());
        CookieChange.Kind kind;
        if (cookie.isExpired(from.end())) {
            cookies.remove(cookie.key());
            kind = CookieChange.Kind.DELETED;
        } else {
            store(before == null ? cookie : cookie.since(before.created()), from);
            kind = before == null ? CookieChange.Kind.SET : CookieChange.Kind.REPLACED;
        }
        change(new CookieChange(kind, cookie, from.origin().host(), from.id(), from.end(), ""));
    }

    /** A cookie set over TLS is left alone by those without (RFC 6265bis section 5.7, step 15). */
    private String overSecureOne(CapturedCookie cookie, From from) {
        boolean covered = !cookie.secure()
                && !Matching.isSecure(from.origin())
                && cookies.values().stream()
                        .anyMatch(other -> other.secure()
                                && other.name().equals(cookie.name())
                                && (Matching.domain(other.domain(), cookie.domain())
                                        || Matching.domain(cookie.domain(), other.domain()))
                                && Matching.path(cookie.path(), other.path()));
        return covered ? "there is a Secure one of that name, and it came without TLS" : "";
    }

    /** A response shows what a cookie really is for that was assumed to be the host's. */
    private void forgetAssumed(CapturedCookie cookie) {
        cookies.values()
                .removeIf(other -> other.source() == Source.REQUEST
                        && other.name().equals(cookie.name())
                        && Matching.domain(other.domain(), cookie.domain())
                        && !other.key().equals(cookie.key()));
    }

    private void store(CapturedCookie cookie, From from) {
        cookies.put(cookie.key(), cookie);
        endsLater(cookie);
        CapturedCookie forgotten = removeOldest(cookies, CapturedCookies.MAX_COOKIES);
        if (forgotten != null) {
            change(new CookieChange(
                    CookieChange.Kind.FORGOTTEN, forgotten, forgotten.domain(), from.id(), from.end(), ""));
        }
    }

    private static <K, V> @Nullable V removeOldest(Map<K, V> map, int most) {
        if (map.size() <= most) {
            return null;
        }
        Iterator<V> oldest = map.values().iterator();
        V removed = oldest.next();
        oldest.remove();
        return removed;
    }

    private void change(CookieChange change) {
        changes.addLast(change);
        if (changes.size() > CapturedCookies.MAX_CHANGES) {
            changes.removeFirst();
        }
    }
}
