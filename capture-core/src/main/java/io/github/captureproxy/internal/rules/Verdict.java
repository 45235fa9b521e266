package io.github.captureproxy.internal.rules;

import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.rules.Answer;
import io.github.captureproxy.rules.RuleAction;
import io.github.captureproxy.rules.RuleAction.HeaderEdit;
import io.github.captureproxy.rules.TrafficRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What rules make of one request, and of the response to it. Immutable. */
public final class Verdict {
    private final List<TrafficRule> rules;

    private Verdict(List<TrafficRule> rules) {
        this.rules = rules;
    }

    /**
     * Asks rules, one after the other, until one settles the request. Runs the program's predicates.
     *
     * @param candidates the rules that may be for it, in order
     * @param request the request, with its body if a matcher needs it
     * @return what they say
     */
    public static Verdict of(List<TrafficRule> candidates, CapturedRequest request) {
        List<TrafficRule> met = new ArrayList<>();
        for (TrafficRule rule : candidates) {
            if (RuleFailure.in(rule, () -> rule.matcher().matches(request))) {
                met.add(rule);
                if (settles(rule)) {
                    break;
                }
            }
        }
        return new Verdict(List.copyOf(met));
    }

    /**
     * The same where it can be told without a body and without the program's predicates.
     *
     * @param candidates the rules that may be for it, in order
     * @param head the request's head
     * @return what they say, if it can be told
     */
    public static Optional<Verdict> atOnce(List<TrafficRule> candidates, CapturedRequest head) {
        boolean known = candidates.stream()
                .allMatch(rule -> rule.matcher().matchesAtOnce(head).isPresent());
        return known ? Optional.of(of(candidates, head)) : Optional.empty();
    }

    static boolean settles(TrafficRule rule) {
        return rule.actions().stream().anyMatch(RuleAction.Final.class::isInstance);
    }

    /**
     * The rules that act.
     *
     * @return their names, in order
     */
    public List<String> names() {
        return rules.stream().map(TrafficRule::name).toList();
    }

