package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redacts targets and fields: credentials, cookies, and what stands in URLs. For one thread. */
final class HeadScrubber {
    /** The last at sign before the path ends the user information, however many there are (WHATWG URL standard). */
    private static final Pattern USER = Pattern.compile("(?<=://)[^/?#\\s\"<>]+(?=@)");

    private static final Pattern BARE_USER = Pattern.compile("\\A[^/?#]+(?=@)");

    /** Fields that are one URL, so that a parameter's value ends nowhere but at the next one. */
    private static final Set<String> URLS = Set.of("location", "content-location", "referer", "origin", ":path");

    private static final Pattern IN_URL = Pattern.compile("(?<=[?&#;])([^=&#;?]{1,128})=([^&#]+)");
    private static final Pattern IN_TEXT = Pattern.compile("(?<=[?&#;])([^=&#;?\\s\"'<>]{1,128})=([^&#\\s\"'<>]+)");

    private final NameSet fields;
    private final NameSet parameters;
    private final Placeholders placeholders;

    HeadScrubber(NameSet fields, NameSet parameters, Placeholders placeholders) {
        this.fields = fields;
        this.parameters = parameters;
        this.placeholders = placeholders;
    }

    /** The request with another target, or the same one. */
    CapturedRequest target(CapturedRequest request) {
        String target = request.target();
        boolean query = target.indexOf('?') >= 0 || target.indexOf('#') >= 0;
        if (!query && target.indexOf('@') < 0) {
            return request;
        }
        String clean = url(target, IN_URL);
        if (clean.indexOf("://") < 0) {
            clean = replaceAll(BARE_USER, clean);
        }
        return clean.equals(target) ? request : request.withTarget(clean);
    }

    /** The fields without secrets; the same list if there are none. */
    HeaderList headers(HeaderList headers) {
        List<Header> clean = null;
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            String value = value(header);
            if (!value.equals(header.value())) {
                clean = clean == null ? new ArrayList<>(headers) : clean;
                clean.set(i, new Header(header.name(), value));
            }
        }
        return clean == null ? headers : HeaderList.of(clean);
    }

    private String value(Header header) {
        String name = header.name();
        String value = header.value();
        if (value.isEmpty()) {
            return value;
        }
        if (fields.contains(name.getBytes(ISO_8859_1), 0, name.length())) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "authorization", "proxy-authorization" -> credentials(value);
                case "cookie" -> cookies(value);
                case "set-cookie" -> setCookie(value);
                default -> placeholders.of(value);
            };
        }
        boolean mayBeUrl = value.indexOf('?') >= 0 || value.indexOf('#') >= 0 || value.indexOf("://") >= 0;
        return mayBeUrl ? url(value, URLS.contains(name.toLowerCase(Locale.ROOT)) ? IN_URL : IN_TEXT) : value;
    }

    /** The scheme stays (RFC 9110 section 11.4). */
    private String credentials(String value) {
        int space = value.indexOf(' ');
        return space < 0
                ? placeholders.of(value)
                : value.substring(0, space + 1)
                        + placeholders.of(value.substring(space + 1).strip());
    }

    /** The names stay (RFC 6265 section 4.2.1). */
    private String cookies(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        int at = 0;
        while (at <= value.length()) {
            int end = orEnd(value, value.indexOf(';', at));
            clean.append(at == 0 ? "" : ";").append(cookie(value.substring(at, end)));
            at = end + 1;
        }
        return clean.toString();
    }

    /** The name and the attributes stay (RFC 6265 section 4.1.1). */
    private String setCookie(String value) {
        int end = orEnd(value, value.indexOf(';'));
        return cookie(value.substring(0, end)) + value.substring(end);
    }

    /** One pair; a cookie without an equals sign is all value, as browsers see it. */
    private String cookie(String pair) {
        int start = pair.indexOf('=') + 1;
        String secret = pair.substring(start).strip();
        if (secret.isEmpty()) {
            return pair;
        }
        int at = pair.indexOf(secret, start);
        return pair.substring(0, at) + placeholders.of(secret) + pair.substring(at + secret.length());
    }

    private String url(String text, Pattern pairs) {
        String clean = text.indexOf('@') < 0 ? text : replaceAll(USER, text);
        if (clean.indexOf('=') < 0) {
            return clean;
        }
        Matcher pair = pairs.matcher(clean);
        StringBuilder result = null;
        while (pair.find()) {
            String name = FormScrubber.decoded(pair.group(1).getBytes(ISO_8859_1));
            if (parameters.contains(name)) {
                String secret = FormScrubber.decoded(pair.group(2).getBytes(ISO_8859_1));
                String placeholder = placeholders.of(secret);
                result = result == null ? new StringBuilder() : result;
                String shown = placeholder.equals(secret) ? pair.group(2) : placeholder;
                pair.appendReplacement(result, Matcher.quoteReplacement(pair.group(1) + "=" + shown));
            }
        }
        return result == null ? clean : pair.appendTail(result).toString();
    }

    private String replaceAll(Pattern secret, String text) {
        return secret.matcher(text).replaceAll(found -> placeholders.of(found.group()));
    }

    private static int orEnd(String value, int index) {
        return index < 0 ? value.length() : index;
    }
}
