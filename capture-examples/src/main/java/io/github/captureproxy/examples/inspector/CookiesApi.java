package io.github.captureproxy.examples.inspector;

import io.github.captureproxy.cookies.CapturedCookie;
import io.github.captureproxy.cookies.CapturedCookies;
import io.github.captureproxy.cookies.CookieChange;
import io.github.captureproxy.cookies.SentCookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Cookies by domain. Values are secrets as a rule: each goes to the page only when it is asked for. */
final class CookiesApi {
    /** As many changes of one domain as anyone reads. */
    private static final int MAX_CHANGES = 500;

    private final CookieHistory history;

    CookiesApi(CookieHistory history) {
        this.history = history;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/cookies", call -> Reply.json(list()));
        routes.on("GET", "/api/cookies/value", this::value);
        routes.on("GET", "/api/cookies/more", this::more);
        routes.on("GET", "/api/cookies/export", this::export);
        routes.on("DELETE", "/api/cookies", call -> {
            history.clear();
            return Reply.done();
        });
    }

    /** What the page is told of cookies; incomplete while the history is read. */
    record Listed(boolean reading, List<Cookie> cookies) {}

    /** A cookie without its value. */
    record Cookie(
            String name,
            String domain,
            boolean hostOnly,
            String path,
            Optional<Instant> expires,
            boolean expired,
            boolean secure,
            boolean httpOnly,
            String sameSite,
            boolean seenInRequestOnly,
            Instant created,
            Instant changed,
            int length) {
        static Cookie of(CapturedCookie cookie, Instant now) {
            return new Cookie(
                    cookie.name(),
                    cookie.domain(),
                    cookie.hostOnly(),
                    cookie.path(),
                    cookie.expires(),
                    cookie.isExpired(now),
                    cookie.secure(),
                    cookie.httpOnly(),
                    cookie.sameSite().map(Enum::name).orElse(""),
                    cookie.source() == CapturedCookie.Source.REQUEST,
                    cookie.created(),
                    cookie.changed(),
                    cookie.value().length());
        }
    }

    /** What became of the cookies of a domain, and where they were sent. */
    record More(List<Change> changes, List<Sent> sent) {}

    /**
     * A change.
     *
     * @param sameValue whether the value stayed as it was
     */
    record Change(String kind, String name, String path, String host, Instant time, String detail, boolean sameValue) {}

    /** How often a cookie was sent to a host. */
    record Sent(String host, String name, long requests, Instant first, Instant last) {
        static Sent of(SentCookie sent) {
            return new Sent(sent.host(), sent.name(), sent.requests(), sent.first(), sent.last());
        }
    }

    private Listed list() {
        Instant now = Instant.now();
        return new Listed(
                history.isReading(),
                history.cookies().cookies().stream()
                        .map(cookie -> Cookie.of(cookie, now))
                        .toList());
    }

    private Reply value(Call call) {
        String domain = call.query("domain").orElse("");
        String path = call.query("path").orElse("");
        String name = call.query("name").orElse("");
        return history.cookies().cookies().stream()
                .filter(cookie -> cookie.domain().equals(domain)
                        && cookie.path().equals(path)
                        && cookie.name().equals(name))
                .findFirst()
                .map(cookie -> Reply.json(Map.of("value", cookie.value())))
                .orElseThrow(() -> new RefusedException(404, "this cookie is not there any more"));
    }

    private Reply more(Call call) {
        String domain = call.query("domain").orElseThrow(() -> new RefusedException(400, "domain: name one"));
        CapturedCookies cookies = history.cookies();
        return Reply.json(new More(
                changes(cookies.changes(domain)),
                cookies.sent(domain).stream().map(Sent::of).toList()));
    }

    private static List<Change> changes(List<CookieChange> oldestFirst) {
        Map<List<String>, String> values = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        for (CookieChange change : oldestFirst) {
            CapturedCookie cookie = change.cookie();
            String before = values.put(List.of(cookie.name(), cookie.domain(), cookie.path()), cookie.value());
            changes.add(new Change(
                    change.kind().name(),
                    cookie.name(),
                    cookie.path(),
                    change.host(),
                    change.time(),
                    change.detail(),
                    Objects.equals(before, cookie.value())));
        }
        Collections.reverse(changes);
        return changes.size() > MAX_CHANGES ? changes.subList(0, MAX_CHANGES) : changes;
    }

    private Reply export(Call call) {
        CapturedCookies cookies = history.cookies();
        return switch (call.query("format").orElse("netscape")) {
            case "netscape" -> Reply.bytes("text/plain", cookies::writeNetscape).as("cookies.txt");
            case "json" -> Reply.bytes("application/json", cookies::writeJson).as("cookies.json");
            default -> throw new RefusedException(400, "format: give netscape or json");
        };
    }
}
