package io.github.captureproxy.cookies;

import io.github.captureproxy.cookies.CapturedCookie.SameSite;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Set-Cookie} value taken apart as user agents do (RFC 6265 section 5.2), with the limits and the checks of
 * characters of RFC 6265bis (section 5.6). The last of attributes that come twice counts.
 */
final class SetCookie {
    /** The most bytes of name and value together (RFC 6265bis section 5.6, step 5). */
    static final int MAX_BYTES = 4096;

    /** An attribute with a longer value is passed over (step 6 of the attributes). */
    static final int MAX_ATTRIBUTE_BYTES = 1024;

    /** What is left of the name of one that is too long. */
    private static final int MAX_SHOWN = 64;

    /** Longer than any real lifetime, and far from where time runs over. */
    private static final Duration MAX_AGE = Duration.ofDays(366L * 1000);

    /** The fewest digits that go past that. */
    private static final int MAX_AGE_DIGITS = 11;

    private final Instant now;
    private String name = "";
    private String value = "";
    private @Nullable String domain;
    private @Nullable String path;
    private @Nullable Instant expires;
    private @Nullable Instant maxAge;
    private boolean secure;
    private boolean httpOnly;
    private @Nullable SameSite sameSite;
    private String problem = "";

    private SetCookie(Instant now) {
        this.now = now;
    }

    static SetCookie parse(String text, Instant now) {
        SetCookie cookie = new SetCookie(now);
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
            cookie.problem = "it has a control character";
            return cookie;
        }
        int end = text.indexOf(';');
        cookie.pair(end < 0 ? text : text.substring(0, end));
        while (end >= 0) {
            int next = text.indexOf(';', end + 1);
            cookie.attribute(text.substring(end + 1, next < 0 ? text.length() : next));
            end = next;
        }
        return cookie;
    }

    private void pair(String pair) {
        int equals = pair.indexOf('=');
        name = equals < 0 ? "" : trimmed(pair.substring(0, equals));
        value = trimmed(pair.substring(equals + 1));
        if (name.isEmpty() && value.isEmpty()) {
            problem = "it has neither a name nor a value";
        } else if (name.length() + value.length() > MAX_BYTES) {
            problem = "name and value have more than " + MAX_BYTES + " bytes";
            name = name.substring(0, Math.min(name.length(), MAX_SHOWN));
            value = ""; // what is refused for its size is not kept either
        }
    }

    private void attribute(String attribute) {
        int equals = attribute.indexOf('=');
        String key = trimmed(equals < 0 ? attribute : attribute.substring(0, equals));
        String text = equals < 0 ? "" : trimmed(attribute.substring(equals + 1));
        if (text.length() > MAX_ATTRIBUTE_BYTES) {
            return;
        }
        switch (key.toLowerCase(Locale.ROOT)) {
            case "expires" -> CookieDate.parse(text).ifPresent(date -> expires = date);
            case "max-age" -> maxAge(text);
            case "domain" -> domain = (text.startsWith(".") ? text.substring(1) : text).toLowerCase(Locale.ROOT);
            case "path" -> path = text.startsWith("/") ? text : null;
            case "secure" -> secure = true;
            case "httponly" -> httpOnly = true;
            case "samesite" -> sameSite = sameSite(text);
            default -> {
                // unknown ones are ignored
            }
        }
    }

    private void maxAge(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return;
        }
        if (negative || digits.chars().allMatch(c -> c == '0')) {
            maxAge = Instant.EPOCH;
            return;
        }
        String significant = digits.replaceFirst("^0+", "");
        boolean endless = significant.length() >= MAX_AGE_DIGITS;
        long seconds = endless ? MAX_AGE.toSeconds() : Math.min(MAX_AGE.toSeconds(), Long.parseLong(significant));
        maxAge = now.plusSeconds(seconds);
    }

    private static @Nullable SameSite sameSite(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "strict" -> SameSite.STRICT;
            case "lax" -> SameSite.LAX;
            case "none" -> SameSite.NONE;
            default -> null;
        };
    }

    /** White space as the RFC means it: no more than blanks and tabs. */
    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        while (end > start && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        return text.substring(start, end);
    }

    String name() {
        return name;
    }

    String value() {
        return value;
    }

    /** In lower case without the leading dot; empty if none is named. */
    String domain() {
        return domain == null ? "" : domain;
    }

    Optional<String> path() {
        return Optional.ofNullable(path);
    }

    /** {@code Max-Age} goes before {@code Expires} (RFC 6265 section 5.3, step 3). */
    Optional<Instant> expires() {
        return Optional.ofNullable(maxAge != null ? maxAge : expires);
    }

    boolean isSecure() {
        return secure;
    }

    boolean isHttpOnly() {
        return httpOnly;
    }

    Optional<SameSite> sameSite() {
        return Optional.ofNullable(sameSite);
    }

    /** Why it is none, in words; empty if it is one. */
    String problem() {
        return problem;
    }
}
