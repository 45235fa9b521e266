package io.github.captureproxy.cookies;

import java.time.Instant;
import java.util.Objects;

/**
 * What became of a cookie at one moment.
 *
 * @param kind what
 * @param cookie the cookie as it was from then on; one that went, as it was before; one that was refused, as it would
 *     have been
 * @param host the host whose response or request did it; the cookie's domain where none did
 * @param exchangeId the id of the exchange that did it, or by whose time it was noticed
 * @param time when
 * @param detail why it was refused, in words; empty otherwise
 */
public record CookieChange(
        Kind kind, CapturedCookie cookie, String host, long exchangeId, Instant time, String detail) {
    /** Checks that all parts are there. */
    public CookieChange {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(cookie, "cookie");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(detail, "detail");
    }

    /** What there is. */
    public enum Kind {
        /** A response set one that was not there. */
        SET,
        /** A response set one that was there, to the same value or another. */
        REPLACED,
        /** A response set an end that had passed, which deletes it if it is there. */
        DELETED,
        /** Its time was over. */
        EXPIRED,
        /** A request had one, or a value, that no captured response set. */
        SENT,
        /** A response set one that a user agent does not take: the detail says why. */
        REFUSED,
        /** It was forgotten for the sake of {@link CapturedCookies#MAX_COOKIES}. */
        FORGOTTEN
    }

    @Override
    public String toString() {
        return kind + " " + cookie + ", by " + host + " in #" + exchangeId + (detail.isEmpty() ? "" : ": " + detail);
    }
}
