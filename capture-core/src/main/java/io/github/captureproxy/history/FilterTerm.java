package io.github.captureproxy.history;

import io.github.captureproxy.exchange.Outcome;
import io.github.captureproxy.history.FilterWords.Word;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One term of the text form: a key, a colon and a value; or a word that is looked for in the URL. */
final class FilterTerm {
    private static final Map<String, Key> KEYS = keys();

    /**
     * What a key means.
     *
     * @param isList true if a comma gives several values
     * @param term makes the filter of all that stands behind the colon
     */
    private record Key(boolean isList, Function<String, ExchangeFilter> term) {}

    private FilterTerm() {}

    static FilterSyntax.Term of(Word word) {
        try {
            return read(word);
        } catch (IllegalArgumentException e) {
            throw FilterWords.error(word.position(), String.valueOf(e.getMessage()));
        }
    }

    private static FilterSyntax.Term read(Word word) {
        String text = word.text();
        if (word.colon() < 0 || text.startsWith("://", word.colon())) {
            return new FilterSyntax.Term("url", List.of(text), word.position(), ExchangeFilter.urlContains(text));
        }
        String key = text.substring(0, word.colon()).toLowerCase(Locale.ROOT);
        String value = text.substring(word.colon() + 1);
        Key known = KEYS.get(key);
        if (known == null) {
            throw new IllegalArgumentException("unknown key '" + key + "'" + suggestion(key) + "; the keys are "
                    + String.join(", ", KEYS.keySet()) + "; in quotes, it is looked for in the URL");
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a value is missing after " + key + ": (no blank comes between)");
        }
        List<String> values = known.isList() ? List.of(split(value)) : List.of(value);
        return new FilterSyntax.Term(key, values, word.position(), known.term().apply(value));
    }

    private static Map<String, Key> keys() {
        Map<String, Key> keys = new LinkedHashMap<>();
        keys.put("method", new Key(true, value -> ExchangeFilter.method(split(value))));
        keys.put("scheme", anyOf(ExchangeFilter::scheme));
        keys.put("host", anyOf(ExchangeFilter::host));
        keys.put("port", anyOf(value -> ExchangeFilter.port(FilterValues.integer(value, "port"))));
        keys.put(
                "path",
                one(value -> value.indexOf('*') < 0 ? ExchangeFilter.path(value) : ExchangeFilter.pathLike(value)));
        keys.put("url", one(ExchangeFilter::urlContains));
        keys.put("regex", one(ExchangeFilter::urlMatches));
        keys.put(
                "query",
                one(value ->
                        FilterValues.named(value, ExchangeFilter::queryParameter, ExchangeFilter::queryParameter)));
        eitherSide(
                keys,
                "header",
                side -> value -> FilterValues.named(
                        value, name -> HeadFilters.has(side, name), (name, line) -> HeadFilters.is(side, name, line)));
        keys.put("type", anyOf(ExchangeFilter::contentType));
        keys.put("request-type", anyOf(ExchangeFilter::requestContentType));
        keys.put("status", anyOf(FilterValues::status));
        keys.put("outcome", anyOf(FilterTerm::outcome));
        eitherSide(keys, "body", side -> value -> BodyFilters.contains(side, value));
        eitherSide(keys, "json", side -> value -> FilterValues.json(side, value));
        keys.put("graphql", one(ExchangeFilter::graphQlOperation));
        keys.put("duration", one(FilterValues::duration));
        keys.put("size", one(value -> FilterValues.size(MessageSide.RESPONSE, value)));
        keys.put("request-size", one(value -> FilterValues.size(MessageSide.REQUEST, value)));
        keys.put("client", anyOf(ExchangeFilter::client));
        keys.put("user", anyOf(ExchangeFilter::user));
        keys.put("label", anyOf(ExchangeFilter::label));
        keys.put("is", anyOf(FilterTerm::kind));
        return keys;
    }

    /** Puts a key for either message, and one for each of them. */
    private static void eitherSide(
            Map<String, Key> keys, String key, Function<MessageSide, Function<String, ExchangeFilter>> term) {
        Function<String, ExchangeFilter> request = term.apply(MessageSide.REQUEST);
        Function<String, ExchangeFilter> response = term.apply(MessageSide.RESPONSE);
        keys.put(key, one(value -> request.apply(value).or(response.apply(value))));
        keys.put("request-" + key, one(request));
        keys.put("response-" + key, one(response));
    }

    private static Key one(Function<String, ExchangeFilter> term) {
        return new Key(false, term);
    }

    private static Key anyOf(Function<String, ExchangeFilter> term) {
        return new Key(
                true,
                values -> Arrays.stream(split(values))
                        .map(term)
                        .reduce(ExchangeFilter::or)
                        .orElseThrow());
    }

    private static String[] split(String values) {
        return values.split(",", -1);
    }

    private static ExchangeFilter outcome(String value) {
        String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
        for (Outcome.Status status : Outcome.Status.values()) {
            if (status.name().equals(name)) {
                return ExchangeFilter.outcome(status);
            }
        }
        throw new IllegalArgumentException("unknown outcome '" + value + "': give one of "
                + Arrays.stream(Outcome.Status.values())
                        .map(status -> status.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    private static ExchangeFilter kind(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "failed" -> ExchangeFilter.failed();
            case "tunnelled" -> ExchangeFilter.tunnelled();
            case "media" -> ExchangeFilter.withoutMedia().not();
            case "api" -> ExchangeFilter.apiCalls();
            case "preflight" -> ExchangeFilter.withoutPreflights().not();
            default ->
                throw new IllegalArgumentException(
                        "unknown kind '" + value + "': give one of failed, tunnelled, media, api, preflight");
        };
    }

    /** The key that was meant, perhaps: one that is at most two letters away. */
    private static String suggestion(String key) {
        List<String> near = KEYS.keySet().stream()
                .filter(known -> Distance.between(known, key) <= (known.length() > 3 ? 2 : 1))
                .sorted((one, two) -> Distance.between(one, key) - Distance.between(two, key))
                .toList();
        return near.isEmpty() ? "" : ": did you mean '" + near.get(0) + "'?";
    }
}
