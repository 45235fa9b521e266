package io.github.captureproxy.cookies;

import io.github.captureproxy.cookies.CapturedCookie.Source;
import io.github.captureproxy.exchange.HttpOrigin;
import java.time.Instant;
import java.util.Locale;

/**
 * Whether a user agent takes what a response sets, and as what (RFC 6265 section 5.3, RFC 6265bis section 5.7).
 *
 * @param cookie what it is taken for, or would have been
 * @param problem why it is refused, in words; empty if it is taken
 */
record Admission(CapturedCookie cookie, String problem) {
    static Admission of(SetCookie set, HttpOrigin origin, String requestPath, Instant now) {
        String host = origin.host();
        String named = set.domain();
        // Of all public suffixes only top-level domains can be told without a list of them.
        boolean suffix = named.indexOf('.') < 0 && named.indexOf(':') < 0;
        boolean hostOnly = named.isEmpty() || suffix && named.equals(host);
        CapturedCookie cookie = new CapturedCookie(
                set.name(),
                set.value(),
                hostOnly ? host : named,
                hostOnly,
                set.path().orElseGet(() -> Matching.defaultPath(requestPath)),
                set.expires(),
                set.isSecure(),
                set.isHttpOnly(),
                set.sameSite(),
                Source.RESPONSE,
                now,
                now);
        return new Admission(cookie, problem(set, cookie, suffix, origin));
    }

    private static String problem(SetCookie set, CapturedCookie cookie, boolean suffix, HttpOrigin origin) {
        if (!set.problem().isEmpty()) {
            return set.problem();
        }
        if (!cookie.hostOnly() && suffix) {
            return "its domain is a top-level one";
        }
        if (!cookie.hostOnly() && !Matching.domain(origin.host(), cookie.domain())) {
            return "its domain is neither the host nor above it";
        }
        if (cookie.secure() && !Matching.isSecure(origin)) {
            return "it is Secure, and came without TLS";
        }
        return prefixProblem(cookie);
    }

    /** What names promise (RFC 6265bis section 4.1.3), and nameless values must not look like. */
    private static String prefixProblem(CapturedCookie cookie) {
        String name = cookie.name().toLowerCase(Locale.ROOT);
        String alone = cookie.value().toLowerCase(Locale.ROOT);
        if (name.isEmpty() && (alone.startsWith("__secure-") || alone.startsWith("__host-"))) {
            return "it has no name, and a value that looks like one with a prefix";
        }
        if (name.startsWith("__secure-") && !cookie.secure()) {
            return "its name begins with __Secure-, and it is not Secure";
        }
        boolean bound = cookie.secure() && cookie.hostOnly() && cookie.path().equals("/");
        return name.startsWith("__host-") && !bound
                ? "its name begins with __Host-, and it is not Secure, has a domain, or a path other than /"
                : "";
    }
}
