package io.github.captureproxy.history;

import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says which exchanges are meant. Those made here are immutable, safe for any thread, and say in words what they let in
 * ({@code toString}); a lambda of your own gets its words by {@link #describedAs}.
 */
@FunctionalInterface
public interface ExchangeFilter {
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
     * @return the operands of {@link #and}, in order, those of nested ones included; otherwise this filter alone;
     *     unmodifiable
     */
    default List<ExchangeFilter> parts() {
        return List.of(this);
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
        return FilterExpression.host(host);
    }

    /**
     * Requests for exactly this path, whatever the query.
     *
     * @param path the path as it stands on the wire, from its first slash; or {@code *}
     * @return the filter
     * @throws IllegalArgumentException if it is not a path or has a query
     */
    static ExchangeFilter path(String path) {
        if (!path.startsWith("/") && !path.equals("*")) {
            throw new IllegalArgumentException("path filter '" + path + "' does not start with /: give the path only");
        }
        if (path.indexOf('?') >= 0) {
            throw new IllegalArgumentException(
                    "path filter '" + path + "' has a query: give the path only, and use urlContains for the query");
        }
        return FilterExpression.term(
                "path is " + path, exchange -> exchange.request().path().equals(path));
    }

    /**
     * Requests whose absolute URL contains a text.
     *
     * @param text the text; case matters
     * @return the filter
     * @throws IllegalArgumentException if it is empty
     */
    static ExchangeFilter urlContains(String text) {
        FilterExpression.requireText(text, "urlContains");
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
        FilterExpression.requireText(text, "urlDoesNotContain");
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
        Pattern pattern = FilterExpression.compile(regex);
        return FilterExpression.term(
                "URL matches '" + regex + "'",
                exchange -> pattern.matcher(exchange.request().url()).find());
    }

    /**
     * Exchanges with a response of this status.
     *
     * @param status the status code, 100 to 999
     * @return the filter
     * @throws IllegalArgumentException if it is no status code
     */
    static ExchangeFilter status(int status) {
        FilterExpression.requireStatus(status);
        return FilterExpression.term("status is " + status, exchange -> statusOf(exchange) == status);
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

    private static int statusOf(Exchange exchange) {
        return exchange.response().map(CapturedResponse::status).orElse(0);
    }
}
