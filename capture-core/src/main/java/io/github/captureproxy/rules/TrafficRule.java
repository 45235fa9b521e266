package io.github.captureproxy.rules;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HttpOrigin;
import io.github.captureproxy.internal.address.UriHost;
import io.github.captureproxy.rules.RuleAction.HeaderEdit;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * What a proxy is to do with some requests, and with the responses to them. Rules are asked in the order in which they
 * were given, each about the request as the client sent it. What they change adds up, in that order, until one settles
 * the request: {@link #pass}, {@link #answer(Answer)}, {@link #block}, {@link #reset} and {@link #stall} keep later
 * rules from being asked. A request that no rule is for passes untouched, as if there were none. CONNECT itself is not a
 * rule's business; what is inside its tunnel is, where the proxy sees it.
 *
 * <pre>{@code
 * TrafficRule.on(host("payments.test").and(path("/charge"))).named("payments are down").answer(503)
 * TrafficRule.on(path("/feed")).delayResponse(Duration.ofSeconds(2)).throttleResponse(8_000)
 * }</pre>
 *
 * <p>Functions and predicates that a program brings run on a few threads of the rules' own, while the exchange waits. One
 * that throws, or takes longer than ten seconds, ends its exchange with 502 or 504, counted and logged.
 *
 * <p>Bodies stream, unless a rule needs one whole: then it is held up to {@code maxRuleBodyBytes}; a larger request gets
 * 413, and a larger response becomes 502. A body that a rule makes anew is sent without {@code Content-Encoding} and with
 * its own length.
 *
 * <p>The record names the rules that acted ({@code Exchange.rules()}) and keeps both sides: {@code request()} and
 * {@code response()} are what the client sent and got, {@code sentRequest()} and {@code originResponse()} what the origin
 * was sent and answered, where that is not the same.
 *
 * <p>Immutable: each method returns a copy. Safe for any thread if the functions are.
 */
public final class TrafficRule {
    private final String name;
    private final RequestMatcher matcher;
    private final List<RuleAction> actions;

    private TrafficRule(String name, RequestMatcher matcher, List<RuleAction> actions) {
        this.name = name;
        this.matcher = matcher;
        this.actions = List.copyOf(actions);
    }

    /**
     * A rule that does nothing yet.
     *
     * @param matcher which requests it is for
     * @return the rule, named after the matcher
     */
    public static TrafficRule on(RequestMatcher matcher) {
        return new TrafficRule(matcher.toString(), matcher, List.of());
    }

    /**
     * Gives it a name, for the record.
     *
     * @param newName any text
     * @return a copy
     */
    public TrafficRule named(String newName) {
        return new TrafficRule(Objects.requireNonNull(newName, "name"), matcher, actions);
    }

    private TrafficRule and(RuleAction action) {
        List<RuleAction> more = new ArrayList<>(actions);
        if (!more.isEmpty() && more.get(more.size() - 1) instanceof RuleAction.Final before) {
            throw new IllegalStateException("the rule \"" + name + "\" settles the request already, by "
                    + before.getClass().getSimpleName() + ": nothing can follow that");
        }
        more.add(action);
        return new TrafficRule(name, matcher, more);
    }

    /**
     * Lets the request go on: no later rule is asked.
     *
     * @return a copy
     */
    public TrafficRule pass() {
        return and(new RuleAction.Pass());
    }

    /**
     * Answers with a status alone.
     *
     * @param status 200 to 599
     * @return a copy
     * @throws IllegalArgumentException if the status is none of those
     */
    public TrafficRule answer(int status) {
        return answer(Answer.of(status));
    }

    /**
     * Answers in place of the origin, which is not connected to; if it is in a tunnel, see
     * {@code CaptureProxyBuilder.rule}. The request is read to its end first, and recorded; a client that waits for
     * {@code 100 (Continue)} gets that.
     *
     * @param answer the answer
     * @return a copy
     */
    public TrafficRule answer(Answer answer) {
        return and(new RuleAction.Respond(Objects.requireNonNull(answer, "answer")));
    }

    /**
     * Answers what a function makes of the request, which is held until it is whole.
     *
     * @param function gets the request with its body; may block for a while
     * @return a copy
     */
    public TrafficRule answer(Function<CapturedRequest, Answer> function) {
        return and(new RuleAction.Compute(Objects.requireNonNull(function, "function")));
    }

    /**
     * Refuses the request with 403 at once, whatever of its body is still to come.
     *
     * @return a copy
     */
    public TrafficRule block() {
        return and(new RuleAction.Block());
    }

    /**
     * Resets the client's connection, or its stream in HTTP/2, at once.
     *
     * @return a copy
     */
    public TrafficRule reset() {
        return and(new RuleAction.Reset());
    }

    /**
     * Answers nothing until the client leaves, or the proxy's first-byte timeout has passed; then it is reset.
     *
     * @return a copy
     */
    public TrafficRule stall() {
        return and(new RuleAction.Stall(Optional.empty()));
    }

    /**
     * Answers nothing until the client leaves, or a time has passed; then it is reset.
     *
     * @param time more than zero
     * @return a copy
     */
    public TrafficRule stall(Duration time) {
        return and(new RuleAction.Stall(Optional.of(positive("stall", time))));
    }

    /**
     * Sends the request to another origin, with that one's {@code Host}, path and query as they are. The record's request
     * is the client's own. An https origin is spoken to in HTTP/1.1, and its certificate has to be valid to the JDK's
     * default {@link SSLContext}.
     *
     * @param origin such as {@code http://localhost:8080}, without a path
     * @return a copy
     * @throws IllegalArgumentException if it is no such URI
     */
    public TrafficRule redirectTo(URI origin) {
        HttpOrigin to = origin(origin);
        try {
            return and(new RuleAction.Redirect(
                    to, to.scheme().equals("https") ? Optional.of(SSLContext.getDefault()) : Optional.empty()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK's default SSLContext cannot be made", e);
        }
    }

    /**
     * Sends the request to another origin over TLS, as {@link #redirectTo(URI)} does.
     *
     * @param origin such as {@code https://localhost:8443}, without a path
     * @param tls says whom to trust there, and what to show
     * @return a copy
     * @throws IllegalArgumentException if it is no such URI, or is not https
     */
    public TrafficRule redirectTo(URI origin, SSLContext tls) {
        HttpOrigin to = origin(origin);
        if (!to.scheme().equals("https")) {
            throw new IllegalArgumentException("redirectTo is " + origin + " with an SSLContext: give an https origin");
        }
        return and(new RuleAction.Redirect(to, Optional.of(tls)));
    }

    private static HttpOrigin origin(URI origin) {
        String scheme = String.valueOf(origin.getScheme()).toLowerCase(Locale.ROOT);
        Optional<UriHost> host = UriHost.of(origin);
        boolean isOrigin = host.isPresent()
                && (origin.getRawPath() == null || origin.getRawPath().isEmpty())
                && origin.getRawQuery() == null
                && origin.getRawUserInfo() == null;
        if (!isOrigin || !scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "redirectTo is " + origin + ": give an origin such as http://localhost:8080, without a path");
        }
        int byScheme = scheme.equals("https") ? 443 : 80;
        int port = host.get().port();
        return new HttpOrigin(scheme, host.get().name(), port < 0 ? byScheme : port);
    }

    /**
     * Sends another method on.
     *
     * @param method a token other than {@code CONNECT}
     * @return a copy
     * @throws IllegalArgumentException if it is none
     */
    public TrafficRule requestMethod(String method) {
        if (FieldRules.token("method", method).equals("CONNECT")) {
            throw new IllegalArgumentException("the method is CONNECT: a tunnel cannot be made of a request");
        }
        return and(new RuleAction.Method(method));
    }

    /**
     * Sends another path and query on.
     *
     * @param target such as {@code /v2/orders?page=2}; percent-encoded
     * @return a copy
     * @throws IllegalArgumentException if it cannot stand in a request line
     */
    public TrafficRule requestTarget(String target) {
        String checked = FieldRules.target(target);
        return and(new RuleAction.Target(sent -> checked));
    }

    /**
     * Sends another path and query on.
     *
     * @param function makes them of those that the client sent; may block for a while
     * @return a copy
     */
    public TrafficRule requestTarget(UnaryOperator<String> function) {
        Objects.requireNonNull(function, "function");
        return and(new RuleAction.Target(sent -> FieldRules.target(function.apply(sent))));
    }

    /**
     * Sends a header field of the request with this value alone, whether it was there or not.
     *
     * @param header the field name; not {@code Host}, nor one that delimits messages or is about a connection
     * @param value its value
     * @return a copy
     * @throws IllegalArgumentException if the name is no token or one of those, or the value has a line break or another
     *     control character, or one outside ISO-8859-1
     */
    public TrafficRule setRequestHeader(String header, String value) {
        return and(new RuleAction.RequestHeader(
                edit(FieldRules.requestName(header), Optional.of(FieldRules.value(header, value)), false)));
    }

    /**
     * Adds a header field to the request.
     *
     * @param header the field name, as for {@link #setRequestHeader}
     * @param value its value
     * @return a copy
     * @throws IllegalArgumentException as for {@link #setRequestHeader}
     */
    public TrafficRule addRequestHeader(String header, String value) {
        return and(new RuleAction.RequestHeader(
                edit(FieldRules.requestName(header), Optional.of(FieldRules.value(header, value)), true)));
    }

    /**
     * Takes all header fields of a name out of the request.
     *
     * @param header the field name, as for {@link #setRequestHeader}
     * @return a copy
     * @throws IllegalArgumentException as for {@link #setRequestHeader}
     */
    public TrafficRule removeRequestHeader(String header) {
        return and(new RuleAction.RequestHeader(edit(FieldRules.requestName(header), Optional.empty(), false)));
    }

    /**
     * Sends another body on. The request is held until it is whole.
     *
     * @param function gets the body with its content codings undone, maybe empty, and returns the new one; may block for
     *     a while
     * @return a copy
     */
    public TrafficRule rewriteRequestBody(UnaryOperator<byte[]> function) {
        return and(new RuleAction.RequestBody(Objects.requireNonNull(function, "function")));
    }

    /**
     * Gives the client another status than the origin's; a 304 (Not Modified) keeps its own, as its content is missing.
     *
     * @param status 200 to 599; a response that has a body keeps it, so not 204 or 304
     * @return a copy
     * @throws IllegalArgumentException if the status is none of those
     */
    public TrafficRule responseStatus(int status) {
        if (status == 204 || status == 304) {
            throw new IllegalArgumentException(
                    "the status is " + status + ", which has no body: use answer(" + status + ") for that");
        }
        return and(new RuleAction.Status(FieldRules.status(status)));
    }

    /**
     * Gives the client a header field of the response with this value alone, whether it was there or not.
     *
     * @param header the field name; not one that delimits messages or is about a connection
     * @param value its value
     * @return a copy
     * @throws IllegalArgumentException if the name is no token or one of those, or the value has a line break or another
     *     control character, or one outside ISO-8859-1
     */
    public TrafficRule setResponseHeader(String header, String value) {
        return and(new RuleAction.ResponseHeader(
                edit(FieldRules.responseName(header), Optional.of(FieldRules.value(header, value)), false)));
    }

    /**
     * Adds a header field to the response.
     *
     * @param header the field name, as for {@link #setResponseHeader}
     * @param value its value
     * @return a copy
     * @throws IllegalArgumentException as for {@link #setResponseHeader}
     */
    public TrafficRule addResponseHeader(String header, String value) {
        return and(new RuleAction.ResponseHeader(
                edit(FieldRules.responseName(header), Optional.of(FieldRules.value(header, value)), true)));
    }

    /**
     * Takes all header fields of a name out of the response.
     *
     * @param header the field name, as for {@link #setResponseHeader}
     * @return a copy
     * @throws IllegalArgumentException as for {@link #setResponseHeader}
     */
    public TrafficRule removeResponseHeader(String header) {
        return and(new RuleAction.ResponseHeader(edit(FieldRules.responseName(header), Optional.empty(), false)));
    }

    /**
     * Gives the client another body. The response is held until it is whole. One that has no content, such as that to
     * HEAD, is left alone.
     *
     * @param function gets the body with its content codings undone, maybe empty, and returns the new one; may block for
     *     a while
     * @return a copy
     */
    public TrafficRule rewriteResponseBody(UnaryOperator<byte[]> function) {
        return and(new RuleAction.ResponseBody(Objects.requireNonNull(function, "function")));
    }

    /**
     * Sends the request on later; an answer in its place, too.
     *
     * @param time more than zero
     * @return a copy
     */
    public TrafficRule delayRequest(Duration time) {
        return and(new RuleAction.DelayRequest(positive("delayRequest", time)));
    }

    /**
     * Gives the client the response's head later, and all that follows it.
     *
     * @param time more than zero
     * @return a copy
     */
    public TrafficRule delayResponse(Duration time) {
        return and(new RuleAction.DelayResponse(positive("delayResponse", time)));
    }

    /**
     * Sends the request's body on no faster than this, and takes it from the client no faster.
     *
     * @param bytesPerSecond 1 or more
     * @return a copy
     */
    public TrafficRule throttleRequest(long bytesPerSecond) {
        return and(new RuleAction.ThrottleRequest(positive("throttleRequest", bytesPerSecond)));
    }

    /**
     * Gives the client the response's body no faster than this, and takes it from the origin no faster.
     *
     * @param bytesPerSecond 1 or more
     * @return a copy
     */
    public TrafficRule throttleResponse(long bytesPerSecond) {
        return and(new RuleAction.ThrottleResponse(positive("throttleResponse", bytesPerSecond)));
    }

    /**
     * Breaks the response off within its body: the client's connection, or its stream in HTTP/2, is reset, so that what
     * has come through never looks whole. A body that is no longer than this passes.
     *
     * @param bytes how many go through at most, 0 or more
     * @return a copy
     */
    public TrafficRule cutResponseAfter(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cutResponseAfter is " + bytes + ": give 0 or more");
        }
        return and(new RuleAction.CutResponse(bytes));
    }

    private static HeaderEdit edit(String name, Optional<String> value, boolean keepsOthers) {
        return new HeaderEdit(name, value, keepsOthers);
    }

    private static Duration positive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " is " + time + ": give more than zero");
        }
        return time;
    }

    private static long positive(String what, long number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " is " + number + ": give 1 or more");
        }
        return number;
    }

    /**
     * Its name.
     *
     * @return the name, or the matcher in words if it was not given one
     */
    public String name() {
        return name;
    }

    /**
     * Which requests it is for.
     *
     * @return the matcher
     */
    public RequestMatcher matcher() {
        return matcher;
    }

    /**
     * What it does.
     *
     * @return the actions in order
     */
    public List<RuleAction> actions() {
        return actions;
    }

    @Override
    public String toString() {
        return name;
    }
}
