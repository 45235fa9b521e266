package io.github.captureproxy.history;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says which exchanges are meant. Those made here are immutable, safe for any thread, and say in words what they let in
 * ({@code toString}); a lambda of your own gets its words by {@link #describedAs}. {@link #parse} reads one from a
 * command line.
 *
 * <p>Filters by what stands in a body decode it each time they are asked. A body that was not captured, is larger than
 * {@link #MAX_BODY_BYTES}, or cannot be decoded is never what they mean; of one that was cut, the captured beginning is
 * looked at.
 */
@FunctionalInterface
public interface ExchangeFilter {
    /** Bodies of more bytes than this, decoded or not, are not looked into by filters: 16 MiB. */
    long MAX_BODY_BYTES = 16L * 1024 * 1024;

    /**
     * Tells if an exchange is meant.
     *
     * @param exchange the exchange
     * @return true if it is
     */
    boolean matches(Exchange exchange);

    /**
     * Narrows the filter.
     *
     * @param other what must hold too; asked only where this filter holds
     * @return a filter for what both let in
     */
    default ExchangeFilter and(ExchangeFilter other) {
        return FilterExpression.both(this, other);
    }

    /**
     * Widens the filter.
     *
     * @param other what may hold instead; asked only where this filter does not hold
     * @return a filter for what either lets in
     */
    default ExchangeFilter or(ExchangeFilter other) {
        return FilterExpression.either(this, other);
    }

    /**
     * Turns the filter round.
     *
     * @return a filter for what this one does not let in
     */
    default ExchangeFilter not() {
        return FilterExpression.inverse(this);
    }

    /**
     * What must hold each for itself, so that a message can say which part an exchange fails.
     *
     * @return the operands of {@link #and}, in order, those of nested ones included; otherwise this filter alone,
     *     with words if it has none; unmodifiable
     */
    default List<ExchangeFilter> parts() {
        return List.of(FilterExpression.worded(this));
    }

    /**
     * The same filter in other words, for messages.
     *
     * @param text what it lets in, such as {@code body has an order}
     * @return a filter whose {@code toString} is the text
     */
    default ExchangeFilter describedAs(String text) {
        return FilterExpression.term(text, this);
    }

    /**
     * Reads a filter from a text, as people write it on a command line or in a search box. Terms beside each other all
     * have to hold; {@code or}, {@code and}, {@code not} (or a minus sign in front) and brackets are what they seem, and
     * {@code or} binds least. A word alone is looked for in the URL. Quotes, single or double, keep blanks and brackets
     * together: {@code body:"two words"}; a backslash before a quote or a backslash lets it stand for itself.
     *
     * <pre>
     * method:POST host:*.example.com -url:debug status:5xx (type:image/* or size:&gt;100k)
     *
     * method:GET,POST   scheme:https    host:*.shop.example   port:8443    path:/orders/*   (** crosses slashes)
     * url:text          regex:expression                      query:name   query:name=value
     * header:name       header:name=value                     in either message; also request-header, response-header
     * type:image/*      the response's content type; also request-type
     * status:404        status:5xx      status:400-499        outcome:timed_out
     * body:text         in either message; also request-body, response-body
     * json:/path=value  JSON pointer and string, number, true, false or null; also request-json, response-json
     * graphql:name      duration:&gt;500ms  (us, ms, s, m)        size:&gt;100k   (bytes, k, m, g) of the response's body;
     *                                                         also request-size; &lt; for less
     * client:10.0.0.0/8 user:ann        label:app
     * is:failed         is:tunnelled    is:media   is:api   is:preflight
     * </pre>
     *
     * Keys may be in any case. Of method, scheme, host, port, type, status, outcome, client, user and label, a comma
     * gives several, of which one has to hold.
     *
     * @param text the filter, at most 10,000 characters; blank for every exchange
     * @return the filter
     * @throws IllegalArgumentException if it cannot be read, as a {@link FilterSyntaxException} unless it is too long; the
     *     message says at which character, why, and what would be right
     * @see FilterSyntax#parse
     */
    static ExchangeFilter parse(String text) {
        return FilterSyntax.parse(text).filter();
    }

    /**
     * Lets every exchange in.
     *
     * @return the filter
     */
    static ExchangeFilter any() {
        return FilterExpression.term("any exchange", exchange -> true);
    }

    /**
     * Requests with one of these methods.
     *
     * @param methods the methods as they stand on the wire: case matters (RFC 9110 section 9.1)
     * @return the filter
     * @throws IllegalArgumentException if there is none, or one is empty
     */
    static ExchangeFilter method(String... methods) {
        List<String> wanted = List.of(methods);
        if (wanted.isEmpty() || wanted.contains("")) {
            throw new IllegalArgumentException("method filter without a method: name one, such as GET");
        }
        return FilterExpression.term(
                "method is " + String.join(" or ", wanted),
                exchange -> wanted.contains(exchange.request().method()));
    }

    /**
     * Requests for a host, whatever the port.
     *
     * @param host a host name or address, in any case, without a port; {@code *.example.com} means every name under
     *     example.com, and not that name itself
     * @return the filter
     * @throws IllegalArgumentException if it is empty, has a port, or has a {@code *} elsewhere
     */
    static ExchangeFilter host(String host) {
        return UrlFilters.host(host);
    }

    /**
     * Requests for an origin of this scheme.
     *
     * @param scheme {@code http} or {@code https}, in any case; imported exchanges may also have {@code ws} or {@code wss}
     * @return the filter
     * @throws IllegalArgumentException if it is another one
     */
    static ExchangeFilter scheme(String scheme) {
        return UrlFilters.scheme(scheme);
    }

    /**
     * Requests for an origin on this port, given or implied by the scheme.
     *
     * @param port the port
     * @return the filter
     * @throws IllegalArgumentException if it is none of 1 to 65535
     */
    static ExchangeFilter port(int port) {
        return UrlFilters.port(port);
    }

    /**
     * Requests for exactly this path, whatever the query.
     *
     * @param path the path as it stands on the wire, from its first slash; or {@code *}
     * @return the filter
     * @throws IllegalArgumentException if it is not a path or has a query
     */
    static ExchangeFilter path(String path) {
        FilterArguments.requirePath(path, "path");
        return FilterExpression.term(
                "path is " + path, exchange -> exchange.request().path().equals(path));
    }

    /**
     * Requests for a path like this one, whatever the query: {@code /orders/*} means what stands directly under
     * {@code /orders/}, and {@code /orders/**} all that stands under it at any depth.
     *
     * @param pattern the path as it stands on the wire, with {@code *} for any characters but slashes and {@code **} for any
     * @return the filter
     * @throws IllegalArgumentException if it is not a path or has a query
     */
    static ExchangeFilter pathLike(String pattern) {
        return UrlFilters.pathLike(pattern);
    }

    /**
     * Requests whose absolute URL contains a text.
     *
     * @param text the text; case matters
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter urlContains(String text) {
        FilterArguments.requireText(text, "urlContains");
        return FilterExpression.term(
                "URL contains '" + text + "'",
                exchange -> exchange.request().url().contains(text));
    }

    /**
     * Requests whose absolute URL does not contain a text.
     *
     * @param text the text; case matters
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter urlDoesNotContain(String text) {
        FilterArguments.requireText(text, "urlDoesNotContain");
        return FilterExpression.term(
                "URL does not contain '" + text + "'",
                exchange -> !exchange.request().url().contains(text));
    }

    /**
     * Requests whose absolute URL has a match of a regular expression anywhere; anchor it to mean the whole.
     *
     * @param regex the expression, as {@link Pattern} has it
     * @return the filter
     * @throws IllegalArgumentException if it is no regular expression; the message says where
     */
    static ExchangeFilter urlMatches(String regex) {
        Pattern pattern = FilterArguments.regex(regex, "urlMatches");
        return FilterExpression.term(
                "URL matches '" + regex + "'",
                exchange -> pattern.matcher(exchange.request().url()).find());
    }

    /**
     * Requests whose query has a parameter, whatever its value.
     *
     * @param name the name, decoded; case matters
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter queryParameter(String name) {
        return UrlFilters.queryParameter(name);
    }

    /**
     * Requests whose query has a parameter with this value, among others of the name perhaps.
     *
     * @param name the name, decoded; case matters
     * @param value the value, decoded: percent signs and plus signs undone, UTF-8
     * @return the filter
     * @throws IllegalArgumentException if the name is empty
     */
    static ExchangeFilter queryParameter(String name, String value) {
        return UrlFilters.queryParameter(name, value);
    }

    /**
     * Requests with a header field of this name.
     *
     * @param name the field name, in any case
     * @return the filter
     * @throws IllegalArgumentException if it is no field name
     */
    static ExchangeFilter requestHeader(String name) {
        return HeadFilters.has(MessageSide.REQUEST, name);
    }

    /**
     * Requests with a header field line of this name and value.
     *
     * @param name the field name, in any case
     * @param value the whole value of the line; case matters
     * @return the filter
     * @throws IllegalArgumentException if the name is no field name
     */
    static ExchangeFilter requestHeader(String name, String value) {
        return HeadFilters.is(MessageSide.REQUEST, name, value);
    }

    /**
     * Requests with a header field line of this name whose value has a match of a regular expression anywhere.
     *
     * @param name the field name, in any case
     * @param regex the expression, as {@link Pattern} has it
     * @return the filter
     * @throws IllegalArgumentException if the name is no field name, or the expression none; the message says where
     */
    static ExchangeFilter requestHeaderMatches(String name, String regex) {
        return HeadFilters.matches(MessageSide.REQUEST, name, regex);
    }

    /**
     * Exchanges with a response with a header field of this name.
     *
     * @param name the field name, in any case
     * @return the filter
     * @throws IllegalArgumentException if it is no field name
     */
    static ExchangeFilter responseHeader(String name) {
        return HeadFilters.has(MessageSide.RESPONSE, name);
    }

    /**
     * Exchanges with a response with a header field line of this name and value.
     *
     * @param name the field name, in any case
     * @param value the whole value of the line; case matters
     * @return the filter
     * @throws IllegalArgumentException if the name is no field name
     */
    static ExchangeFilter responseHeader(String name, String value) {
        return HeadFilters.is(MessageSide.RESPONSE, name, value);
    }

    /**
     * Exchanges with a response with a header field line of this name whose value has a match of a regular expression anywhere.
     *
     * @param name the field name, in any case
     * @param regex the expression, as {@link Pattern} has it
     * @return the filter
     * @throws IllegalArgumentException if the name is no field name, or the expression none; the message says where
     */
    static ExchangeFilter responseHeaderMatches(String name, String regex) {
        return HeadFilters.matches(MessageSide.RESPONSE, name, regex);
    }

    /**
     * Exchanges whose response is of this content type.
     *
     * @param type type and subtype in any case, with {@code *} for any characters, such as {@code image/*} or
     *     {@code application/*json}; parameters of the field do not matter
     * @return the filter
     * @throws IllegalArgumentException if it is not a type, a slash and a subtype
     */
    static ExchangeFilter contentType(String type) {
        return HeadFilters.contentType(MessageSide.RESPONSE, type);
    }

    /**
     * Requests of this content type.
     *
     * @param type type and subtype as in {@link #contentType}
     * @return the filter
     * @throws IllegalArgumentException if it is not a type, a slash and a subtype
     */
    static ExchangeFilter requestContentType(String type) {
        return HeadFilters.contentType(MessageSide.REQUEST, type);
    }

    /**
     * Exchanges with a response of this status.
     *
     * @param status the status code, 100 to 999
     * @return the filter
     * @throws IllegalArgumentException if it is no status code
     */
    static ExchangeFilter status(int status) {
        FilterArguments.requireStatus(status);
        return FilterExpression.term("status is " + status, exchange -> statusOf(exchange) == status);
    }

    /**
     * Exchanges with a response whose status is in a range.
     *
     * @param first the lowest status code that is meant
     * @param last the highest
     * @return the filter
     * @throws IllegalArgumentException if one is no status code, or they are the wrong way round
     */
    static ExchangeFilter statusBetween(int first, int last) {
        FilterArguments.requireStatus(first);
        FilterArguments.requireStatus(last);
        if (first > last) {
            throw new IllegalArgumentException(
                    "status from " + first + " to " + last + " is an empty range: give the lower one first");
        }
        return FilterExpression.term(
                "status is " + first + " to " + last,
                exchange -> statusOf(exchange) >= first && statusOf(exchange) <= last);
    }

    /**
     * Exchanges with a response of this class (RFC 9110 section 15).
     *
     * @param hundreds the status code's first digit: 4 for 4xx
     * @return the filter
     * @throws IllegalArgumentException if it is none of 1 to 9
     */
    static ExchangeFilter statusClass(int hundreds) {
        if (hundreds < 1 || hundreds > 9) {
            throw new IllegalArgumentException(
                    "status class " + hundreds + " is none: give the first digit of the status, such as 4 for 4xx");
        }
        return FilterExpression.term("status is " + hundreds + "xx", exchange -> statusOf(exchange) / 100 == hundreds);
    }

    /**
     * Requests whose body, decoded as {@link CapturedBody#text()} has it, contains a text.
     *
     * @param text the text; case matters
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter requestBodyContains(String text) {
        return BodyFilters.contains(MessageSide.REQUEST, text);
    }

    /**
     * Requests whose body is JSON that means the same as a given text: white space, the order of members and how numbers
     * are written do not matter; the order of array elements does. The content type does not matter.
     *
     * @param json the text, as in RFC 8259
     * @return the filter
     * @throws IllegalArgumentException if it is no JSON; the message says where
     */
    static ExchangeFilter requestJson(String json) {
        return BodyFilters.json(MessageSide.REQUEST, json);
    }

    /**
     * Requests whose body is JSON with this value at a place. The text is read only that far.
     *
     * @param pointer the place: a JSON pointer (RFC 6901) such as {@code /items/0/sku}; empty for the whole
     * @param value a string, a number (compared by value), a boolean, or null for JSON's null
     * @return the filter
     * @throws IllegalArgumentException if the pointer is none, or the value is of another type
     */
    static ExchangeFilter requestJsonAt(String pointer, @Nullable Object value) {
        return BodyFilters.jsonAt(MessageSide.REQUEST, pointer, value);
    }

    /**
     * Exchanges with a response whose body, decoded as {@link CapturedBody#text()} has it, contains a text.
     *
     * @param text the text; case matters
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter responseBodyContains(String text) {
        return BodyFilters.contains(MessageSide.RESPONSE, text);
    }

    /**
     * Exchanges with a response whose body is JSON that means the same as a given text: white space, the order of members and how numbers
     * are written do not matter; the order of array elements does. The content type does not matter.
     *
     * @param json the text, as in RFC 8259
     * @return the filter
     * @throws IllegalArgumentException if it is no JSON; the message says where
     */
    static ExchangeFilter responseJson(String json) {
        return BodyFilters.json(MessageSide.RESPONSE, json);
    }

    /**
     * Exchanges with a response whose body is JSON with this value at a place. The text is read only that far.
     *
     * @param pointer the place: a JSON pointer (RFC 6901) such as {@code /items/0/sku}; empty for the whole
     * @param value a string, a number (compared by value), a boolean, or null for JSON's null
     * @return the filter
     * @throws IllegalArgumentException if the pointer is none, or the value is of another type
     */
    static ExchangeFilter responseJsonAt(String pointer, @Nullable Object value) {
        return BodyFilters.jsonAt(MessageSide.RESPONSE, pointer, value);
    }

    /**
     * Requests for a GraphQL operation: sent as JSON, alone or in a batch, as {@code application/graphql}, or in a GET's
     * query. It is told by {@code operationName}, or else by the first operation in the document that has a name.
     *
     * @param name the operation's name; case matters
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter graphQlOperation(String name) {
        FilterArguments.requireText(name, "graphQlOperation");
        return FilterExpression.term(
                "GraphQL operation is " + name,
                exchange -> GraphQl.operations(exchange).contains(name));
    }

    /**
     * Exchanges that ended in this way.
     *
     * @param status how they ended
     * @return the filter
     */
    static ExchangeFilter outcome(Outcome.Status status) {
        Objects.requireNonNull(status, "status");
        return FilterExpression.term(
                "outcome is " + status, exchange -> exchange.outcome().status() == status);
    }

    /**
     * Exchanges that ended otherwise than with a whole response or an upgrade; an error status is no failure of this
     * kind.
     *
     * @return the filter
     */
    static ExchangeFilter failed() {
        return FilterExpression.term("failed", exchange -> !exchange.outcome().isSuccess());
    }

    /**
     * Exchanges that took longer than a time in all.
     *
     * @param duration the time; zero or more
     * @return the filter
     * @throws IllegalArgumentException if it is negative
     */
    static ExchangeFilter slowerThan(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("slowerThan " + duration + " is a negative time: give 0 or more");
        }
        return FilterExpression.term(
                "took more than " + duration.toString().substring(2).toLowerCase(Locale.ROOT),
                exchange -> exchange.duration().compareTo(duration) > 0);
    }

    /**
     * Requests with a body of more bytes than this, as they were on the wire, captured or not.
     *
     * @param bytes the number of bytes
     * @return the filter
     * @throws IllegalArgumentException if it is negative
     */
    static ExchangeFilter requestLargerThan(long bytes) {
        return largerThan(MessageSide.REQUEST, bytes);
    }

    /**
     * Exchanges with a response body of more bytes than this, as they were on the wire, captured or not.
     *
     * @param bytes the number of bytes
     * @return the filter
     * @throws IllegalArgumentException if it is negative
     */
    static ExchangeFilter responseLargerThan(long bytes) {
        return largerThan(MessageSide.RESPONSE, bytes);
    }

    /**
     * Requests from a client or a network.
     *
     * @param network an IP address, or a network such as {@code 10.0.0.0/8}
     * @return the filter
     * @throws IllegalArgumentException if it is neither
     */
    static ExchangeFilter client(String network) {
        Predicate<ClientInfo> from = ClientFilters.network(network);
        return FilterExpression.term("client is " + network, exchange -> from.test(exchange.client()));
    }

    /**
     * Requests of a proxy user.
     *
     * @param name the user name that the client authenticated with
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter user(String name) {
        FilterArguments.requireText(name, "user");
        return FilterExpression.term(
                "proxy user is " + name,
                exchange -> exchange.client().user().filter(name::equals).isPresent());
    }

    /**
     * Requests that came in on a listening address.
     *
     * @param label the address's label
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter label(String label) {
        FilterArguments.requireText(label, "label");
        return FilterExpression.term(
                "label is " + label, exchange -> exchange.client().listener().equals(label));
    }

    /**
     * Requests that came through a CONNECT tunnel.
     *
     * @return the filter
     */
    static ExchangeFilter tunnelled() {
        return FilterExpression.term(
                "came through a tunnel", exchange -> exchange.tunnelId().isPresent());
    }

    /**
     * All but what dresses a page: images, fonts, style sheets, audio and video, told by the response's content type, or
     * where it has none by the path's extension.
     *
     * @return the filter
     */
    static ExchangeFilter withoutMedia() {
        return FilterExpression.term("is no media", exchange -> !Presets.isMedia(exchange));
    }

    /**
     * All but what browsers ask before a request to another origin: OPTIONS with
     * {@code Access-Control-Request-Method} (CORS, Fetch standard).
     *
     * @return the filter
     */
    static ExchangeFilter withoutPreflights() {
        return FilterExpression.term("is no preflight", exchange -> !Presets.isPreflight(exchange));
    }

    /**
     * What programs say to each other rather than what pages consist of: PUT, PATCH and DELETE, and exchanges of which
     * either message is JSON, XML, GraphQL, gRPC, Protocol Buffers, MessagePack, CBOR or an event stream by its content
     * type.
     *
     * @return the filter
     */
    static ExchangeFilter apiCalls() {
        return FilterExpression.term("is an API call", Presets::isApiCall);
    }

    private static ExchangeFilter largerThan(MessageSide side, long bytes) {
        FilterArguments.requireSize(bytes, side + "LargerThan");
        return FilterExpression.term(
                side + " body has more than " + bytes + " bytes",
                exchange -> side.body(exchange).size() > bytes);
    }

    private static int statusOf(Exchange exchange) {
        return exchange.response().map(CapturedResponse::status).orElse(0);
    }
}
