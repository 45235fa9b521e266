package io.github.captureproxy.assertj;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.ExchangeFilter;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on one exchange. A failure shows the exchange on one line without its query, and what is asserted on, such as
 * the value of a field, as it is.
 */
public class ExchangeAssert extends AbstractAssert<ExchangeAssert, Exchange> {
    /**
     * Begins assertions.
     *
     * @param actual the exchange
     */
    public ExchangeAssert(@Nullable Exchange actual) {
        super(actual, ExchangeAssert.class);
    }

    /**
     * It matches a filter.
     *
     * @param filter what it is to match
     * @return this
     */
    public ExchangeAssert fits(ExchangeFilter filter) {
        Exchange exchange = exchange();
        return filter.matches(exchange) ? this : fail(FilterMisses.of(filter, exchange));
    }

    /**
     * The request has this method.
     *
     * @param method such as {@code POST}; case matters (RFC 9110 section 9.1)
     * @return this
     */
    public ExchangeAssert hasMethod(String method) {
        return equal("the method", method, exchange().request().method());
    }

    /**
     * The request is for this URL.
     *
     * @param url the absolute URL with its query
     * @return this
     */
    public ExchangeAssert hasUrl(String url) {
        return equal("the URL", url, exchange().request().url());
    }

    /**
     * The request is for this path.
     *
     * @param path from its first slash, without the query
     * @return this
     */
    public ExchangeAssert hasPath(String path) {
        return equal("the path", path, exchange().request().path());
    }

    /**
     * There is a response, with this status.
     *
     * @param status the status code
     * @return this
     */
    public ExchangeAssert hasStatus(int status) {
        return equal("the status", status, response().status());
    }

    /**
     * It ended in this way.
     *
     * @param status such as {@link Outcome.Status#COMPLETED}
     * @return this
     */
    public ExchangeAssert hasOutcome(Outcome.Status status) {
        return equal("the outcome", status, exchange().outcome().status());
    }

    /**
     * The request has a field, whatever its value.
     *
     * @param name its name, in any case
     * @return this
     */
    public ExchangeAssert hasRequestHeader(String name) {
        return request().hasField(name);
    }

    /**
     * The request has a field with this value, alone or among others of the name.
     *
     * @param name its name, in any case
     * @param value its whole value
     * @return this
     */
    public ExchangeAssert hasRequestHeader(String name, String value) {
        return request().hasField(name, value);
    }

    /**
     * The request has no field of a name.
     *
     * @param name its name, in any case
     * @return this
     */
    public ExchangeAssert hasNoRequestHeader(String name) {
        return request().hasNoField(name);
    }

    /**
     * The response has a field, whatever its value.
     *
     * @param name its name, in any case
     * @return this
     */
    public ExchangeAssert hasResponseHeader(String name) {
        return answer().hasField(name);
    }

    /**
     * The response has a field with this value, alone or among others of the name.
     *
     * @param name its name, in any case
     * @param value its whole value
     * @return this
     */
    public ExchangeAssert hasResponseHeader(String name, String value) {
        return answer().hasField(name, value);
    }

    /**
     * The response has no field of a name.
     *
     * @param name its name, in any case
     * @return this
     */
    public ExchangeAssert hasNoResponseHeader(String name) {
        return answer().hasNoField(name);
    }

    /**
     * The request's body is this text.
     *
     * @param text the text, decoded as {@link CapturedBody#text()} does
     * @return this
     */
    public ExchangeAssert hasRequestText(String text) {
        return request().isText(text);
    }

    /**
     * The response's body is this text.
     *
     * @param text the text, decoded as {@link CapturedBody#text()} does
     * @return this
     */
    public ExchangeAssert hasResponseText(String text) {
        return answer().isText(text);
    }

    /**
     * The request's body is this JSON. The order of members and blanks don't matter, and numbers are equal if their values
     * are. A failure shows where they differ, and both values there.
     *
     * @param json the whole JSON text
     * @return this
     * @throws IllegalArgumentException if it is no JSON
     */
    public ExchangeAssert hasRequestJson(String json) {
        return request().isJson(json);
    }

    /**
     * The response's body is this JSON, as for {@link #hasRequestJson(String)}.
     *
     * @param json the whole JSON text
     * @return this
     * @throws IllegalArgumentException if it is no JSON
     */
    public ExchangeAssert hasResponseJson(String json) {
        return answer().isJson(json);
    }

    /**
     * The request's body is JSON with this value at a place.
     *
     * @param pointer the place as a JSON pointer (RFC 6901), such as {@code /items/0/sku}
     * @param value a string, a number, a boolean or null
     * @return this
     * @throws IllegalArgumentException if one of them is something else
     */
    public ExchangeAssert hasRequestJsonAt(String pointer, @Nullable Object value) {
        return request().isJsonAt(pointer, value);
    }

    /**
     * The response's body is JSON with this value at a place.
     *
     * @param pointer the place as a JSON pointer (RFC 6901), such as {@code /items/0/sku}
     * @param value a string, a number, a boolean or null
     * @return this
     * @throws IllegalArgumentException if one of them is something else
     */
    public ExchangeAssert hasResponseJsonAt(String pointer, @Nullable Object value) {
        return answer().isJsonAt(pointer, value);
    }

    private Exchange exchange() {
        isNotNull();
        return actual;
    }

    private CapturedResponse response() {
        return exchange().response().orElseThrow(() -> wrong("there is no response"));
    }

    private MessageCheck request() {
        return new MessageCheck(
                this,
                "request",
                exchange().request().headers(),
                exchange().request().body());
    }

    private MessageCheck answer() {
        return new MessageCheck(
                this, "response", response().headers(), response().body());
    }

    ExchangeAssert equal(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw failureWithActualExpected(
                    found, expected, "%s%n  %s: expected %s, but was %s", exchange(), what, expected, found);
        }
        return this;
    }

    ExchangeAssert fail(String problem) {
        throw wrong(problem);
    }

    /** A failure that shows the exchange and what is wrong with it. */
    AssertionError wrong(String problem) {
        return failure("%s%n  %s", exchange(), problem);
    }
}
