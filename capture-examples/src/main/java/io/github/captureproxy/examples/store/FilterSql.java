package io.github.captureproxy.examples.store;

import io.github.captureproxy.history.FilterSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Turns the tree of a filter into conditions, with exactly the meaning of the filter. For one use. */
final class FilterSql {
    private final TermSql terms;
    private final List<Predicate<String>> tests = new ArrayList<>();

    FilterSql(KnownClients clients) {
        this.terms = new TermSql(tests, clients);
    }

    Condition of(FilterSyntax syntax) {
        if (syntax instanceof FilterSyntax.And and) {
            return Condition.all(and.operands().stream().map(this::of).toList());
        }
        if (syntax instanceof FilterSyntax.Or or) {
            return Condition.any(or.operands().stream().map(this::of).toList());
        }
        if (syntax instanceof FilterSyntax.Not not) {
            return of(not.operand()).not();
        }
        if (syntax instanceof FilterSyntax.Term term) {
            return terms.of(term).map(Condition::exactly).orElseGet(Condition::unknown);
        }
        return Condition.exactly(Sql.TRUE);
    }

    /** What {@link TermFunction} is asked. */
    List<Predicate<String>> tests() {
        return List.copyOf(tests);
    }
}
