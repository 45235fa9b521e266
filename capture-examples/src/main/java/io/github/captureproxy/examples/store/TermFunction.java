package io.github.captureproxy.examples.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.sqlite.Function;

/** A function in SQL that asks Java about a text: what SQL can't express, such as regular expressions. */
final class TermFunction extends Function {
    static final String NAME = "term_matches";

    private List<Predicate<String>> tests = List.of();

    static TermFunction register(Connection connection) throws SQLException {
        TermFunction function = new TermFunction();
        Function.create(connection, NAME, function, 2, 0);
        return function;
    }

    /** What the next query asks about, by its place. */
    void tests(List<Predicate<String>> next) {
        tests = next;
    }

    @Override
    protected void xFunc() throws SQLException {
        boolean matches;
        try {
            String text = value_text(1);
            matches = tests.get(value_int(0)).test(text == null ? "" : text);
        } catch (StackOverflowError e) {
            matches = false; // An expression that a long text is too much for finds nothing in it.
        }
        result(matches ? 1 : 0);
    }
}
