package io.github.captureproxy.examples.store;

import io.github.captureproxy.exchange.CapturedBody;
import io.github.captureproxy.exchange.CapturedRequest;
import io.github.captureproxy.exchange.ClientInfo;
import io.github.captureproxy.exchange.Exchange;
import io.github.captureproxy.exchange.HeaderList;
import io.github.captureproxy.history.ExchangeFilter;
import io.github.captureproxy.history.FilterSyntax.Term;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Turns terms of filters into conditions on columns. Columns are never null, so a condition is true or false. Texts are
 * compared by bytes, as Java compares them by characters.
 */
final class TermSql {
    private static final ClientInfo NOBODY =
            new ClientInfo(InetSocketAddress.createUnresolved("nobody", 1), 0, "", Optional.empty());

    private final List<Predicate<String>> tests;
    private final KnownClients clients;

    /**
     * Makes conditions.
     *
     * @param tests to which those are added that only Java can make
     * @param clients the clients that there are
     */
    TermSql(List<Predicate<String>> tests, KnownClients clients) {
        this.tests = tests;
        this.clients = clients;
    }

    /** The condition, unless only the whole exchange can tell. */
    Optional<Sql> of(Term term) {
        return switch (term.key()) {
            case "method" -> equal(term, "method", value -> value);
            case "scheme" -> equal(term, "scheme", value -> value.toLowerCase(Locale.ROOT));
            case "port" -> any(term, value -> Sql.of("port = ?", Integer.parseInt(value)));
            case "host" -> any(term, TermSql::host);
            case "path" -> any(term, value -> value.indexOf('*') < 0 ? text("path", value) : tested(term, "path"));
            case "url" -> any(term, TermSql::url);
            case "regex" -> any(term, this::regex);
            case "query" -> Optional.of(tested(term, "query"));
            case "type" -> any(term, value -> type("type", value));
            case "request-type" -> any(term, value -> type("request_type", value));
            case "status" -> any(term, TermSql::status);
            case "outcome" -> any(term, TermSql::outcome);
            case "duration" -> any(term, Amounts::duration);
            case "size" -> any(term, value -> Amounts.size("response_size", value));
            case "request-size" -> any(term, value -> Amounts.size("request_size", value));
            case "client" -> Optional.of(client(term.filter()));
            case "user" -> equal(term, "user", value -> value);
            case "label" -> equal(term, "label", value -> value);
            case "is" -> any(term, TermSql::kind);
            default -> Optional.empty();
        };
    }

    private static Optional<Sql> any(Term term, Function<String, Sql> condition) {
        return Optional.of(Sql.any(term.values().stream().map(condition).toList()));
    }

    private static Optional<Sql> equal(Term term, String column, Function<String, String> stored) {
        return any(term, value -> text(column, stored.apply(value)));
    }

    private static Sql text(String column, String value) {
        return isEncodable(value) ? Sql.of(column + " = ?", value) : Sql.FALSE;
    }

    /** Half a surrogate pair is in no column: it would become a question mark on its way into the database. */
    static boolean isEncodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static Sql host(String value) {
        String name = value.toLowerCase(Locale.ROOT);
        if (name.startsWith("*.")) {
            byte[] end = name.substring(1).getBytes(StandardCharsets.UTF_8);
            // The end of an empty text is null, which IS takes for a value.
            return isEncodable(name) ? Sql.of("substr(CAST(host AS BLOB), ?) IS ?", -end.length, end) : Sql.FALSE;
        }
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        return text("host", bracketed ? name.substring(1, name.length() - 1) : name);
    }

    private static Sql url(String value) {
        return isEncodable(value) ? Sql.of("instr(url, ?) > 0", value) : Sql.FALSE;
    }

    private Sql regex(String value) {
        Pattern pattern = Pattern.compile(value);
        return test("url", url -> pattern.matcher(url).find());
    }

    /** A term that looks at the path or the query alone, asked about a request that has nothing else. */
    private Sql tested(Term term, String column) {
        return test(column, text -> term.filter().matches(requestFor(text)));
    }

    private Sql test(String column, Predicate<String> test) {
        tests.add(test);
        return Sql.of(TermFunction.NAME + "(" + (tests.size() - 1) + ", " + column + ")");
    }

    private static Exchange requestFor(String target) {
        CapturedRequest request = new CapturedRequest(
                "GET", target, "HTTP/1.1", null, HeaderList.empty(), CapturedBody.empty(), HeaderList.empty());
        return Exchange.builder(1, NOBODY, request).build();
    }

    /** Types are in lower case, and hold no control character: {@code LIKE} compares them rightly. */
    static Sql type(String column, String value) {
        String wanted = value.toLowerCase(Locale.ROOT).strip();
        if (wanted.indexOf('\0') >= 0 || !isEncodable(wanted)) {
            return Sql.FALSE;
        }
        if (wanted.indexOf('*') < 0) {
            return Sql.of(column + " = ?", wanted);
        }
        String pattern = wanted.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replaceAll("\\*+", "%");
        return Sql.of(column + " LIKE ? ESCAPE '\\'", pattern);
    }

    private static Sql status(String value) {
        if (value.toLowerCase(Locale.ROOT).endsWith("xx")) {
            return Sql.of("status / 100 = ?", value.charAt(0) - '0');
        }
        int dash = value.indexOf('-');
        return dash < 0
                ? Sql.of("status = ?", Integer.parseInt(value))
                : Sql.of(
                        "status BETWEEN ? AND ?",
                        Integer.parseInt(value.substring(0, dash)),
                        Integer.parseInt(value.substring(dash + 1)));
    }

    private static Sql outcome(String value) {
        return Sql.of("outcome = ?", value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private Sql client(ExchangeFilter filter) {
        return Sql.in(
                "client",
                clients.matching(address -> filter.matches(requestFor("/").toBuilder()
                        .client(new ClientInfo(new InetSocketAddress(address, 1), 0, "", Optional.empty()))
                        .build())));
    }

    private static Sql kind(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "failed" -> Sql.of("ok = 0");
            case "tunnelled" -> marked(Marks.TUNNELLED);
            case "media" -> marked(Marks.MEDIA);
            case "api" -> marked(Marks.API);
            case "preflight" -> marked(Marks.PREFLIGHT);
            default -> throw new IllegalArgumentException("unknown kind '" + value + "'");
        };
    }

    private static Sql marked(int mark) {
        return Sql.of("marks & " + mark + " <> 0");
    }
}
