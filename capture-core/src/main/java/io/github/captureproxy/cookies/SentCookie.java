package io.github.captureproxy.cookies;

import java.time.Instant;
import java.util.Objects;

/**
 * A cookie that a host was sent, with one value.
 *
 * @param host the host
 * @param name the name, one character a byte; empty where a value was sent alone
 * @param value the value, one character a byte; {@link #toString} leaves it out
 * @param requests how many requests had it
 * @param first when it was sent first
 * @param last when it was sent last
 * @param lastExchangeId the id of the exchange that sent it last
 */
public record SentCookie(
        String host, String name, String value, long requests, Instant first, Instant last, long lastExchangeId) {
    /** Checks that all parts are there. */
    public SentCookie {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    SentCookie again(Instant time, long exchangeId) {
        return new SentCookie(host, name, value, requests + 1, first, time, exchangeId);
    }

    @Override
    public String toString() {
        return CapturedCookie.printable(name) + " sent to " + host + " in " + requests
                + (requests == 1 ? " request" : " requests");
    }
}