    /**
     * Tells if no rule is for the request.
     *
     * @return true if it passes untouched
     */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    private <T extends RuleAction> List<T> all(Class<T> type) {
        return rules.stream()
                .flatMap(rule -> rule.actions().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private <T extends RuleAction> Optional<T> last(Class<T> type) {
        List<T> found = all(type);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    /**
     * What settles the request.
     *
     * @return the action, if there is one other than letting it pass
     */
    public Optional<RuleAction.Final> end() {
        return last(RuleAction.Final.class).filter(end -> !(end instanceof RuleAction.Pass));
    }

    /**
     * The rule that settles the request, or the last that acts, in words.
     *
     * @return such as {@code the rule "stub"}
     */
    public String lastRule() {
        return rules.isEmpty() ? "a rule" : RuleFailure.name(rules.get(rules.size() - 1));
    }

    /**
     * Tells if the request has to be whole for what rules do.
     *
     * @return true if a function gets its body
     */
    public boolean needsRequestBody() {
        return changesRequestBody()
                || end().filter(RuleAction.Compute.class::isInstance).isPresent();
    }

    /**
     * Tells if the program's functions have a say in the request.
     *
     * @return true if they have to be run
     */
    public boolean computesRequest() {
        return needsRequestBody() || !all(RuleAction.Target.class).isEmpty();
    }

    /**
     * The answer that a function makes in the origin's place. Runs the program's function.
     *
     * @param request the request with its body
     * @return the answer, if a rule has such a function
     */
    public Optional<Answer> answer(CapturedRequest request) {
        return end().filter(RuleAction.Compute.class::isInstance)
                .map(end -> RuleFailure.in(
                        rules.get(rules.size() - 1),
                        () -> ((RuleAction.Compute) end).function().apply(request)));
    }

    /**
     * Tells if rules make a new body of the request's.
     *
     * @return true if they do
     */
    public boolean changesRequestBody() {
        return !all(RuleAction.RequestBody.class).isEmpty();
    }

    /**
     * Tells if rules change the request in any part, or where it goes.
     *
     * @return true if what is sent on is not what came in
     */
    public boolean changesRequest() {
        return changesRequestBody()
                || !all(RuleAction.RequestHeader.class).isEmpty()
                || !all(RuleAction.Method.class).isEmpty()
                || !all(RuleAction.Target.class).isEmpty()
                || redirect().isPresent();
    }

    /**
     * The other origin that the request goes to.
     *
     * @return the origin, if rules say one
     */
    public Optional<RuleAction.Redirect> redirect() {
        return last(RuleAction.Redirect.class);
    }

    /**
     * The method that is sent on.
     *
     * @param sent what the client sent
     * @return the method
     */
    public String method(String sent) {
        return last(RuleAction.Method.class).map(RuleAction.Method::method).orElse(sent);
    }

    /**
     * What becomes of the request's fields.
     *
     * @return the changes in order
     */
    public List<HeaderEdit> requestEdits() {
        return all(RuleAction.RequestHeader.class).stream()
                .map(RuleAction.RequestHeader::edit)
                .toList();
    }

    /**
     * The path and query that are sent on. Runs the program's functions.
     *
     * @param sent what the client sent
     * @return the target, in origin-form
     */
    public String target(String sent) {
        String target = sent;
        for (TrafficRule rule : rules) {
            for (RuleAction action : rule.actions()) {
                if (action instanceof RuleAction.Target change) {
                    String before = target;
                    target = RuleFailure.in(rule, () -> change.function().apply(before));
                }
            }
        }
        return target;
    }

    /**
     * The body that is sent on. Runs the program's functions.
     *
     * @param decoded the client's
     * @return the bytes
     */
    public byte[] requestBody(byte[] decoded) {
        byte[] body = decoded;
        for (TrafficRule rule : rules) {
            for (RuleAction action : rule.actions()) {
                if (action instanceof RuleAction.RequestBody change) {
                    body = apply(rule, change.function(), body);
                }
            }
        }
        return body;
    }

    /**
     * The body that the client gets. Runs the program's functions.
     *
     * @param decoded the origin's
     * @return the bytes
     */
    public byte[] responseBody(byte[] decoded) {
        byte[] body = decoded;
        for (TrafficRule rule : rules) {
            for (RuleAction action : rule.actions()) {
                if (action instanceof RuleAction.ResponseBody change) {
                    body = apply(rule, change.function(), body);
                }
            }
        }
        return body;
    }

    private static byte[] apply(TrafficRule rule, UnaryOperator<byte[]> function, byte[] body) {
        return RuleFailure.in(rule, () -> function.apply(body));
    }

    /**
     * Tells if rules make a new body of the response's.
     *
     * @return true if they do
     */
    public boolean changesResponseBody() {
        return !all(RuleAction.ResponseBody.class).isEmpty();
    }

    /**
     * Tells if the client gets another response than the origin's, or less of it.
     *
     * @return true if rules change any part of it
     */
    public boolean changesResponse() {
        return changesResponseBody() || changesResponseHead() || cutAfter().isPresent();
    }

    /**
     * Tells if rules change the response's head.
     *
     * @return true if they do
     */
    public boolean changesResponseHead() {
        return !all(RuleAction.ResponseHeader.class).isEmpty()
                || !all(RuleAction.Status.class).isEmpty();
    }

    /**
     * The status that the client gets.
     *
     * @param origins the origin's
     * @return the status
     */
    public int status(int origins) {
        return last(RuleAction.Status.class).map(RuleAction.Status::status).orElse(origins);
    }

    /**
     * What becomes of the response's fields.
     *
     * @return the changes in order
     */
    public List<HeaderEdit> responseEdits() {
        return all(RuleAction.ResponseHeader.class).stream()
                .map(RuleAction.ResponseHeader::edit)
                .toList();
    }

    /**
     * How long the request waits.
     *
     * @return all delays together
     */
    public Duration requestDelay() {
        return all(RuleAction.DelayRequest.class).stream()
                .map(RuleAction.DelayRequest::time)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * How long the response waits.
     *
     * @return all delays together
     */
    public Duration responseDelay() {
        return all(RuleAction.DelayResponse.class).stream()
                .map(RuleAction.DelayResponse::time)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * How fast the request's body goes on.
     *
     * @return bytes a second by the slowest; 0 if no rule says
     */
    public long requestRate() {
        return all(RuleAction.ThrottleRequest.class).stream()
                .mapToLong(RuleAction.ThrottleRequest::bytesPerSecond)
                .min()
                .orElse(0);
    }

    /**
     * How fast the response's body goes on.
     *
     * @return bytes a second by the slowest; 0 if no rule says
     */
    public long responseRate() {
        return all(RuleAction.ThrottleResponse.class).stream()
                .mapToLong(RuleAction.ThrottleResponse::bytesPerSecond)
                .min()
                .orElse(0);
    }

    /**
     * Where the response is broken off.
     *
     * @return the smallest number of bytes, if a rule says one
     */
    public Optional<Long> cutAfter() {
        return all(RuleAction.CutResponse.class).stream()
                .map(RuleAction.CutResponse::bytes)
                .min(Long::compare);
    }
}
