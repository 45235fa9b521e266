package io.github.captureproxy.rules;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.HttpOrigin;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** One thing that a rule does, as the proxy reads it; {@link TrafficRule} makes and checks them. */
public sealed interface RuleAction {
    /** One that settles what becomes of a request: no later rule is asked. */
    sealed interface Final extends RuleAction {}

    /** No later rule is asked. */
    record Pass() implements Final {}

    /**
     * The proxy answers.
     *
     * @param answer what
     */
    record Respond(Answer answer) implements Final {}

    /**
     * The proxy answers what a function makes of the whole request.
     *
     * @param function makes the answer
     */
    record Compute(Function<CapturedRequest, Answer> function) implements Final {}

    /** The proxy answers 403. */
    record Block() implements Final {}

    /** The client's connection, or its stream, is reset. */
    record Reset() implements Final {}

    /**
     * Nothing is answered.
     *
     * @param time for how long, after which it is reset; empty for the first-byte timeout
     */
    record Stall(Optional<Duration> time) implements Final {}

    /**
     * The request goes to another origin.
     *
     * @param origin which
     * @param tls says whom to trust there; empty if it is plain
     */
    record Redirect(HttpOrigin origin, Optional<SSLContext> tls) implements RuleAction {}

    /**
     * The request's method is another.
     *
     * @param method which
     */
    record Method(String method) implements RuleAction {}

    /**
     * The request's path and query are others.
     *
     * @param function makes them of those that the client sent
     */
    record Target(UnaryOperator<String> function) implements RuleAction {}

    /**
     * A change of the request's header fields.
     *
     * @param edit the change
     */
    record RequestHeader(HeaderEdit edit) implements RuleAction {}

    /**
     * The request's body is another.
     *
     * @param function makes it of the decoded one
     */
    record RequestBody(UnaryOperator<byte[]> function) implements RuleAction {}

    /**
     * The response's status is another.
     *
     * @param status which
     */
    record Status(int status) implements RuleAction {}

    /**
     * A change of the response's header fields.
     *
     * @param edit the change
     */
    record ResponseHeader(HeaderEdit edit) implements RuleAction {}

    /**
     * The response's body is another.
     *
     * @param function makes it of the decoded one
     */
    record ResponseBody(UnaryOperator<byte[]> function) implements RuleAction {}

    /**
     * The request, or an answer in place of it, waits.
     *
     * @param time for how long
     */
    record DelayRequest(Duration time) implements RuleAction {}

    /**
     * The response's head waits.
     *
     * @param time for how long
     */
    record DelayResponse(Duration time) implements RuleAction {}

    /**
     * The request's body is sent on slowly.
     *
     * @param bytesPerSecond at most so fast
     */
    record ThrottleRequest(long bytesPerSecond) implements RuleAction {}

    /**
     * The response's body is sent slowly.
     *
     * @param bytesPerSecond at most so fast
     */
    record ThrottleResponse(long bytesPerSecond) implements RuleAction {}

    /**
     * The response is broken off within its body.
     *
     * @param bytes after so many
     */
    record CutResponse(long bytes) implements RuleAction {}

    /**
     * A change of header fields.
     *
     * @param name the field name
     * @param value the new value; empty to take the fields of that name out
     * @param keepsOthers true to leave the fields of that name that are there, and add one behind all
     */
    record HeaderEdit(String name, Optional<String> value, boolean keepsOthers) {}
}
