package io.github.captureproxy.rules;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HttpOrigin;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Says which requests a rule is for. All but {@link #body} look at a request's head alone, so that nothing waits for its
 * body. Matchers compose with {@link #and}, {@link #or} and {@link #not}. Immutable; safe for any thread if the
 * predicates that it was made of are.
 */
public final class RequestMatcher {
    private final String words;
    private final Predicate<CapturedRequest> test;
    private final Function<CapturedRequest, Optional<Boolean>> atOnce;
    private final Function<HttpOrigin, Optional<Boolean>> ofOrigin;
    private final boolean needsBody;

    private RequestMatcher(
            String words,
            Predicate<CapturedRequest> test,
            Function<CapturedRequest, Optional<Boolean>> atOnce,
            Function<HttpOrigin, Optional<Boolean>> ofOrigin,
            boolean needsBody) {
        this.words = words;
        this.test = test;
        this.atOnce = atOnce;
        this.ofOrigin = ofOrigin;
        this.needsBody = needsBody;
    }

    private static RequestMatcher ofHead(String words, Predicate<CapturedRequest> test) {
        return new RequestMatcher(words, test, head -> Optional.of(test.test(head)), origin -> Optional.empty(), false);
    }

    private static RequestMatcher ofOrigin(String words, Predicate<HttpOrigin> test) {
        Predicate<CapturedRequest> ofRequest =
                request -> request.origin().filter(test).isPresent();
        return new RequestMatcher(
                words,
                ofRequest,
                head -> Optional.of(ofRequest.test(head)),
                origin -> Optional.of(test.test(origin)),
                false);
    }

    /**
     * All requests.
     *
     * @return the matcher
     */
    public static RequestMatcher any() {
        return new RequestMatcher(
                "any", request -> true, head -> Optional.of(true), origin -> Optional.of(true), false);
    }

    /**
     * Requests with one of these methods.
     *
     * @param methods such as {@code GET}; case counts (RFC 9110 section 9.1)
     * @return the matcher
     */
    public static RequestMatcher method(String... methods) {
        List<String> wanted = List.of(methods);
        return ofHead("method " + String.join("|", wanted), request -> wanted.contains(request.method()));
    }

    /**
     * Requests for a host.
     *
     * @param pattern a host name or an address, of which a leading {@code *.} stands for any subdomain; case does not
     *     count
     * @return the matcher
     */
    public static RequestMatcher host(String pattern) {
        String wanted = Objects.requireNonNull(pattern, "pattern").toLowerCase(Locale.ROOT);
        return ofOrigin(
                "host " + wanted,
                wanted.startsWith("*.")
                        ? origin -> origin.host().endsWith(wanted.substring(1))
                        : origin -> origin.host().equals(wanted));
    }

    /**
     * Requests for a port.
     *
     * @param port 1 to 65535
     * @return the matcher
     */
    public static RequestMatcher port(int port) {
        return ofOrigin("port " + port, origin -> origin.port() == port);
    }

    /**
     * Requests for a scheme.
     *
     * @param scheme {@code http} or {@code https}
     * @return the matcher
     */
    public static RequestMatcher scheme(String scheme) {
        String wanted = Objects.requireNonNull(scheme, "scheme").toLowerCase(Locale.ROOT);
        return ofOrigin("scheme " + wanted, origin -> origin.scheme().equals(wanted));
    }

    /**
     * Requests for a path, the query aside.
     *
     * @param pattern the path as it is sent; at its end {@code *} stands for anything, as in {@code /orders/*}
     * @return the matcher
     */
    public static RequestMatcher path(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        if (pattern.endsWith("*")) {
            String start = pattern.substring(0, pattern.length() - 1);
            return ofHead("path " + pattern, request -> request.path().startsWith(start));
        }
        return ofHead("path " + pattern, request -> request.path().equals(pattern));
    }

    /**
     * Requests that have a header field of that name.
     *
     * @param name the field name in any case
     * @return the matcher
     */
    public static RequestMatcher header(String name) {
        Objects.requireNonNull(name, "name");
        return ofHead("header " + name, request -> request.headers().has(name));
    }

    /**
     * Requests of which one field of that name has that value.
     *
     * @param name the field name in any case
     * @param value the whole value; case counts
     * @return the matcher
     */
    public static RequestMatcher header(String name, String value) {
        Objects.requireNonNull(value, "value");
        return ofHead(
                "header " + name + ": " + value,
                request -> request.headers().all(name).contains(value));
    }

    /**
     * Requests whose query has a parameter.
     *
     * @param parameter such as {@code page=2}, as it is sent; or a name alone, with any value or none
     * @return the matcher
     */
    public static RequestMatcher query(String parameter) {
        Objects.requireNonNull(parameter, "parameter");
        return ofHead(
                "query " + parameter,
                request -> Arrays.stream(request.query().orElse("").split("&", -1))
                        .anyMatch(sent -> sent.equals(parameter) || sent.startsWith(parameter + "=")));
    }

    /**
     * Requests whose URL, as it is sent, holds a match of a regular expression. It is looked for on the rules' own
     * threads, as it may take long.
     *
     * @param regex the expression
     * @return the matcher
     */
    public static RequestMatcher url(Pattern regex) {
        return where(
                "url matches " + regex, request -> regex.matcher(request.url()).find());
    }

    /**
     * Requests that a predicate says yes to. It sees the head, without a body, on the rules' own threads; one that throws
     * ends the exchange with 502.
     *
     * @param words what it looks for
     * @param predicate may block for a while; see {@link TrafficRule}
     * @return the matcher
     */
    public static RequestMatcher where(String words, Predicate<CapturedRequest> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new RequestMatcher(words, predicate, head -> Optional.empty(), origin -> Optional.empty(), false);
    }

    /**
     * Requests to whose body a predicate says yes: the request is then held until it is whole, up to
     * {@code maxRuleBodyBytes}. The predicate runs on the rules' own threads.
     *
     * @param words what it looks for
     * @param predicate sees the body; it is empty where there is none
     * @return the matcher
     */
    public static RequestMatcher body(String words, Predicate<CapturedBody> predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new RequestMatcher(
                words,
                request -> predicate.test(request.body()),
                head -> Optional.empty(),
                origin -> Optional.empty(),
                true);
    }

    /**
     * Requests whose body, as text, contains a text.
     *
     * @param text the text; case counts
     * @return the matcher, which needs the body as {@link #body} does
     */
    public static RequestMatcher bodyContains(String text) {
        Objects.requireNonNull(text, "text");
        return body("body contains \"" + text + "\"", body -> body.text().contains(text));
    }

    /**
     * What both match.
     *
     * @param other the other
     * @return the matcher; this one is asked first
     */
    public RequestMatcher and(RequestMatcher other) {
        return new RequestMatcher(
                words + " and " + other.words,
                request -> test.test(request) && other.test.test(request),
                head -> decided(atOnce.apply(head), other.atOnce.apply(head), false),
                origin -> decided(ofOrigin.apply(origin), other.ofOrigin.apply(origin), false),
                needsBody || other.needsBody);
    }

    /**
     * What either matches.
     *
     * @param other the other
     * @return the matcher; this one is asked first
     */
    public RequestMatcher or(RequestMatcher other) {
        return new RequestMatcher(
                "(" + words + " or " + other.words + ")",
                request -> test.test(request) || other.test.test(request),
                head -> decided(atOnce.apply(head), other.atOnce.apply(head), true),
                origin -> decided(ofOrigin.apply(origin), other.ofOrigin.apply(origin), true),
                needsBody || other.needsBody);
    }

    /** Of two, the one value settles it; otherwise both have to be known. */
    private static Optional<Boolean> decided(Optional<Boolean> one, Optional<Boolean> two, boolean settles) {
        Optional<Boolean> settled = Optional.of(settles);
        if (one.equals(settled) || two.equals(settled)) {
            return settled;
        }
        return one.isPresent() && two.isPresent() ? Optional.of(!settles) : Optional.empty();
    }

    /**
     * What a matcher does not match.
     *
     * @param matcher the matcher
     * @return the matcher
     */
    public static RequestMatcher not(RequestMatcher matcher) {
        return new RequestMatcher(
                "not (" + matcher.words + ")",
                request -> !matcher.test.test(request),
                head -> matcher.atOnce.apply(head).map(is -> !is),
                origin -> matcher.ofOrigin.apply(origin).map(is -> !is),
                matcher.needsBody);
    }

    /**
     * Tells if it matches. May run a program's own predicates.
     *
     * @param request the request, with its body if {@link #needsBody()} says so
     * @return true if the rule is for it
     */
    public boolean matches(CapturedRequest request) {
        return test.test(request);
    }

    /**
     * Tells if it matches as far as that can be told at once: without a body, without a predicate, without blocking.
     *
     * @param head the request's head
     * @return whether it matches; empty if only {@link #matches} can tell
     */
    public Optional<Boolean> matchesAtOnce(CapturedRequest head) {
        return atOnce.apply(head);
    }

    /**
     * Tells if it matches every request for an origin, or none.
     *
     * @param origin scheme, host and port
     * @return true for every one, false for none; empty if that depends on the request
     */
    public Optional<Boolean> matchesOrigin(HttpOrigin origin) {
        return ofOrigin.apply(origin);
    }

    /**
     * Tells if it looks at the body.
     *
     * @return true if the request has to be whole first
     */
    public boolean needsBody() {
        return needsBody;
    }

    @Override
    public String toString() {
        return words;
    }
}
