package io.github.captureproxy.cookies;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A cookie as a user agent stores it (RFC 6265 section 5.3). Its value is a secret as a rule: {@link #toString} leaves
 * it out.
 *
 * @param name the name as it was sent, one character a byte; empty where a host set a value alone
 * @param value the value as it was sent, quotes included, one character a byte
 * @param domain the domain in lower case and without a leading dot: the host where it is {@code hostOnly}
 * @param hostOnly true if it is for that host alone; false if for its subdomains too
 * @param path the path that it is for, with all below
 * @param expires when it ends; empty if it ends with the user agent's session
 * @param secure true if it is sent over TLS alone
 * @param httpOnly true if scripts do not see it
 * @param sameSite what it says of requests from other sites (RFC 6265bis); empty if nothing that is known
 * @param source how it came to be known
 * @param created when its name, domain and path were set first
 * @param changed when it was set last
 */
public record CapturedCookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        Optional<Instant> expires,
        boolean secure,
        boolean httpOnly,
        Optional<SameSite> sameSite,
        Source source,
        Instant created,
        Instant changed) {
    /** What a cookie says of requests that come from other sites. */
    public enum SameSite {
        /** It is not sent with any of them. */
        STRICT,
        /** It is sent where the user follows a link. */
        LAX,
        /** It is sent. */
        NONE
    }

    /** How a cookie came to be known. */
    public enum Source {
        /** A response set it. Requests may have had another value since, as a script gave it one: that is it then. */
        RESPONSE,
        /**
         * A request had it, and no captured response set it: it is from before the capture, or a script made it. All but
         * name and value is assumed: the host alone, the path {@code /}, and over TLS alone if it was sent so.
         */
        REQUEST
    }

    /** Checks that all parts are there. */
    public CapturedCookie {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(source, "source");
    }

    /**
     * Tells if it has ended.
     *
     * @param now the time that is asked for
     * @return true from its end on; false for one without an end
     */
    public boolean isExpired(Instant now) {
        return expires.isPresent() && !expires.get().isAfter(now);
    }

    /** Cookies with these in common stand in for each other (RFC 6265 section 5.3, step 11). */
    Key key() {
        return new Key(name, domain, path);
    }

    /** What tells cookies apart. */
    record Key(String name, String domain, String path) {}

    CapturedCookie since(Instant first) {
        return new CapturedCookie(
                name, value, domain, hostOnly, path, expires, secure, httpOnly, sameSite, source, first, changed);
    }

    /** The same with a value that a client sent. */
    CapturedCookie sentAs(String newValue, Instant time) {
        return new CapturedCookie(
                name, newValue, domain, hostOnly, path, expires, secure, httpOnly, sameSite, source, created, time);
    }

    /**
     * The cookie without its value.
     *
     * @return name, domain, path and flags
     */
    @Override
    public String toString() {
        return printable(name) + " for " + (hostOnly ? "" : "*.") + printable(domain) + printable(path)
                + expires.map(end -> ", until " + end).orElse(", for the session") + (secure ? ", Secure" : "")
                + (httpOnly ? ", HttpOnly" : "")
                + sameSite.map(site -> ", SameSite=" + site).orElse("")
                + (source == Source.REQUEST ? ", seen in a request alone" : "");
    }

    /** What was sent must not steer the terminal that this is printed on. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }
}
