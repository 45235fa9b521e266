package io.github.captureproxy.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.Header;
import io.github.captureproxy.exchange.HeaderList;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redacts targets and fields: credentials, cookies, and what stands in URLs. For one thread. */
final class HeadScrubber {
    /** The last at sign before the path ends the user information, however many there are (WHATWG URL standard). */
    private static final Pattern USER = Pattern.compile("(?<=://|[<=]//)[^/?#\\s\"<>]+(?=@)");

    /** A field may be a URL that takes its scheme over (RFC 3986 section 4.2). */
    private static final Pattern RELATIVE_USER = Pattern.compile("(?<=\\A//)[^/?#\\s\"<>]+(?=@)");

    /** Of a URL that is a parameter of another. */
    private static final Pattern ENCODED_USER =
            Pattern.compile("(?<=%3a%2f%2f)((?!%2f|%3f|%23)[^/?#&;\\s\"'<>])+(?=%40)", Pattern.CASE_INSENSITIVE);

    private static final Pattern BARE_USER = Pattern.compile("\\A[^/?#]+(?=@)");

    /** Fields that are one URL, so that a parameter's value ends nowhere but at the next one. */
    private static final Set<String> URLS = Set.of("location", "content-location", "referer", "origin", ":path");

    private static final Pairs IN_URL = pairs("([^=&#;?]{1,128})=", "[^&#]+");
    private static final Pairs IN_TEXT = pairs("([^=&#;?\\s\"'<>]{1,128})=", "[^&#\\s\"'<>]+");

    /** A URL that is a parameter of another, as of a log-in that is to lead back to it. */
    private static final Pairs ENCODED = new Pairs(
            Pattern.compile("(?<=%3f|%26|%23)([a-z0-9_.-]{1,128})%3d", Pattern.CASE_INSENSITIVE),
            Pattern.compile("((?!%26|%23)[^&#\\s\"'<>])+"));

    private final NameSet fields;
    private final NameSet parameters;
    private final Placeholders placeholders;
    private final BodyScrubber bodies;

    /** How parameters are told: name and equals sign, then what may be its value. */
    private record Pairs(Pattern name, Pattern value) {}

    private static Pairs pairs(String name, String value) {
        return new Pairs(Pattern.compile("(?<=[?&#;])" + name), Pattern.compile(value));
    }

    /**
     * What redacts heads.
     *
     * @param fields the header fields whose values go
     * @param parameters the parameters of URLs whose values go
     * @param placeholders makes what stands there instead
     * @param bodies redacts JSON that is a parameter's value, such as the variables of GraphQL
     */
    HeadScrubber(NameSet fields, NameSet parameters, Placeholders placeholders, BodyScrubber bodies) {
        this.fields = fields;
        this.parameters = parameters;
        this.placeholders = placeholders;
        this.bodies = bodies;
    }

    /** The request with another target, or the same one. */
    CapturedRequest target(CapturedRequest request) {
        String target = request.target();
        boolean parameters = target.indexOf('=') >= 0 || target.indexOf('%') >= 0;
        if (!parameters && target.indexOf('@') < 0) {
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
        boolean mayBeUrl = value.indexOf('?') >= 0 || value.indexOf('#') >= 0 || value.indexOf("//") >= 0;
        boolean hasPairs = mayBeUrl || value.indexOf('=') >= 0;
        boolean isUrl = hasPairs && URLS.contains(name.toLowerCase(Locale.ROOT));
        if (isUrl) {
            return url(replaceAll(RELATIVE_USER, value), IN_URL);
        }
        return mayBeUrl ? url(value, IN_TEXT) : value;
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

    private String url(String text, Pairs pairs) {
        String clean = text.indexOf('@') < 0 ? text : replaceAll(USER, text);
        clean = clean.indexOf('=') < 0 ? clean : parameters(clean, pairs, 1);
        if (clean.indexOf('%') < 0) {
            return clean;
        }
        clean = ENCODED_USER.matcher(clean).replaceAll(found -> placeholders.of(decoded(found.group(), 1)));
        return parameters(clean, ENCODED, 2);
    }

    /** What is no secret may be a URL with parameters of its own, and is looked through too. */
    private String parameters(String text, Pairs pairs, int encodings) {
        Matcher name = pairs.name().matcher(text);
        Matcher value = pairs.value().matcher(text);
        StringBuilder clean = new StringBuilder();
        int copied = 0;
        int at = 0;
        int noJson = 0;
        while (name.find(at)) {
            at = name.end();
            boolean wanted = parameters.containsField(decoded(name.group(1), 1));
            boolean mayBeJson = !wanted && encodings == 1 && at >= noJson && startsLikeJson(text, at);
            if ((wanted || mayBeJson) && value.region(at, text.length()).lookingAt()) {
                String given = value.group();
                String plain = decoded(given, encodings);
                String redacted = wanted ? placeholders.of(plain) : json(plain);
                boolean changed = !redacted.equals(plain);
                if (changed) {
                    clean.append(text, copied, at).append(wanted ? redacted : encodedLike(given, redacted));
                    copied = value.end();
                }
                at = wanted || changed ? value.end() : at;
                noJson = value.end();
            }
        }
        return copied == 0 ? text : clean.append(text, copied, text.length()).toString();
    }

    private static boolean startsLikeJson(String text, int at) {
        return text.startsWith("{", at)
                || text.startsWith("[", at)
                || text.regionMatches(true, at, "%7b", 0, 3)
                || text.regionMatches(true, at, "%5b", 0, 3);
    }

    private String json(String text) {
        return new String(bodies.json(text.getBytes(UTF_8)), UTF_8);
    }

    /** Encodes what another text has encoded, so that all but the secrets stays as it was. */
    private static String encodedLike(String sample, String text) {
        StringBuilder encoded = new StringBuilder();
        boolean plus = sample.indexOf('+') >= 0;
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            if (plain || c < 0x80 && "%+".indexOf(c) < 0 && sample.indexOf(c) >= 0) {
                encoded.append(c);
            } else if (c == ' ' && plus) {
                encoded.append('+');
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static String decoded(String text, int times) {
        String decoded = text;
        for (int i = 0; i < times; i++) {
            decoded = FormScrubber.decoded(decoded.getBytes(i == 0 ? ISO_8859_1 : UTF_8));
        }
        return decoded;
    }

    private String replaceAll(Pattern secret, String text) {
        return secret.matcher(text).replaceAll(found -> placeholders.of(found.group()));
    }

    private static int orEnd(String value, int index) {
        return index < 0 ? value.length() : index;
    }
}
