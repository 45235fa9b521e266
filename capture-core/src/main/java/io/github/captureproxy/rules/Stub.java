package io.github.captureproxy.rules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.CapturedResponse;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.Header;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Captured exchanges as an origin that answers the same again, so that a test runs without the network: as a rule of a
 * proxy, or with {@code proxy.uri()} as the base URL. A request is answered like the captured one with the same method,
 * path and query, as they were sent; the host does not count. One that was captured several times is answered with each
 * of its responses in turn, and from then on with the last. Any other gets 501, with the nearest captured one in words.
 *
 * <p>Responses stand as they were captured, with their content codings and trailers. Those that were not captured whole, or that left
 * HTTP, are passed over.
 *
 * <p>Where a secret was redacted, as in what was read from a file, any value is taken for it.
 *
 * <p>The rules of one stub share its turns. Immutable but for those; safe for any thread.
 */
public final class Stub {
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_IMPLEMENTED = 501;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final List<Exchange> exchanges;
    private final boolean withBodies;
    private final Map<Key, Turns> turns = new LinkedHashMap<>();

    private Stub(List<Exchange> exchanges, boolean withBodies) {
        this.exchanges = exchanges;
        this.withBodies = withBodies;
        for (Exchange exchange : exchanges) {
            Answer answer =
                    answer(exchange.request().method(), exchange.response().orElseThrow());
            turns.computeIfAbsent(key(exchange.request()), key -> new Turns())
                    .answers
                    .add(answer);
        }
    }

    /** What requests have in common that are answered alike. */
    private record Key(String method, String path, String query, String body) {
        boolean fits(Key asked) {
            return method.equals(asked.method)
                    && RedactedText.fits(path, asked.path)
                    && RedactedText.queryFits(query, asked.query)
                    && RedactedText.fits(body, asked.body);
        }
    }

    /** The answers to equal requests. */
    private static final class Turns {
        private final List<Answer> answers = new ArrayList<>();
        private final AtomicInteger taken = new AtomicInteger();

        Answer next() {
            int turn = taken.getAndUpdate(n -> Math.min(n + 1, answers.size() - 1));
            return answers.get(turn);
        }
    }

    /**
     * A stub of exchanges.
     *
     * @param exchanges such as History's, or what was read from a file; in the order of their turns
     * @return the stub
     */
    public static Stub of(Collection<Exchange> exchanges) {
        return new Stub(exchanges.stream().filter(Stub::canBeServed).toList(), false);
    }

    private static boolean canBeServed(Exchange exchange) {
        return exchange.response()
                .filter(response -> response.status() >= 200 && response.status() <= 599)
                .map(CapturedResponse::body)
                .filter(body -> body.isComplete() && !body.isTruncated())
                .isPresent();
    }

    /**
     * The same, where the body of a request counts as well: its bytes without their content coding.
     *
     * @return a stub of its own, whose turns begin anew
     */
    public Stub matchingBodies() {
        return new Stub(exchanges, true);
    }

    /**
     * A rule that answers all requests.
     *
     * @return the rule, named {@code stub}
     */
    public TrafficRule rule() {
        return rule(RequestMatcher.any());
    }

    /**
     * A rule that answers some requests, such as those for one host.
     *
     * @param matcher which
     * @return the rule, named {@code stub}
     */
    public TrafficRule rule(RequestMatcher matcher) {
        Function<CapturedRequest, Answer> function = this::answer;
        return TrafficRule.on(matcher).named("stub").answer(function);
    }

    private Answer answer(CapturedRequest request) {
        Key asked = key(request);
        Turns equal = turns.get(asked);
        if (equal != null) {
            return equal.next();
        }
        return turns.entrySet().stream()
                .filter(captured -> captured.getKey().fits(asked))
                .findFirst()
                .map(captured -> captured.getValue().next())
                .orElseGet(() -> unmatched(request));
    }

    private static Answer answer(String method, CapturedResponse response) {
        Answer answer = Answer.of(response.status()).body(response.body().bytes());
        for (Header header : response.headers()) {
            if (!FieldRules.isOfTheProxy(header.name())) {
                answer = answer.header(header.name(), header.value());
            }
        }
        for (Header trailer : response.trailers()) {
            if (!FieldRules.isOfTheProxy(trailer.name())) {
                answer = answer.trailer(trailer.name(), trailer.value());
            }
        }
        boolean ofOther = method.equals("HEAD") || response.status() == NOT_MODIFIED;
        String length = response.headers().first("content-length").orElse("");
        return ofOther && LENGTH.matcher(length).matches() ? answer.lengthOfOther(Long.parseLong(length)) : answer;
    }

    private Key key(CapturedRequest request) {
        return new Key(
                request.method(),
                RedactedText.alike(request.path()),
                RedactedText.alike(query(request)),
                withBodies ? RedactedText.alike(text(request.body())) : "");
    }

    private static String query(CapturedRequest request) {
        return request.query().map(query -> "?" + query).orElse("");
    }

    /** One character a byte. */
    private static String text(CapturedBody body) {
        return new String(body.decoded(), ISO_8859_1);
    }

    private Answer unmatched(CapturedRequest request) {
        String asked = request.method() + " " + request.path() + query(request);
        Optional<String> nearest = exchanges.stream()
                .map(Exchange::request)
                .min(Comparator.comparingInt(captured -> distance(captured, request)))
                .map(captured -> captured.method() + " " + captured.path() + query(captured) + " ("
                        + String.join(", ", differences(captured, request)) + ")");
        return Answer.of(NOT_IMPLEMENTED)
                .header("Content-Type", "text/plain; charset=utf-8")
                .body("The stub has no exchange for " + asked + "\n"
                        + nearest.map(it -> "The nearest is " + it + "\n").orElse("It has none at all\n"));
    }

    private int distance(CapturedRequest captured, CapturedRequest request) {
        // Another path is farther away than all else together.
        return differences(captured, request).size() + (captured.path().equals(request.path()) ? 0 : 4);
    }

    private List<String> differences(CapturedRequest captured, CapturedRequest request) {
        List<String> found = new ArrayList<>();
        differs(found, "method", captured.method().equals(request.method()));
        differs(found, "path", RedactedText.fits(captured.path(), request.path()));
        differs(found, "query", RedactedText.queryFits(query(captured), query(request)));
        if (withBodies) {
            differs(found, "body", RedactedText.fits(text(captured.body()), text(request.body())));
        }
        return found;
    }

    private static void differs(List<String> found, String what, boolean same) {
        if (!same) {
            found.add("another " + what);
        }
    }

    @Override
    public String toString() {
        return exchanges.size() + " exchanges" + (withBodies ? ", with bodies" : "");
    }
}
